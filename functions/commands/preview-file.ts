import { noteProgress, startActivity } from "../console/activity.ts";
import { stat, writeFile } from "node:fs/promises";
import { logLine as jsonLine } from "../aws/telemetry.ts";
import type { Configuration } from "../core/configuration.ts";
import type { OpenSnapshot } from "../core/ports.ts";
import { UsageError } from "../console/usage-error.ts";
import { describeFailure, failureOf, reasonFailure } from "./failure.ts";
import { feedRemark } from "../console/feed-remark.ts";
import { findFiles, type FoundFile, type UnreadablePath } from "../console/find-files.ts";
import { locate, readChunks, standardInput } from "../console/input.ts";
import { checkAudience } from "./known-names.ts";
import { readConfiguration } from "./options.ts";
import { previewPage } from "../preview/page.ts";
import { jsonPreview } from "./preview-json.ts";
import { keyOfFile, previewSnapshot, type Preview } from "../preview/run.ts";
import { viewPreview } from "./preview-view.ts";
import { counted, escapeLine, painterFor, write, writeError } from "../console/terminal.ts";

export interface PreviewFlags {
  readonly audience?: string;
  readonly feed?: string;
  readonly first?: true;
  readonly json?: true;
  readonly html?: string;
  readonly now?: number;
  readonly config?: string;
}

/** Entries of one file after which they are shown as progress. */
const progressStep = 1_000;

/**
 * Prints the messages of each snapshot by itself, or writes the page of one; a snapshot that would be quarantined sets
 * exit code 1.
 */
export async function previewFiles(paths: readonly string[], options: PreviewFlags): Promise<void> {
  startActivity("preview", options);
  const configuration = forAudience(await readConfiguration(options.config), options.audience);
  const found: (FoundFile | UnreadablePath)[] = [];
  for await (const one of findFiles(paths)) found.push(one);
  if (options.html !== undefined && found.length > 1)
    throw new UsageError(`--html writes the page of one file; found ${found.length} files.`);
  for (const [i, one] of found.entries()) {
    if (i > 0 && !options.json) await write(process.stdout, "\n");
    const before = i === 0 ? "" : `${counted(i, "file", "files")}, `;
    if (before !== "") noteProgress(() => before.slice(0, -2));
    await previewFile(one, { ...options, before }, configuration);
  }
}

async function previewFile(
  found: FoundFile | UnreadablePath,
  options: PreviewFlags & { readonly before: string },
  configuration: Configuration,
): Promise<void> {
  const { file } = found;
  const key = keyOfFile(file === standardInput ? "standard-input" : file, options.feed);
  const now = options.now ?? Date.now();
  let preview: Preview;
  try {
    if ("error" in found) throw found.error;
    preview = await previewSnapshot(await opener(found.path), {
      key,
      now,
      configuration,
      isFirst: options.first === true,
      onEntry(count) {
        if (count % progressStep === 0)
          noteProgress(() => `${options.before}${counted(count, "entry", "entries")}`);
      },
    });
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    writeError(describeFailure(file, failure));
    process.exitCode = 1;
    return;
  }
  if (options.json) await write(process.stdout, `${jsonLine(jsonPreview(file, preview, configuration))}\n`);
  else if (options.html !== undefined)
    await writePage(options.html, previewPage(file, preview, configuration));
  else {
    const paint = painterFor(process.stdout, process.env);
    for (const piece of viewPreview(file, preview, configuration, paint)) await write(process.stdout, piece);
  }
  const { outcome, entries } = preview;
  const remark =
    entries.length > 0 ? feedRemark({ file, key, feed: outcome.feed }, configuration) : undefined;
  if (remark !== undefined) writeError(remark);
  for (const { code, found, expected } of preview.reasons) {
    writeError(describeFailure(file, reasonFailure(code, found, expected)));
    process.exitCode = 1;
  }
}

async function writePage(file: string, pieces: Iterable<string>): Promise<void> {
  try {
    await writeFile(locate(file), pieces);
  } catch (error) {
    throw new UsageError(`${escapeLine(file)} can't be written: ${escapeLine(String(error))}`);
  }
  await write(process.stdout, `${escapeLine(file)} was written.\n`);
}

function forAudience(configuration: Configuration, name: string | undefined): Configuration {
  if (name === undefined) return configuration;
  const names = configuration.audiences.map((audience) => audience.name);
  checkAudience(name, names);
  return {
    ...configuration,
    audiences: configuration.audiences.filter((audience) => audience.name === name),
  };
}

/** Opens the file on each call. Standard input is buffered, because it can be read only once. */
async function opener(file: string): Promise<() => Promise<OpenSnapshot>> {
  if (file !== standardInput) {
    const { size } = await stat(locate(file));
    return async () => ({ chunks: readChunks(file), size });
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of readChunks(file)) chunks.push(chunk);
  const size = chunks.reduce((sum, { length }) => sum + length, 0);
  return async () => ({ chunks: replay(chunks), size });
}

async function* replay(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
