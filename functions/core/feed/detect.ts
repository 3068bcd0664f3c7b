import { isMarkdown } from "./markdown/detect-markdown.ts";
import { frontMatterIn } from "./markdown/front-matter.ts";
import type { Format } from "./formats.ts";
import { isNewsSitemap, isTable } from "./foreign-files.ts";
import { feedInPage } from "./feed-in-page.ts";

const feedTag = /<(?:[a-z][\w.-]{0,40}:)?(rss|rdf|feed|channel|entry|item)(?=[\s>/])/i;
const htmlTag = /<(?:!doctype\s+html|html|head|body|article|main)(?=[\s>/])/i;
const markdownHeading = /^(?:#{1,6}[ \t]+\S|.{1,2000}\n(?:-{2,}|={2,})[ \t]*$)/m;
const epochComment = /^\s*<!--\s*(?:epoch\s{1,4})?\d{9,17}\s*-->/i;
const linkedHeading =
  /^(?:#{1,6}[ \t]+\[|\[.{0,2000}\]\(.{0,4000}\)[ \t]*\r?\n(?:-{2,}|={2,})[ \t]*(?:\r?\n|$))/;
const marks: Readonly<Record<string, Format>> = { rdf: "rdf", feed: "atom", entry: "atom" };

/**
 * The format that the first text of a snapshot shows, or undefined. Comments and processing instructions are ignored;
 * junk before a root element is skipped. The file's name is not used.
 */
export function detectFormat(head: string): Format | undefined {
  const text = head
    .replace(/^[\s\ufeff\0]+/, "")
    .replace(/^(?:ï»¿)\s*/, "")
    .replace(/\r(?!\n)/g, "\n");
  const first = text.charAt(0);
  if (first === "{" || first === "[") {
    if (frontMatterIn(text) !== undefined) return "markdown";
    if (isJson(text)) return "json";
  }
  const opening = afterComments(text);
  // A heading that is a link starts a Markdown snapshot, even if its text mentions tags.
  if (linkedHeading.test(opening)) return "markdown";
  const entry = text.replace(epochComment, "").trimStart();
  if (entry.length < text.length && feedBefore(withoutComments(entry)) === undefined) return "markdown";
  // A text that starts with a tag is detected by its tags.
  if (!opening.startsWith("<") && isMarkdown(opening)) return "markdown";
  // Most feeds are detected in their first kilobyte.
  const early = feedBefore(withoutComments(text.slice(0, 1024)));
  if (early !== undefined) return early;
  const bare = withoutComments(text);
  if (isNewsSitemap(bare)) return "sitemap";
  const feed = feedBefore(bare);
  if (feed !== undefined) return feed;
  if (htmlTag.test(bare)) return feedInPage(bare) ?? "html";
  if (isTable(text)) return undefined;
  if (markdownHeading.test(text.replaceAll("\r\n", "\n")) && /\]\(|\]\[|^#{1,6}[ \t]/m.test(text))
    return "markdown";
  return /<(?:a|p|div|span|h[1-6]|ul|meta|title)(?=[\s>])/i.test(bare) ? "html" : undefined;
}

/** The feed's format if its root precedes any sign of a page. */
function feedBefore(bare: string): Format | undefined {
  const feed = feedTag.exec(bare);
  if (feed === null || htmlTag.test(bare.slice(0, feed.index))) return undefined;
  return marks[feed[1]?.toLowerCase() ?? ""] ?? "rss";
}

/** `[link](…)` starts with a bracket too. */
function isJson(text: string): boolean {
  return /^(?:\{\s*(?:"|\}|$)|\[\s*(?:[{\]"\d-]|$))/.test(text);
}

/** Text without the comments that it starts with. */
function afterComments(text: string): string {
  let at = 0;
  while (text.startsWith("<!--", at)) {
    const end = text.indexOf("-->", at + 4);
    if (end < 0) break;
    at = end + 3;
    while (text.charCodeAt(at) <= 32) at++;
  }
  return text.slice(at);
}

/** Text without comments and processing instructions, and without the text after one that is not closed. */
function withoutComments(text: string): string {
  let out = "";
  let from = 0;
  for (let at = text.indexOf("<"); at >= 0;) {
    const comment = text.startsWith("<!--", at);
    if (!comment && text.charCodeAt(at + 1) !== 63) {
      at = text.indexOf("<", at + 1);
      continue;
    }
    out += text.slice(from, at);
    const mark = comment ? "-->" : ">";
    const end = text.indexOf(mark, at + 2);
    if (end < 0) return out;
    from = end + mark.length;
    at = text.indexOf("<", from);
  }
  return out + text.slice(from);
}
