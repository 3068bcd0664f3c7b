import type { Alert } from "../core/message/message.ts";
import type { WaitingCount, WaitingLedger } from "../core/waiting.ts";
import { keys, number, type ItemAttributes } from "./ledger-items.ts";
import { openTable } from "./table.ts";
import { deleteRequest, putRequest, queryItems, writeItems, type TableAccess } from "./table-lists.ts";

/** Seconds for which a claim stays marked as covered: longer than any run that could leave its entries again. */
const coveredSeconds = 60 * 86_400;

const partitionOf = (key: ItemAttributes): string => key["pk"]?.S ?? "";
const sortOf = ({ sk }: ItemAttributes): string => sk?.S ?? "";

/** What waits for schedules, for digest, watch and the command line. */
export function dynamoWaitingLedger(access: TableAccess): WaitingLedger {
  const { client, table, clock, wait } = access;
  const { batchGet } = openTable(client, table, clock, wait);
  const query = (key: ItemAttributes) => queryItems(access, partitionOf(key));
  return {
    waitingAudiences: async () => (await query(keys.waitingAudience(""))).map(sortOf),
    waitingClaims: async (audience) =>
      (await query(keys.waitingClaim(audience, ""))).map((item) => ({
        claim: sortOf(item),
        at: Number(item["at"]?.N),
        entries: Number(item["entries"]?.N),
      })),
    async coveredClaims(audience, claims) {
      const wanted = new Map(claims.map((claim) => [partitionOf(keys.waiting(audience, claim, "")), claim]));
      const found = await batchGet(claims.map((claim) => keys.waiting(audience, claim, "covered")));
      return new Set(found.flatMap((item) => wanted.get(partitionOf(item)) ?? []));
    },
    async readWaiting(audience, claim) {
      const items = await query(keys.waiting(audience, claim, ""));
      const rest = items.find((item) => sortOf(item) === "rest");
      return {
        entries: items
          .filter((item) => item["json"] && item !== rest)
          .map((item) => JSON.parse(item["json"]?.S ?? "") as Alert)
          .toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0)),
        ...(rest && { rest: JSON.parse(rest["json"]?.S ?? "") as WaitingCount }),
      };
    },
    async coverClaims(audience, claims) {
      const expires = number(Math.floor(clock.now() / 1000) + coveredSeconds);
      await writeItems(
        access,
        claims.map((claim) => putRequest(keys.waiting(audience, claim, "covered"), { expires })),
      );
    },
    async deleteWaiting(audience, claim) {
      const items = (await query(keys.waiting(audience, claim, ""))).filter((item) => item["json"]);
      await writeItems(
        access,
        items.map((item) => deleteRequest(keys.waiting(audience, claim, sortOf(item)))),
      );
      await writeItems(access, [deleteRequest(keys.waitingClaim(audience, claim))]);
    },
  };
}
