import { bare } from "./plain.ts";

/**
 * Whether a description says something of its own: it is neither the start of the content (whole or cut),
 * nor the title again. Both are given as sentences from which boilerplate has been removed.
 */
export function ownDescription(own: readonly string[], content: readonly string[], title: string): boolean {
  const text = bare(own.join(" "));
  if (text.length === 0 || text === bare(title)) return false;
  const start = bare(content.join(" ")).slice(0, text.length + 400);
  return !start.includes(text.slice(0, Math.max(24, Math.floor(text.length * 0.8))));
}
