import type { FeedHead } from "../core/ports.ts";
import { headPartitions, keys, nameIn, readHead } from "./ledger-items.ts";
import { markDays } from "./ledger.ts";
import { openTable } from "./table.ts";
import { queryItems, type TableAccess } from "./table-lists.ts";

/** A feed and what is known of its last snapshot. */
export interface SeenFeed extends FeedHead {
  /** Slug. */
  readonly feed: string;
}

/** What the command line reads from the ledger: lists by query, never a Scan. */
export function ledgerLists(access: TableAccess) {
  const { batchGet } = openTable(access.client, access.table, access.clock, access.wait);
  return {
    /** Every feed of which a snapshot was read, by slug: 16 queries. */
    async feeds(): Promise<readonly SeenFeed[]> {
      const heads = await Promise.all(headPartitions.map((partition) => queryItems(access, partition)));
      return (
        heads
          .flat()
          .map((item) => ({ feed: item["sk"]?.S ?? "", ...readHead(item) }))
          // The place of a key without a folder, whose feed has a head of its own.
          .filter(({ feed }) => !feed.startsWith("~"))
          .toSorted((a, b) => (a.feed < b.feed ? -1 : 1))
      );
    },
    /** When messages were marked as sent, epoch milliseconds; without those that have no mark. */
    async sentTimes(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
      const marks = await batchGet(ids.map(keys.sent));
      return new Map(
        marks.map((mark) => [nameIn(mark), (Number(mark["expires"]?.N) - markDays * 86_400) * 1000]),
      );
    },
  };
}
