import type { Sentence } from "./body.ts";
import { bare } from "./plain.ts";

/** Letters and digits that two texts must share from the start on for one to be the start of the other. */
const SHARED = 24;

/**
 * Whether a description says something of its own: it is neither the start of the content (whole or cut)
 * nor the title again. Both are given without their boilerplate.
 */
export function ownDescription(
  own: readonly Sentence[],
  content: readonly Sentence[],
  title: string,
): boolean {
  const text = bare(own.map((sentence) => sentence.text).join(" "));
  if (text === "" || text === bare(title)) return false;
  const start = bare(content.map((sentence) => sentence.text).join(" "));
  return !start.includes(text.slice(0, Math.max(SHARED, Math.floor(text.length * 0.6))));
}
