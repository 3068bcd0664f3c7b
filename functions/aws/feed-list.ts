import type { FeedList } from "../core/ports.ts";
import { headPartitions, readHead } from "./ledger-items.ts";
import { queryItems, type TableAccess } from "./table-lists.ts";

/** Lists the heads of all feeds: one query for each of their partitions. */
export function dynamoFeedList(access: Omit<TableAccess, "wait">): FeedList {
  return {
    async knownFeeds() {
      const found = await Promise.all(headPartitions.map((partition) => queryItems(access, partition)));
      return found.flat().flatMap((item) => {
        const { key, rhythm } = readHead(item);
        return rhythm ? [{ place: item["sk"]?.S ?? "", key, rhythm }] : [];
      });
    },
  };
}
