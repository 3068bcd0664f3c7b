/** What a command that works shows of itself. */
interface Activity {
  readonly label: string;
  /** Epoch milliseconds. */
  readonly since: number;
  readonly timer: NodeJS.Timeout;
  /** Last output of the command, or its start; epoch milliseconds. */
  quietSince: number;
  /** How far it is, such as `3,400 entries`. */
  progress: () => string;
  /** Answers of services. */
  answers: number;
  drawnAt: number;
  isShown: boolean;
  isPaused: boolean;
  /** The last output has not ended its line. */
  isInLine: boolean;
}

/** Milliseconds without output after which a command says that it works. */
const patience = 2_000;

/** Milliseconds between two changes of the line. */
const interval = 1_000;

const clearLine = "\r\u001b[K";

let current: Activity | undefined;

/**
 * Shows on standard error how long a command works and how far it is, each time it has printed nothing for two seconds.
 * Only on a terminal, and never with `--json`. One at a time.
 */
export function startActivity(label: string, { json }: { readonly json?: boolean } = {}): void {
  endActivity();
  if (!process.stderr.isTTY || json) return;
  const timer = setInterval(drawIfDue, interval);
  timer.unref();
  const now = Date.now();
  current = {
    label,
    since: now,
    timer,
    quietSince: now,
    progress: () => "",
    answers: 0,
    drawnAt: 0,
    isShown: false,
    isPaused: false,
    isInLine: false,
  };
}

/** Says how far the command is. It is drawn at once where that is due: the timer does not fire while a loop computes. */
export function noteProgress(progress: () => string): void {
  if (!current) return;
  current.progress = progress;
  drawIfDue();
}

/** Counts an answer of a service: shown where nothing else says how far the command is. */
export function countAnswer(): void {
  if (current) current.answers++;
}

function drawIfDue(): void {
  if (!current || current.isPaused || current.isInLine) return;
  const now = Date.now();
  if (now - current.quietSince < patience || now - current.drawnAt < interval * 0.9) return;
  const { label, since, answers } = current;
  const answered =
    answers === 0 ? "" : `${answers.toLocaleString("en")} ${answers === 1 ? "answer" : "answers"}`;
  const progress = current.progress() || answered;
  const line = `${label}: ${Math.round((now - since) / 1_000)} s${progress === "" ? "" : `, ${progress}`}`;
  current.isShown = true;
  current.drawnAt = now;
  process.stderr.write(`${clearLine}  ${line}\r`);
}

/** Clears the line before an output to the terminal. */
export function makeRoom(text: string): void {
  hide();
  if (!current || text === "") return;
  current.quietSince = Date.now();
  current.isInLine = !text.endsWith("\n");
}

/** While a question waits for its answer. */
export function pauseActivity(isPaused: boolean): void {
  hide();
  if (!current) return;
  current.isPaused = isPaused;
  current.quietSince = Date.now();
}

export function endActivity(): void {
  hide();
  clearInterval(current?.timer);
  current = undefined;
}

function hide(): void {
  if (current?.isShown) process.stderr.write(clearLine);
  if (current) current.isShown = false;
}
