import { parseSnapshot } from "../../../functions/core/feed/parse.ts";

const snapshots = [
  "---\ntitle: One\n---\n\n*Text*\n",
  '+++\ntitle = "Two"\n+++\n\n*Text*\n',
  "# Three\n\n*Text*\n",
];

/** A function that needs the libraries for front matter and Markdown. */
export const handler = async (): Promise<readonly string[]> => {
  const parsed = await Promise.all(snapshots.map((text) => parseSnapshot(Buffer.from(text))));
  return parsed.flatMap(({ entries }) => entries.map(({ title, content }) => `${title}: ${content}`));
};
