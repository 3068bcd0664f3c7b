import { noteProgress } from "../../console/activity.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { hasContent, putSnapshot } from "../../aws/snapshot-upload.ts";
import type { StackClients } from "../../aws/stack-clients.ts";
import { describeOutcome, describeQuarantine } from "../../console/outcomes.ts";
import { counted, escapeLine, write } from "../../console/terminal.ts";
import { UsageError } from "../../console/usage-error.ts";
import { failureOf } from "../failure.ts";
import { startProgress } from "../../console/progress.ts";
import { remarkOnFeed } from "../known-names.ts";
import { need, type StackAddress, type StackOptions } from "../stack.ts";
import { withStack } from "../with-stack.ts";
import { bodyOf, digestsOf } from "./file-content.ts";
import { followOutcomes, isEnd, type Outcomes } from "./outcomes.ts";
import { failureOfFile, keyTooLong, report, summaryOf, type UploadFate, type FileResult } from "./report.ts";
import { findSnapshotFiles, isTooLong, type SnapshotFiles, type SnapshotFile } from "./snapshot-files.ts";

export interface UploadOptions extends StackOptions {
  readonly feed: string;
  readonly name?: string;
  readonly force?: true;
  readonly wait?: true;
  readonly dryRun?: true;
  readonly logGroup?: string;
  readonly json?: true;
}

/** Files that are compared and uploaded at a time. */
const atOnce = 8;

const failedFates: ReadonlySet<UploadFate> = new Set(["failed", "quarantined", "not read"]);

/** Uploads the files of the paths as snapshots of a feed; a file that fails sets exit code 1, and the others continue. */
export async function runUpload(paths: readonly string[], options: UploadOptions): Promise<void> {
  if (options.wait && options.dryRun) throw new UsageError("--wait and --dry-run exclude each other.");
  const temporary = await mkdtemp(path.join(tmpdir(), "feedbell-upload-"));
  try {
    const found = await findSnapshotFiles(paths, { ...options, temporary });
    await remarkOnFeed(options.feed);
    // A stack has a name too.
    const { name: _, ...place } = options;
    await withStack("upload", place, (stack, clients) => uploadFiles(found, options, { stack, clients }));
  } finally {
    await rm(temporary, { recursive: true });
  }
}

/** Uploads found files to a stack and prints each one's fate. */
export async function uploadFiles(
  { files, unreadable }: SnapshotFiles,
  options: UploadOptions,
  { stack, clients }: { readonly stack: StackAddress; readonly clients: StackClients },
): Promise<void> {
  const { bucket } = need(stack, "bucket");
  const log = options.logGroup === undefined ? stack : { ...stack, logGroup: options.logGroup };
  if (options.wait && log.inbox === undefined && log.logGroup === undefined)
    throw new UsageError("--wait reads the log of ingest; name its log group by --log-group.");
  const isJson = options.json === true;
  const place = { bucket, s3: clients.s3, options };
  const outcomes = options.wait ? followOutcomes(log) : undefined;
  // On a terminal each file's line shows the progress.
  const isShown = process.stdout.isTTY && !isJson;
  const progress = isShown ? undefined : startProgress(files.length, options);
  const fates: UploadFate[] = [];
  const waits: Promise<void>[] = [];
  const finish = ({ fate }: FileResult) => {
    fates.push(fate);
    progress?.step();
    noteProgress(() => `${fates.length.toLocaleString("en")} of ${counted(files.length, "file", "files")}`);
  };
  try {
    for (const { file, error } of unreadable) {
      const failure = failureOf(error);
      if (!failure) throw error;
      await report({ file, fate: "failed", failure }, isJson);
      fates.push("failed");
    }
    await inParallel(files, async (file) => {
      const result = await uploadOne(file, place);
      const isWaiting = outcomes !== undefined && result.fate === "uploaded";
      if (!isWaiting || !isJson) await report(result, isJson);
      if (isWaiting) waits.push(waitFor(result, outcomes, isJson).then(finish));
      else finish(result);
    });
    await Promise.all(waits);
  } finally {
    progress?.stop();
    await outcomes?.stop();
  }
  if (fates.some((fate) => failedFates.has(fate))) process.exitCode = 1;
  if (!isJson) await write(process.stdout, summaryOf(fates, stack.name));
}

async function uploadOne(
  file: SnapshotFile,
  {
    bucket,
    s3,
    options,
  }: { readonly bucket: string; readonly s3: StackClients["s3"]; readonly options: UploadOptions },
): Promise<FileResult> {
  const named = { file: file.file, key: file.key };
  if (isTooLong(file)) return { ...named, fate: "failed", failure: keyTooLong(file.key) };
  try {
    const digests = await digestsOf(file.path);
    const place = { bucket, key: file.key };
    if (!options.force && (await hasContent(s3, place, digests))) return { ...named, fate: "unchanged" };
    if (options.dryRun) return { ...named, fate: "to upload" };
    const version = await putSnapshot(s3, place, await bodyOf(file.path, digests.size), digests);
    return { ...named, fate: "uploaded", ...(version !== undefined && { version }) };
  } catch (error) {
    const failure = failureOfFile(error);
    if (!failure) throw error;
    return { ...named, fate: "failed", failure };
  }
}

/** Waits for the end of what ingest does with an upload. Prints its lines, or with `isJson` the result. */
async function waitFor(uploaded: FileResult, outcomes: Outcomes, isJson: boolean): Promise<FileResult> {
  const { key = "", version } = uploaded;
  const outcome = await outcomes.wait({ key, ...(version !== undefined && { version }) }, (text) => {
    const says = isJson ? undefined : (describeOutcome(text) ?? describeQuarantine(text));
    if (says !== undefined) void write(process.stdout, `${escapeLine(says)}\n`);
  });
  const isRead = outcome !== undefined && isEnd(outcome);
  const fate = !isRead ? "not read" : outcome.event === "quarantined" ? "quarantined" : "uploaded";
  const result: FileResult = { ...uploaded, fate, ...(outcome && { outcome }) };
  if (isJson) await report(result, isJson);
  return result;
}

/** Runs `work` for each item, `atOnce` at a time. The first error stops it, after the work that has started. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const failures: unknown[] = [];
  const worker = async () => {
    for (const item of rest) {
      if (failures.length > 0) return;
      await work(item).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (failures.length > 0) throw failures[0];
}
