import { SnapshotError } from "../errors.ts";
import { startBudget } from "./time-budget.ts";
import { isTimeZone } from "./dates/instant.ts";
import { startDecoding } from "./decode/decoder.ts";
import { binaryFileIn, isBinary } from "./binary-files.ts";
import { detectFormat } from "./detect.ts";
import { describeText, foreignFileIn } from "./foreign-files.ts";
import type { Entry, Hints, ParsedSnapshot, SnapshotReport } from "./entry.ts";
import { formatNames, type Format } from "./formats.ts";
import { blockSize, startFeeding, type Feeding } from "./decode/fill-window.ts";
import { loadReader } from "./readers.ts";
import type { Damage } from "./decode/gunzip.ts";
import { withDefaults } from "./limits.ts";
import type { Reading } from "./reading.ts";
import { addSubstituteLink } from "./substitute-link.ts";

/** Step for snapshots in memory; larger, because strings of a megabyte are outside the garbage-collected heap. */
const wholeStep = 1024 * 1024;

/** Length of text in which a format must be detected. */
const maxPrologueLength = 1024 * 1024;

/**
 * Reads a whole snapshot in memory, like `streamSnapshot`. Bodies are decoded from `bytes` when they are read, so `bytes`
 * must not change while the entries are in use.
 *
 * @throws SnapshotError as `streamSnapshot` does.
 */
export async function parseSnapshot(bytes: Uint8Array, hints: Hints = {}): Promise<ParsedSnapshot> {
  const entries: Entry[] = [];
  const stream = streamInSteps(only(bytes), hints, wholeStep);
  for (;;) {
    const next = await stream.next();
    if (next.done === true) return { ...next.value, entries };
    entries.push(next.value);
  }
}

/**
 * Reads a snapshot of any format and encoding, gzip-compressed or not. Yields each entry when it is complete; returns the
 * report of the whole snapshot. Keeps one entry and a block of 64 KiB in memory (at the start up to 128 KiB, because a
 * short feed may declare its language at its end). Reads from `chunks` only when the consumer asks for more. Chunks are
 * not copied: the source must not reuse them.
 *
 * @throws SnapshotError with the code of what makes the snapshot unreadable as a whole (`snapshot-empty`,
 *   `format-unknown`, `no-entries`, `snapshot-corrupt-gzip`, and those of `Limits`), possibly after some entries.
 * @throws RangeError if `hints.timeZone` is not an IANA time zone.
 */
export function streamSnapshot(
  chunks: AsyncIterable<Uint8Array>,
  hints: Hints = {},
): AsyncGenerator<Entry, SnapshotReport> {
  return streamInSteps(chunks, hints, blockSize);
}

/** `streamSnapshot` with another step size; tests use it to split a snapshot anywhere. */
export async function* streamInSteps(
  chunks: AsyncIterable<Uint8Array>,
  hints: Hints,
  step: number,
): AsyncGenerator<Entry, SnapshotReport> {
  const reading = startReading(hints);
  const budget = startBudget(hints.clock, reading.limits.milliseconds);
  const feeding = startFeeding(chunks, reading, budget, step);
  try {
    const format = await detect(reading, feeding);
    let found = 0;
    const read = await loadReader(format, reading.window);
    const reader = read(reading);
    for (;;) {
      const next = reader.next();
      budget.check();
      if (next.done === true) break;
      if (next.value !== undefined) {
        found++;
        addSubstituteLink(next.value, reading.feed);
        hints.onProgress?.(reading.offset + reading.at, reading.feed);
        budget.pause();
        yield next.value;
        budget.resume();
      } else {
        // An entry that spans blocks is scanned again only when the window has doubled, so that time stays linear.
        await feeding.pull(reading.window.length - reading.at);
      }
    }
    return conclude(reading, format, found, feeding.damage());
  } finally {
    // Closes the source when the consumer stops early.
    await feeding.close();
  }
}

function startReading(hints: Hints): Reading {
  const { timeZone } = hints;
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw new RangeError(
      `The time zone ${JSON.stringify(timeZone)} is unknown; expected an IANA name such as Europe/Paris.`,
    );
  }
  const reading: Reading = {
    window: "",
    at: 0,
    offset: 0,
    ended: false,
    feed: {},
    count: 0,
    decoding: startDecoding(hints.contentType, (warning) => reading.warnings.push(warning)),
    hints,
    limits: withDefaults(hints.limits),
    rejects: [],
    warnings: [],
  };
  return reading;
}

async function detect(reading: Reading, feeding: Feeding): Promise<Format> {
  await feeding.pull(blockSize);
  const damage = feeding.damage();
  if (feeding.empty()) {
    if (damage?.lost === true) throw corrupt(damage);
    throw new SnapshotError("snapshot-empty", "no bytes", "a feed");
  }
  const binary = binaryFileIn(feeding.head());
  if (binary !== undefined) throw unknownFormat(binary);
  // Always checks the same lengths, so that the result does not depend on the step size.
  for (let length = blockSize; ; length *= 2) {
    while (reading.window.length < length && !reading.ended)
      await feeding.pull(length - reading.window.length);
    const head = reading.window.slice(0, length);
    const foreign = length === blockSize ? foreignFileIn(head) : undefined;
    if (foreign !== undefined) throw unknownFormat(foreign);
    const format = detectFormat(head);
    if (format !== undefined) return format;
    if (length >= maxPrologueLength || length >= reading.window.length) break;
  }
  const start = reading.decoding.text(reading.window.slice(0, 80)).trim();
  if (start === "") throw new SnapshotError("snapshot-empty", "nothing but white space", "a feed");
  const head = reading.decoding.text(reading.window.slice(0, blockSize));
  throw unknownFormat(isBinary(feeding.head()) ? "binary data" : describeText(head));
}

function unknownFormat(found: string): SnapshotError {
  return new SnapshotError("format-unknown", found, `one of ${Object.values(formatNames).join(", ")}`);
}

function conclude(
  reading: Reading,
  format: Format,
  found: number,
  damage: Damage | undefined,
): SnapshotReport {
  const { feed, rejects, warnings } = reading;
  if (damage?.lost === true) {
    if (found === 0) throw corrupt(damage);
    warnings.push({
      code: "truncated",
      message: `The gzip stream is damaged (${damage.reason}); the entries before the damage were read.`,
    });
  } else if (damage !== undefined) {
    warnings.push({ code: "gzip-junk", message: `The gzip stream is whole, but ${damage.reason}.` });
  }
  const [first] = rejects;
  if (found === 0 && first !== undefined) {
    throw new SnapshotError(
      "no-entries",
      `${rejects.length === 1 ? "1 reject:" : `${rejects.length} rejects, the first of them`} ${first.code} (${first.reason})`,
      "at least one entry that can be read",
      { cause: rejects },
    );
  }
  if (found === 0 && reading.whyNoEntries !== undefined)
    throw new SnapshotError("no-entries", reading.whyNoEntries, "at least one entry that can be read");
  if (found === 0) warnings.push({ code: "feed-empty", message: "The feed has no entries." });
  return { format, encoding: reading.decoding.encoding(), feed, rejects, warnings };
}

function corrupt({ reason }: Damage): SnapshotError {
  return new SnapshotError(
    "snapshot-corrupt-gzip",
    `a gzip stream that is damaged (${reason})`,
    "a whole gzip stream",
  );
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
