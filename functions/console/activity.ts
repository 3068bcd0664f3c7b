interface Activity {
  readonly label: string;
  /** Epoch milliseconds. */
  readonly since: number;
  readonly timer: NodeJS.Timeout;
  isShown: boolean;
  isPaused: boolean;
}

/** Milliseconds after which a command that has printed nothing says that it works. */
const patience = 2_000;

const clearLine = "\r\u001b[K";

let current: Activity | undefined;

/** Shows on a terminal how long a command works, from two seconds on until it prints something. One at a time. */
export function startActivity(label: string): void {
  endActivity();
  if (!process.stderr.isTTY) return;
  const timer = setInterval(tick, 1_000);
  timer.unref();
  current = { label, since: Date.now(), timer, isShown: false, isPaused: false };
}

function tick(): void {
  if (!current || current.isPaused) return;
  const elapsed = Date.now() - current.since;
  if (elapsed < patience) return;
  current.isShown = true;
  // What is written next to the terminal begins at the start of this line.
  process.stderr.write(`${clearLine}  ${current.label}: ${Math.round(elapsed / 1_000)} s\r`);
}

/** While a question waits for its answer. */
export function pauseActivity(isPaused: boolean): void {
  hide();
  if (current) current.isPaused = isPaused;
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
