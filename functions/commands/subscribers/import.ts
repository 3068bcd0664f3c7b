import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { isConfirmed } from "../../console/confirmation.ts";
import { readBytes } from "../../console/input.ts";
import { counted, escapeLine, safeLine, write, writeError } from "../../console/terminal.ts";
import { byteOrderMark } from "../../core/feed/decode/declared-encoding.ts";
import { describeFailure, failureOf } from "../failure.ts";
import { startProgress } from "../../console/progress.ts";
import { addressKey } from "./address.ts";
import { inBatches } from "./batches.ts";
import { checkPolicyCount } from "./filter.ts";
import { readReaderFile, type WantedReader } from "./reader-file.ts";
import {
  listReaders,
  withReaders,
  type AudienceOptions,
  type AudienceReader,
  type ReaderAccess,
} from "./topic.ts";

export interface ImportOptions extends AudienceOptions {
  readonly dryRun?: true;
  readonly maxFilters: number;
  readonly yes?: true;
  readonly json?: true;
}

/**
 * Subscribes the readers of a CSV file who are not subscribed. The topic itself says who is, so an import that was
 * interrupted is resumed by running it again, and nobody gets a second confirmation.
 */
export async function importReaders(file: string, options: ImportOptions): Promise<void> {
  const text = await readText(file);
  if (text === undefined) return;
  await withReaders("import", options, async (access) => {
    const { readers, repeated, ofOthers } = readReaderFile(text, access.topics, options.audience);
    const missing = await findMissing(readers, access, options);
    const { dryRun } = options;
    const known = readers.length - missing.length;
    writeError(
      `${safeLine(access.stack)}, ${escapeLine(file)}: ${counted(readers.length, "reader", "readers")}` +
        (repeated > 0 ? ` (${counted(repeated, "line repeats one", "lines repeat one")})` : "") +
        (ofOthers > 0 ? ` (${counted(ofOthers, "line", "lines")} of other audiences skipped)` : "") +
        `, ${known.toLocaleString("en")} already subscribed, ${missing.length.toLocaleString("en")} to subscribe\n`,
    );
    const isJson = options.json === true;
    if (dryRun || (missing.length === 0 && !isJson)) {
      const line = isJson
        ? jsonLine({ dryRun: true, readers: readers.length, known, toSubscribe: missing.length })
        : `${counted(missing.length, "reader", "readers")} to subscribe; nothing was changed`;
      await write(process.stdout, `${line}\n`);
      return;
    }
    const what =
      `This subscribes ${counted(missing.length, "reader", "readers")}; ` +
      `SNS sends ${counted(countAsked(missing), "confirmation", "confirmations")}.`;
    if (missing.length > 0 && !(await isConfirmed({ what }, options))) return;
    await subscribeAll(missing, { known, isJson }, access);
  });
}

async function readText(file: string): Promise<string | undefined> {
  try {
    const bytes = await readBytes(file);
    // Spreadsheets write "Unicode text" as UTF-16.
    return new TextDecoder(byteOrderMark(bytes)?.encoding ?? "utf-8").decode(bytes);
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    writeError(describeFailure(file, failure));
    process.exitCode = 1;
    return undefined;
  }
}

const countAsked = (readers: readonly WantedReader[]): number =>
  readers.filter(({ address }) => ["email", "email-json", "http", "https"].includes(address.protocol)).length;

/** The wanted readers without a subscription. */
async function findMissing(
  wanted: readonly WantedReader[],
  access: ReaderAccess,
  { maxFilters }: ImportOptions,
): Promise<readonly WantedReader[]> {
  const used = new Set(wanted.map(({ topic }) => topic));
  const topics = access.topics.filter(({ topic }) => used.has(topic));
  const existing: AudienceReader[] = [];
  for await (const reader of listReaders({ ...access, topics }))
    if (reader.state !== "deleted") existing.push(reader);
  const known = new Set(existing.map((reader) => `${reader.topic} ${addressKey(reader)}`));
  const missing = wanted.filter(({ topic, address }) => !known.has(`${topic} ${addressKey(address)}`));
  for (const { topic } of topics) {
    const added = missing.filter((reader) => reader.topic === topic && reader.filter !== undefined).length;
    const readers = existing.filter((reader) => reader.topic === topic);
    if (added > 0) await checkPolicyCount(readers, added, maxFilters, access.subscriptions);
  }
  return missing;
}

async function subscribeAll(
  readers: readonly WantedReader[],
  { known, isJson }: { readonly known: number; readonly isJson: boolean },
  { subscriptions }: ReaderAccess,
): Promise<void> {
  const counts = { confirmed: 0, pending: 0, deleted: 0 };
  const progress = startProgress(readers.length, { json: isJson });
  const subscribe = ({ topic, address, filter }: WantedReader) =>
    subscriptions.subscribe(topic, address, filter);
  try {
    for await (const state of inBatches(readers, subscribe)) {
      counts[state]++;
      progress.step();
    }
  } finally {
    progress.stop();
    const done = counts.confirmed + counts.pending;
    const left = readers.length - done;
    const rest = left > 0 ? `; ${left.toLocaleString("en")} left: run the command again` : "";
    const { confirmed, pending } = counts;
    const line = isJson
      ? jsonLine({
          dryRun: false,
          readers: readers.length + known,
          known,
          subscribed: done,
          confirmed,
          pending,
          left,
        })
      : `${counted(done, "reader", "readers")} subscribed: ${confirmed.toLocaleString("en")} confirmed, ${pending.toLocaleString("en")} pending${rest}`;
    await write(process.stdout, `${line}\n`);
  }
}
