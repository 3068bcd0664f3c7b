import { parseSnapshot } from "../../../functions/core/feed/parse.ts";

/** What `../shared/corpus/score.mjs` calls: `published` stands for published, else updated. */
export async function parse(buffer, path) {
  const { entries } = await parseSnapshot(buffer, { name: path });
  return {
    entries: entries.map(({ id, title, link, published, updated }) => ({
      id,
      title,
      link,
      published: published ?? updated,
    })),
  };
}
