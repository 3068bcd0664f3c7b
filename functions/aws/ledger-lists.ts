import type { FeedHead, SentMark } from "../core/ports.ts";
import { headPartitions, keys, nameIn, readHead } from "./ledger-items.ts";
import { markDays } from "./delivery-ledger.ts";
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
    /** The marks of messages that were sent; without those that have none. */
    async sentMarks(
      ids: readonly string[],
    ): Promise<ReadonlyMap<string, Required<Pick<SentMark, "at">> & SentMark>> {
      const marks = await batchGet(ids.map(keys.sent));
      return new Map(
        marks.map((mark) => [
          nameIn(mark),
          {
            at: (Number(mark["expires"]?.N) - markDays * 86_400) * 1000,
            ...(mark["as"]?.S !== undefined && { acceptedAs: mark["as"].S }),
          },
        ]),
      );
    },
  };
}
