import { prefixes } from "../../aws/environment.ts";
import { messageFolder } from "../../aws/message-quarantine.ts";
import { listVersions } from "../../aws/object-versions.ts";
import { countMessages } from "../../aws/queue-counts.ts";
import type { StackClients } from "../../aws/stack-clients.ts";
import { stackLedger } from "../../aws/stack-ledger.ts";
import type { Configuration } from "../../core/configuration.ts";
import { silenceOf } from "../../core/silence/silent-feeds.ts";
import type { UploadRhythm } from "../../core/silence/upload-rhythm.ts";
import { readReasons } from "../quarantine/reasons.ts";
import { reasonTest } from "../replay/quarantine.ts";
import { need, type StackAddress } from "../stack.ts";
import { audienceStates } from "./audiences.ts";
import { spendOfMonth } from "./spend.ts";
import type { FeedStatus, QuarantineStatus, QueueStatus, StackStatus } from "./stack-status.ts";

/** Reasons that are read; further ones are only counted. */
const maxReasons = 200;

interface StatusRequest {
  readonly stack: StackAddress;
  readonly clients: StackClients;
  readonly configuration: Configuration;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Read the plans of this month, however many there are. */
  readonly isSpendWanted: boolean;
}

/** Reads the state of a stack. It changes nothing, and lists instead of scanning. */
export async function collectStatus({
  stack,
  clients,
  configuration,
  now,
  isSpendWanted,
}: StatusRequest): Promise<StackStatus> {
  const address = need(stack, "bucket", "table");
  const ledger = stackLedger(clients, address.table);
  const places = { stack, clients, ledger, now };
  const [queues, quarantine, feeds, audiences, spend] = await Promise.all([
    queueStates(stack, clients),
    quarantineState(clients.s3, address.bucket),
    ledger.feeds(),
    audienceStates(configuration.audiences, places),
    spendOfMonth({ ...places, bucket: address.bucket, configuration, isSpendWanted }),
  ]);
  return {
    stack: stack.name,
    at: new Date(now).toISOString(),
    queues,
    quarantine,
    feeds: feeds
      .toSorted((a, b) => a.at - b.at)
      .map(({ feed, at, key, entries, rhythm }): FeedStatus => ({
        feed,
        read: new Date(at * 1000).toISOString(),
        key,
        entries,
        ...(rhythm && silenceNow(rhythm, feed, { configuration, now })),
      })),
    audiences,
    ...(spend && { spend }),
  };
}

/** The queues whose URLs are known. */
async function queueStates(
  stack: StackAddress,
  { sqs }: Pick<StackClients, "sqs">,
): Promise<readonly QueueStatus[]> {
  const known = [
    ["intake", stack.queue, false],
    ["outbox", stack.outbox, false],
    ["slots", stack.slots, false],
    ["intake dead letters", stack.deadLetterQueue, true],
    ["outbox dead letters", stack.outboxDeadLetterQueue, true],
    ...Object.entries(stack.failureQueues ?? {}).map(([name, url]) => [name, url, true] as const),
  ] as const;
  const states = known.map(async ([name, url, isDeadLetters]) =>
    url === undefined ? [] : [{ name, isDeadLetters, ...(await countMessages(sqs, url)) }],
  );
  return (await Promise.all(states)).flat();
}

async function quarantineState(s3: StackClients["s3"], bucket: string): Promise<QuarantineStatus> {
  const found = await Array.fromAsync(listVersions(s3, bucket, prefixes.quarantine));
  const current = found.filter(({ isCurrent }) => isCurrent);
  const isReason = reasonTest(current);
  const reasons = current.filter(({ key }) => isReason(key)).toSorted((a, b) => b.at - a.at);
  const codes: Record<string, number> = {};
  for await (const { code } of readReasons(s3, bucket, reasons.slice(0, maxReasons)))
    codes[code] = (codes[code] ?? 0) + 1;
  const messages = reasons.filter(({ key }) => key.startsWith(messageFolder)).length;
  return { snapshots: reasons.length - messages, messages, codes };
}

/** A feed is silent by the same rule by which watch reports it. */
function silenceNow(
  rhythm: UploadRhythm,
  feed: string,
  { configuration, now }: Pick<StatusRequest, "configuration" | "now">,
): Pick<FeedStatus, "silent"> {
  const periods = configuration.feeds[feed]?.silentPeriods ?? configuration.silentPeriods;
  const { state, usual = 0 } = silenceOf(rhythm, { periods, now: Math.floor(now / 1000) });
  if (state !== "silent") return {};
  return { silent: { since: new Date(rhythm.seen * 1000).toISOString(), usualSeconds: usual } };
}
