import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { DayCounts } from "../core/delivery/daily-limit.ts";
import type { Clock, DeliverLedger } from "../core/ports.ts";
import { keys, nameIn, number, readAttempts, text, type ItemAttributes } from "./ledger-items.ts";
import type { Wait } from "./retries.ts";
import { openTable } from "./table.ts";

const day = 86_400;

/** Sent marks and attempts outlive a message: 14 days in the outbox, 14 in its dead-letter queue, 14 after one redrive, and a margin. */
export const markDays = 60;

export interface DeliveryLedgerOptions {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly clock: Clock;
  readonly wait: Wait;
}

export interface PauseAudience {
  readonly pause: (audience: string, isPaused: boolean) => Promise<void>;
}

/**
 * The part of the ledger that deliver needs: sent marks, attempts, counts of days and pauses, which the commands write
 * too. It has a file of its own, because deliver loads nothing of the entries and claims.
 */
export function deliveryLedger({
  client,
  table,
  clock,
  wait,
}: DeliveryLedgerOptions): DeliverLedger & PauseAudience {
  const seconds = () => Math.floor(clock.now() / 1000);
  const markExpires = () => number(seconds() + markDays * day);
  const { batchGet, change, put, updateIf } = openTable(client, table, clock, wait);

  return {
    // A set of names instead of a number: the client repeats a write whose answer was lost.
    recordStart: async (id, start) => {
      const before = await change(keys.attempts(id), {
        set: { last: text(start), expires: markExpires() },
        add: { open: { SS: [start] } },
      });
      return readAttempts(before, start);
    },
    recordFailure: async (id, { start, ownFailures }) => {
      await change(keys.attempts(id), {
        set: {
          ...(ownFailures !== undefined && {
            ownFailures: number(ownFailures),
            lastOwnFailure: number(clock.now()),
          }),
          expires: markExpires(),
        },
        ...(start !== undefined && { remove: { open: { SS: [start] } } }),
      });
    },
    readDelivery: async ({ ids, audiences, attemptsOf, counted }) => {
      const found = await batchGet([
        ...ids.map(keys.sent),
        ...audiences.map(keys.audience),
        ...attemptsOf.map(keys.attempts),
        ...(counted?.audiences ?? []).map((name) => keys.delivered(name, counted?.day ?? "")),
      ]);
      const of = (sort: string) => found.filter(({ sk }) => sk?.S === sort);
      return {
        sent: new Set(of("sent").map(nameIn)),
        paused: new Set(of("head").filter(isPaused).map(nameIn)),
        attempts: new Map(of("attempts").map((item) => [nameIn(item), readAttempts(item)])),
        counts: new Map(of(`delivered#${counted?.day}`).map((item) => [nameIn(item), readDayCounts(item)])),
      };
    },
    countDelivered: async (audience, date, { messages, parts }) => {
      await change(keys.delivered(audience, date), {
        add: { messages: number(messages), parts: number(parts) },
        set: { expires: number(seconds() + 3 * day) },
      });
    },
    markSent: (id, { at = clock.now(), acceptedAs } = {}) =>
      put(keys.sent(id), {
        expires: number(Math.floor(at / 1000) + markDays * day),
        ...(acceptedAs !== undefined && { as: text(acceptedAs) }),
      }),
    admitToQuarantine: (audience, id, limit) =>
      updateIf(
        keys.quarantined(audience, Math.floor(seconds() / 3_600)),
        "SET #expires = :expires ADD #ids :ids",
        "attribute_not_exists(#ids) OR contains(#ids, :id) OR size(#ids) < :limit",
        {
          ":expires": number(seconds() + 2 * day),
          ":ids": { SS: [id] },
          ":id": text(id),
          ":limit": number(limit),
        },
      ),
    pause: async (audience, isPaused) => {
      if (!isPaused) await change(keys.audience(audience), { set: { paused: { BOOL: false } } });
      else
        await updateIf(
          keys.audience(audience),
          "SET #paused = :yes, #pausedAt = :now",
          "attribute_not_exists(#paused) OR #paused <> :yes",
          { ":yes": { BOOL: true }, ":now": number(clock.now()) },
        );
    },
  };
}

const readDayCounts = ({ messages, parts }: ItemAttributes): DayCounts => ({
  messages: Number(messages?.N ?? 0),
  parts: Number(parts?.N ?? 0),
});

const isPaused = ({ paused }: ItemAttributes): boolean => paused?.BOOL === true;
