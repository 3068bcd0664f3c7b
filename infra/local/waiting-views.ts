import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { parseOutboxBody } from "../../functions/aws/outbox.ts";
import { stackLedger, type StackLedger } from "../../functions/aws/stack-ledger.ts";
import type { StackNames } from "../../functions/console/live-stack.ts";
import { newestWaiting } from "../../functions/console/waiting-entries.ts";
import type { Audience, Configuration } from "../../functions/core/configuration.ts";
import {
  allowedToday,
  dayOf,
  hasDailyLimit,
  nothingSent,
  type DayCounts,
} from "../../functions/core/delivery/daily-limit.ts";
import type { OutboxMessage } from "../../functions/core/plan.ts";
import type { QueuedMessage } from "./emulators/queues.ts";
import type { WaitingView } from "./inbox/views.ts";
import { reasonsToWait } from "./inbox/waiting-words.ts";

/** Most entries and subjects that are listed for an audience. */
const maxListed = 50;

/** Reads what waits for audiences, as `feedbell waiting list` does, and ends pauses. */
export interface WaitingReader {
  /** `outbox`: the messages of the outbox, oldest first. */
  views(configuration: Configuration, outbox: readonly QueuedMessage[]): Promise<readonly WaitingView[]>;
  resume(audience: string): Promise<void>;
  close(): void;
}

export function openWaitingReader({
  endpoint,
  region,
  table,
}: Pick<StackNames, "endpoint" | "region" | "table">): WaitingReader {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const dynamodb = new DynamoDBClient({ endpoint, region, credentials });
  const ledger = stackLedger({ dynamodb }, table);

  return {
    async views({ audiences }, outbox) {
      const now = Date.now();
      const names = audiences.map(({ name }) => name);
      const waiting = await ledger.waitingAudiences();
      const limited = audiences.filter(hasDailyLimit).map(({ name }) => name);
      const { paused, counts } = await ledger.readDelivery({
        ids: [],
        audiences: names,
        attemptsOf: [],
        counted: { audiences: limited, day: dayOf(now) },
      });
      const groups = Map.groupBy(outbox, ({ groupId = "" }) => groupId);
      const views: WaitingView[] = [];
      for (const audience of audiences) {
        const { name } = audience;
        const isPaused = paused.has(name);
        const group = groups.get(name) ?? [];
        const held = isPaused || isOverLimit(audience, group[0], counts.get(name)) ? group : [];
        if (!waiting.includes(name) && !isPaused && held.length === 0) continue;
        const { pausedSince = 0 } = isPaused ? await ledger.readAudience(name) : {};
        views.push({
          audience: name,
          isPaused,
          ...(pausedSince > 0 && { pausedSince: new Date(pausedSince).toISOString() }),
          ...(await entriesView(name, { audience, ledger, now })),
          held: held.length,
          heldSubjects: held.slice(0, maxListed).flatMap((message) => readMessage(message)?.subject ?? []),
        });
      }
      for (const audience of waiting.filter((name) => !names.includes(name)).toSorted())
        views.push({
          audience,
          isRemoved: true,
          isPaused: false,
          ...(await entriesView(audience, { audience: undefined, ledger, now })),
          held: 0,
          heldSubjects: [],
        });
      return views.filter(({ entries, held, isPaused }) => entries > 0 || held > 0 || isPaused);
    },
    resume: (audience) => ledger.pause(audience, false),
    close: () => dynamodb.destroy(),
  };
}

async function entriesView(
  name: string,
  {
    audience,
    ledger,
    now,
  }: { readonly audience: Audience | undefined; readonly ledger: StackLedger; readonly now: number },
): Promise<Pick<WaitingView, "entries" | "since" | "reasons" | "newest">> {
  const { entries, since, newest } = await newestWaiting(name, ledger, maxListed);
  const times = newest.map(({ at }) => at);
  return {
    entries,
    ...(since !== undefined && { since: new Date(since).toISOString() }),
    reasons: audience && since !== undefined ? reasonsToWait(audience, { entries, since, times, now }) : [],
    newest: newest.map(({ alert: { key, title, source, language }, at }) => ({
      key,
      title,
      feed: source.title,
      ...(language !== undefined && { language }),
      at: new Date(at).toISOString(),
    })),
  };
}

/** Whether the daily limit of an audience keeps the first message of its group back. */
function isOverLimit(
  audience: Audience,
  first: QueuedMessage | undefined,
  sent: DayCounts = nothingSent,
): boolean {
  const message = first && hasDailyLimit(audience) && readMessage(first);
  return message ? allowedToday([message], audience, sent).messages.length === 0 : false;
}

function readMessage({ body }: QueuedMessage): OutboxMessage | undefined {
  try {
    return parseOutboxBody(body);
  } catch {
    return undefined;
  }
}
