import type { WaitingShare, WaitingWriter } from "../core/waiting.ts";
import { keys, number, text, type ItemAttributes } from "./ledger-items.ts";
import { openTable } from "./table.ts";
import { putRequest, writeItems, type TableAccess } from "./table-lists.ts";

/** Seconds for which the count of an hour is kept. */
const hourSeconds = 2 * 86_400;

/** The part of the ledger in which ingest leaves what waits for a schedule. */
export function dynamoWaitingWriter(access: TableAccess): WaitingWriter {
  const { client, table, clock, wait } = access;
  const { change } = openTable(client, table, clock, wait);
  return {
    async putWaiting(claim, at, shares) {
      await writeItems(
        access,
        shares.flatMap((share) => contentOf(claim, share)),
      );
      // Last, so that everything that is stored is found by it.
      await writeItems(
        access,
        shares.flatMap(({ audience, entries, rest }) => [
          putRequest(keys.waitingAudience(audience), {}),
          putRequest(keys.waitingClaim(audience, claim), {
            at: number(at),
            entries: number(entries.length + (rest?.count ?? 0)),
          }),
        ]),
      );
    },
    async countMessages(audience, at, messages) {
      const before = await change(keys.hour(audience, Math.floor(at / 3_600_000)), {
        add: { count: number(messages) },
        set: { expires: number(Math.floor(clock.now() / 1000) + hourSeconds) },
      });
      return Number(before?.["count"]?.N ?? 0);
    },
  };
}

const json = (value: unknown): ItemAttributes => ({ json: text(JSON.stringify(value)) });

const contentOf = (claim: string, { audience, entries, rest }: WaitingShare) => [
  ...entries.map((alert) => putRequest(keys.waiting(audience, claim, alert.key), json(alert))),
  ...(rest ? [putRequest(keys.waiting(audience, claim, "rest"), json(rest))] : []),
];
