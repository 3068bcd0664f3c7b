import type { Entry } from "../feed/entry.ts";
import { readBlocks } from "../summary/read-blocks.ts";
import { bodyBlocks } from "../summary/boilerplate.ts";
import { shortHash } from "./short-hash.ts";
import { isHan } from "../summary/plain.ts";

/**
 * A hash of what an entry says: its title and its body's text, without boilerplate, numbers and white space, so
 * that a changed advertisement, counter or layout is no update. Looks at the first 16 KB of markup.
 */
export function textHash({ title, description, content }: Entry): string {
  const blocks = readBlocks(content || description || "");
  const body = bodyBlocks(blocks, title, isHan(blocks.map(({ text }) => text).join(" ")));
  const said = [title, ...body.map(({ text }) => text)].join("\n").normalize("NFKC").toLowerCase();
  return shortHash(said.replace(/[\s\p{N}]+/gu, ""));
}
