import { noteProgress } from "../../console/activity.ts";
import type { SubscriberDetails } from "../../aws/subscriptions.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { counted, safeLine, write } from "../../console/terminal.ts";
import { rowPrinter } from "../../console/rows.ts";
import { maskAddress } from "./address.ts";
import { inBatches } from "./batches.ts";
import {
  listReaders,
  withReaders,
  type AudienceOptions,
  type AudienceReader,
  type ReaderAccess,
} from "./topic.ts";

export interface ListOptions extends AudienceOptions {
  readonly show?: true;
  readonly details?: true;
  readonly json?: true;
}

const columns = [
  { title: "audience", shrinks: true },
  { title: "by" },
  { title: "address", shrinks: true },
  { title: "state" },
  { title: "filter", shrinks: true },
  { title: "" },
] as const;

/** Lists the readers of one audience or of all. */
export async function listSubscribers(options: ListOptions): Promise<void> {
  const { json, show, details } = options;
  await withReaders("subscribers", options, async (access) => {
    const rows = rowPrinter(columns);
    const counts = { confirmed: 0, pending: 0, deleted: 0 };
    const readers = details ? withDetails(access) : listReaders(access);
    for await (const reader of readers) {
      counts[reader.state]++;
      const address = show ? reader.endpoint : maskAddress(reader);
      if (json) await write(process.stdout, `${readerAsJson(reader, address)}\n`);
      else await rows.add(cellsOf(reader, address));
    }
    await rows.end();
    if (json) return;
    const parts = Object.entries(counts).filter(([state, count]) => count > 0 || state === "confirmed");
    const summary = parts.map(([state, count]) => `${count.toLocaleString("en")} ${state}`).join(", ");
    const audiences = counted(access.topics.length, "audience", "audiences");
    await write(process.stdout, `${safeLine(access.stack)}, ${audiences}: ${summary}\n`);
  });
}

export interface DetailedReader extends AudienceReader, Partial<SubscriberDetails> {}

/** The readers with filter and protection, which cost a call for each. */
export async function* withDetails(access: ReaderAccess): AsyncGenerator<DetailedReader> {
  const detailed = async (reader: AudienceReader): Promise<DetailedReader> =>
    reader.arn === undefined ? reader : { ...reader, ...(await access.subscriptions.details(reader.arn)) };
  for (const place of access.topics) {
    const readers: AudienceReader[] = [];
    for await (const reader of listReaders({ ...access, topics: [place] })) readers.push(reader);
    let read = 0;
    for await (const reader of inBatches(readers, detailed)) {
      read++;
      noteProgress(
        () => `filters of ${read.toLocaleString("en")} of ${counted(readers.length, "reader", "readers")}`,
      );
      yield reader;
    }
  }
}

/** A reader as a JSON line, with the given form of the address. */
export const readerAsJson = (
  { audience, protocol, state, arn, filter, isProtected }: DetailedReader,
  address: string,
): string =>
  jsonLine({
    audience,
    protocol,
    address,
    state,
    ...(arn !== undefined && { subscription: arn }),
    ...(filter !== undefined && { filter: JSON.parse(filter) as unknown }),
    ...(isProtected !== undefined && { protected: isProtected }),
  });

const cellsOf = (
  { audience, protocol, state, filter, isProtected }: DetailedReader,
  address: string,
): readonly string[] => [
  audience,
  protocol.padEnd(5),
  address,
  state,
  filter ?? "",
  isProtected ? "protected" : "",
];
