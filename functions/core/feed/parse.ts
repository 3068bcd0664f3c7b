import { SnapshotError } from "../errors.ts";
import { inBlocks } from "./blocks.ts";
import { isTimeZone } from "./dates.ts";
import { startDecoding } from "./decoding.ts";
import { detectFormat } from "./detect.ts";
import type { Entry, Format, Hints, ParsedSnapshot, SnapshotReport } from "./entry.ts";
import { expand } from "./expand.ts";
import { readers } from "./formats/index.ts";
import { withDefaults } from "./limits.ts";
import type { Reading } from "./reading.ts";

/** Everything is decided per block of this size, so how the source cuts its chunks changes nothing. */
const blockSize = 64 * 1024;
/** Without a sign of a format in this much text there will be none. */
const longestPrologue = 1024 * 1024;

/**
 * Reads a whole snapshot that is in memory; otherwise as `streamSnapshot`.
 *
 * @throws SnapshotError as `streamSnapshot` does.
 */
export async function parseSnapshot(bytes: Uint8Array, hints: Hints = {}): Promise<ParsedSnapshot> {
  const entries: Entry[] = [];
  const stream = streamSnapshot(only(bytes), hints);
  for (;;) {
    const next = await stream.next();
    if (next.done === true) return { ...next.value, entries };
    entries.push(next.value);
  }
}

/**
 * Reads a snapshot of any format and encoding, gzip-compressed or not, and yields each entry as it closes; returns
 * what is known of the snapshot as a whole. Holds one entry and a block of 64 KiB at a time; pulls from `chunks` only
 * when the consumer asks for more.
 *
 * @throws SnapshotError with the code of what makes the snapshot unreadable as a whole (`snapshot-empty`,
 *   `format-unknown`, `no-entries`, `snapshot-corrupt-gzip`, and those of `Limits`), possibly after some entries.
 * @throws RangeError if `hints.timeZone` is no IANA time zone.
 */
export async function* streamSnapshot(
  chunks: AsyncIterable<Uint8Array>,
  hints: Hints = {},
): AsyncGenerator<Entry, SnapshotReport> {
  return yield* streamInSteps(chunks, hints, blockSize);
}

/** `streamSnapshot` with a window that grows by other steps: the seam by which tests cut a snapshot anywhere. */
export async function* streamInSteps(
  chunks: AsyncIterable<Uint8Array>,
  hints: Hints,
  step: number,
): AsyncGenerator<Entry, SnapshotReport> {
  if (hints.timeZone !== undefined && !isTimeZone(hints.timeZone)) {
    throw new RangeError(
      `The time zone ${JSON.stringify(hints.timeZone)} is unknown; expected an IANA name such as Europe/Paris.`,
    );
  }
  const limits = withDefaults(hints.limits);
  const budget = startBudget(hints.clock, limits.milliseconds);
  const reading: Reading = {
    window: "",
    at: 0,
    offset: 0,
    ended: false,
    feed: {},
    count: 0,
    decoding: startDecoding(hints.contentType, (warning) => reading.warnings.push(warning)),
    hints,
    limits,
    rejects: [],
    warnings: [],
  };
  let damage: string | undefined;
  const blocks = inBlocks(
    expand(chunks, limits, (reason) => {
      damage = reason;
    }),
    blockSize,
  );
  let ahead = await blocks.next();
  if (ahead.done === true) {
    if (damage !== undefined) throw corrupt(damage);
    throw new SnapshotError("snapshot-empty", "no bytes", "a feed");
  }
  let block: Uint8Array = new Uint8Array(0);
  /** Decoding is decided on whole blocks; the window may grow by smaller steps. */
  const pull = async (wanted: number): Promise<void> => {
    const parts: Uint8Array[] = [];
    let gathered = 0;
    let last = false;
    do {
      if (block.length === 0) {
        if (ahead.done === true) break;
        block = reading.decoding.look(ahead.value);
        budget.pause();
        ahead = await blocks.next();
        budget.resume();
      }
      const part = block.subarray(0, step);
      block = block.subarray(step);
      parts.push(part);
      gathered += part.length;
      last = block.length === 0 && ahead.done === true;
    } while (gathered < wanted && !last);
    reading.window = reading.decoding.extend(reading.window, reading.at, parts, last || parts.length === 0);
    reading.offset += reading.at;
    reading.at = 0;
    reading.ended = last || parts.length === 0;
  };

  await pull(0);
  const format = await detect(reading, pull);
  let found = 0;
  const reader = readers[format](reading);
  for (;;) {
    const next = reader.next();
    budget.check();
    if (next.done === true) break;
    if (next.value !== undefined) {
      found++;
      budget.pause();
      yield next.value;
      budget.resume();
      continue;
    }
    // An entry that spans blocks is only looked at again once the window has doubled: time stays linear.
    await pull(reading.window.length - reading.at);
  }
  return conclude(reading, format, found, damage);
}

async function detect(reading: Reading, pull: (wanted: number) => Promise<void>): Promise<Format> {
  for (;;) {
    const format = detectFormat(reading.window.slice(0, longestPrologue));
    if (format !== undefined) return format;
    if (reading.ended || reading.window.length > longestPrologue) break;
    await pull(reading.window.length);
  }
  const start = reading.decoding.text(reading.window.slice(0, 80)).trim();
  if (start === "") throw new SnapshotError("snapshot-empty", "nothing but white space", "a feed");
  throw new SnapshotError(
    "format-unknown",
    `a text that starts with ${JSON.stringify(start)}`,
    "RSS, RDF, Atom, JSON Feed, Markdown or HTML",
  );
}

function conclude(
  reading: Reading,
  format: Format,
  found: number,
  damage: string | undefined,
): SnapshotReport {
  const { feed, rejects, warnings } = reading;
  if (damage !== undefined) {
    if (found === 0) throw corrupt(damage);
    warnings.push({
      code: "truncated",
      message: `The gzip stream is damaged (${damage}); the entries before the damage were read.`,
    });
  }
  const [first] = rejects;
  if (found === 0 && first !== undefined) {
    throw new SnapshotError(
      "no-entries",
      `${rejects.length} rejects, the first of them ${first.code} (${first.reason})`,
      "at least one entry that can be read",
      { cause: rejects },
    );
  }
  return { format, encoding: reading.decoding.encoding(), feed, rejects, warnings };
}

function corrupt(damage: string): SnapshotError {
  return new SnapshotError("snapshot-corrupt-gzip", damage, "a whole gzip stream");
}

/** Time spent reading, without the time that the source and the consumer take. */
function startBudget(clock: (() => number) | undefined, limit: number) {
  let spent = 0;
  let since = clock?.() ?? 0;
  return {
    pause: () => {
      if (clock !== undefined) spent += clock() - since;
    },
    resume: () => {
      if (clock !== undefined) since = clock();
    },
    check: () => {
      if (clock === undefined || spent + clock() - since <= limit) return;
      throw new SnapshotError("too-slow", `more than ${limit} ms of reading`, `at most ${limit} ms`);
    },
  };
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
