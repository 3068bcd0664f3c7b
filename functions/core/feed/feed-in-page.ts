import type { Format } from "./formats.ts";

/** A feed's root element with what only a feed's root has: its version or its namespace. */
const feedRoot =
  /<(?:[a-z][\w.-]{0,40}:)?(?:(rss)\s[^<>]{0,2000}?version\s*=|(feed)\s[^<>]{0,2000}?(?:w3\.org\/2005\/atom|purl\.org\/atom\/ns)|(rdf)\s[^<>]{0,2000}?purl\.org\/rss\/1\.0)/i;
/** What an article has and what a browser or a proxy puts around a feed has not. */
const articleTag = /<(?:article|main|section|p|h[1-6]|ul|ol|table|blockquote)(?=[\s>/])/i;
/** Elements whose text is no markup. */
const rawText = /<(script|style|textarea|template|noscript)(?=[\s>])/gi;

/**
 * The format of a feed that an HTML page only wraps, as browsers save a feed that they show. `bare` is the start of
 * the page without comments. A page with text of its own before the feed's root is an article that shows a feed.
 */
export function feedInPage(bare: string): Format | undefined {
  const markup = withoutRawText(bare);
  const root = feedRoot.exec(markup);
  if (root === null || articleTag.test(markup.slice(0, root.index))) return undefined;
  return root[1] !== undefined ? "rss" : root[2] !== undefined ? "atom" : "rdf";
}

function withoutRawText(text: string): string {
  const lowered = text.toLowerCase();
  let out = "";
  let from = 0;
  for (const { 1: name = "", index } of text.matchAll(rawText)) {
    if (index < from) continue;
    out += text.slice(from, index);
    const close = lowered.indexOf(`</${name.toLowerCase()}`, index);
    if (close < 0) return out;
    from = close;
  }
  return out + text.slice(from);
}
