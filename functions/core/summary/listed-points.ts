import { bodyBlocks } from "./boilerplate.ts";
import { fit } from "./fit.ts";
import { isHan } from "./plain.ts";
import { readBlocks } from "./read-blocks.ts";

/** Points that are kept, and UTF-16 code units of each. */
const maxPoints = 12;
const maxPoint = 200;

/** A text is a list if its points have at least this share of its letters. */
const minShare = 0.6;

const listItem = /<li[\s>]/gi;

/** The address at the end of a point of release notes: `Fix a crash by @ash in https://code.example.com/alder/pull/12`. */
const address = / (?:in|at|see) https?:\/\/\S{1,300}$/iu;

/**
 * The points of a text that is mostly a list of at least two, such as release notes: without boilerplate, each on one
 * line. Points that are longer than a summary are no notes but text. `[]` for every other text; `…` as the last point
 * stands for further ones.
 */
export function listedPoints(html: string, title: string): readonly string[] {
  if ((html.match(listItem) ?? []).length < 2) return [];
  const blocks = readBlocks(html);
  const body = [...bodyBlocks(blocks, title, isHan(blocks.map(({ text }) => text).join(" ")))];
  const texts = body.filter(({ kind }) => kind !== "heading");
  const items = texts.filter(({ kind, linked }) => kind === "item" && linked < 0.9);
  const length = (list: readonly { readonly text: string }[]): number =>
    list.reduce((sum, { text }) => sum + text.length, 0);
  if (items.length < 2 || length(items) < minShare * length(texts)) return [];
  if (items.some(({ text }) => text.length > 2 * maxPoint)) return [];
  const points = items
    .slice(0, maxPoints)
    .flatMap(({ text }) => fit(text.replace(address, ""), maxPoint) || []);
  return items.length > maxPoints ? [...points, "…"] : points;
}
