import { SnapshotError } from "../../../functions/core/errors.ts";
import { parseSnapshot } from "../../../functions/core/feed/parse.ts";

/**
 * What `../shared/corpus/score.mjs` calls: `published` stands for published, else updated. A refused snapshot has no
 * entries; that is a verdict, not a crash.
 */
export async function parse(buffer, path) {
  try {
    const { entries } = await parseSnapshot(buffer, { name: path });
    return {
      entries: entries.map(({ id, title, link, published, updated }) => ({
        id,
        title,
        link,
        published: published ?? updated,
      })),
    };
  } catch (error) {
    if (error instanceof SnapshotError) return { entries: [] };
    throw error;
  }
}
