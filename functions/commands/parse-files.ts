import { noteProgress, startActivity } from "../console/activity.ts";
import { logLine as jsonLine } from "../aws/telemetry.ts";
import { SnapshotError } from "../core/errors.ts";
import type { Limits, ParsedSnapshot, Reject } from "../core/feed/entry.ts";
import { slug } from "../core/feed/feed-slug.ts";
import { streamSnapshot } from "../core/feed/parse.ts";
import { describeFailure, failureOf, type Failure } from "./failure.ts";
import { findFiles, type FoundFile, type UnreadablePath } from "../console/find-files.ts";
import { readChunks, standardInput } from "../console/input.ts";
import { readConfiguration } from "./options.ts";
import { viewReject, viewSnapshot } from "./parse-view.ts";
import { counted, painterFor, write, writeError } from "../console/terminal.ts";

export interface ParseOptions {
  readonly json?: true;
  readonly timeZone?: string;
  readonly contentType?: string;
  readonly feed?: string;
  readonly config?: string;
}

/** Entries of one file after which they are shown as progress. */
const progressStep = 1_000;

/** Reads each file of the paths and prints what was found; one that can't be read sets exit code 1. */
export async function parseFiles(paths: readonly string[], options: ParseOptions): Promise<void> {
  startActivity("parse", options);
  const { limits, feeds } = await readConfiguration(options.config);
  const timeZone =
    options.timeZone ?? (options.feed === undefined ? undefined : feeds[slug(options.feed)]?.timeZone);
  const paint = painterFor(process.stdout, process.env);
  let shown = 0;
  let files = 0;
  for await (const found of findFiles(paths)) {
    const { file } = found;
    const before = files === 0 ? "" : `${counted(files, "file", "files")}, `;
    files++;
    if (before !== "") noteProgress(() => before.slice(0, -2));
    const snapshot = await read(
      found,
      { ...options, ...(timeZone !== undefined && { timeZone }), before },
      limits,
    ).catch((error: unknown) => {
      const failure = failureOf(error);
      if (!failure) throw error;
      writeError(describeFailure(file, withRejects(failure, error)));
      process.exitCode = 1;
    });
    if (!snapshot) continue;
    if (shown++ > 0 && !options.json) await write(process.stdout, "\n");
    const pieces = options.json ? jsonPieces(file, snapshot) : viewSnapshot(file, snapshot, paint);
    for (const piece of pieces) await write(process.stdout, piece);
  }
}

/** Adds the rejects of a snapshot that has no entries. */
function withRejects(failure: Failure, error: unknown): Failure {
  const cause = error instanceof SnapshotError && error.code === "no-entries" ? error.cause : undefined;
  if (!Array.isArray(cause)) return failure;
  return {
    ...failure,
    hint: "Correct the entries that are listed here.",
    details: (cause as Reject[]).map(viewReject),
  };
}

async function read(
  found: FoundFile | UnreadablePath,
  options: ParseOptions & { readonly before: string },
  limits: Limits,
): Promise<ParsedSnapshot> {
  if ("error" in found) throw found.error;
  const entries = [];
  const stream = streamSnapshot(readChunks(found.path), {
    ...(found.path !== standardInput && { name: found.file }),
    ...(options.timeZone !== undefined && { timeZone: options.timeZone }),
    ...(options.contentType !== undefined && { contentType: options.contentType }),
    limits,
    now: Date.now(),
    clock: () => performance.now(),
  });
  for (;;) {
    const next = await stream.next();
    if (next.done === true) return { ...next.value, entries };
    entries.push(next.value);
    if (entries.length % progressStep === 0)
      noteProgress(() => `${options.before}${counted(entries.length, "entry", "entries")}`);
  }
}

/** One line of JSON in pieces, because it can be longer than V8's maximum string length of 512 MiB. */
function* jsonPieces(file: string, { entries, ...rest }: ParsedSnapshot): Generator<string> {
  yield `${jsonLine({ file, ...rest }).slice(0, -1)},"entries":[`;
  for (const [i, entry] of entries.entries()) yield `${i > 0 ? "," : ""}${jsonLine({ ...entry })}`;
  yield "]}\n";
}
