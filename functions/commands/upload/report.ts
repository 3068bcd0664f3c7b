import { prefixes } from "../../aws/environment.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { counted, escapeLine, safeLine, write, writeError } from "../../console/terminal.ts";
import type { SnapshotLine } from "../../core/log-line.ts";
import { describeFailure, failureOf, type Failure } from "../failure.ts";
import { serviceFailure } from "../replay/failure.ts";

/** `not read`: ingest had not finished with it when the wait ended. */
export type UploadFate = "uploaded" | "unchanged" | "to upload" | "failed" | "quarantined" | "not read";

/** What became of one file. */
export interface FileResult {
  /** As named in output. */
  readonly file: string;
  /** Absent for a path that can't be read. */
  readonly key?: string;
  readonly fate: UploadFate;
  /** Version id of the uploaded object. */
  readonly version?: string;
  readonly failure?: Failure;
  /** The last line of ingest about it. */
  readonly outcome?: SnapshotLine;
}

/** Prints what became of a file; a failure also on standard error. */
export async function report(result: FileResult, isJson: boolean): Promise<void> {
  const { file, key, fate, failure } = result;
  if (isJson) await write(process.stdout, `${jsonLine(withoutMetrics(result))}\n`);
  else if (!failure && key !== undefined)
    await write(
      process.stdout,
      `${fate.padEnd("to upload".length)}  ${escapeLine(key.slice(prefixes.snapshots.length))}\n`,
    );
  if (failure) writeError(describeFailure(file, failure));
}

/** A result without the definition of metrics that CloudWatch reads from a log line. */
function withoutMetrics({ outcome, ...result }: FileResult): Record<string, unknown> {
  if (outcome === undefined) return result;
  const { _aws, ...line } = outcome as SnapshotLine & { readonly _aws?: unknown };
  return { ...result, outcome: line };
}

/** `the local stack at ..., 3 files: 2 uploaded, 1 unchanged`. */
export function summaryOf(fates: readonly UploadFate[], stack: string): string {
  const counts = [...Map.groupBy(fates, (fate) => fate)];
  const words = counts.map(([fate, { length }]) => `${length.toLocaleString("en")} ${fate}`);
  const detail = words.length === 0 ? "" : `: ${words.join(", ")}`;
  return `${safeLine(stack)}, ${counted(fates.length, "file", "files")}${detail}\n`;
}

/** Describes an error that concerns one file; `undefined` for one that would fail every file, such as missing permissions. */
export function failureOfFile(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  // An error of the network has a `syscall` too, but no path.
  if ("path" in error) return failureOf(error);
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  return status === undefined || [401, 403, 404].includes(status) ? undefined : serviceFailure(error);
}

export const keyTooLong = (key: string): Failure => ({
  code: "key-too-long",
  message: "The key of the file is too long for S3.",
  found: `${Buffer.byteLength(key)} bytes`,
  expected: "at most 1,024 bytes in UTF-8",
  hint: "Shorten the names of the file and its folders.",
});
