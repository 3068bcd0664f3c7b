import { frontMatterIn } from "./front-matter.ts";
import { closesFence, openingFence } from "./lines.ts";

const feedOrPage =
  /<(?:!doctype|(?:[a-z][\w.-]{0,40}:)?(?:rss|rdf|feed|channel|entry|item)|html|head|body|article|main)(?=[\s>/])/i;
/** Junk may precede a document, but its root starts a line; indented further it is code. */
const root = /^ {0,3}<(?:\?xml|!doctype|(?:[a-z][\w.-]{0,40}:)?(?:rss|rdf|feed)|html)(?=[\s>/])/i;
const atx = /^ {0,3}#{1,6}[ \t]+(\S.*)$/;
const underline = /^ {0,3}(?:-{2,}|={2,})[ \t]*$/;

/**
 * Whether a text is Markdown: it has, before any root of a feed or a page, a heading that is a link, or it starts with a
 * heading or front matter. Tags in fenced code and code spans are ignored.
 */
export function isMarkdown(text: string): boolean {
  const lines = text.split(/\r?\n/);
  const first = lines.findIndex((line) => line.trim() !== "");
  const opens = first >= 0 && (headingAt(lines, first) !== undefined || frontMatterIn(text) !== undefined);
  let fence: string | undefined;
  for (let at = Math.max(0, first); at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (fence !== undefined) {
      if (closesFence(line, fence)) fence = undefined;
      continue;
    }
    fence = openingFence(line);
    if (fence !== undefined) continue;
    const heading = headingAt(lines, at);
    if (heading?.startsWith("[") === true && heading.includes("](")) return true;
    if (opens ? root.test(line) : feedOrPage.test(withoutSpans(line))) return false;
  }
  return opens;
}

function headingAt(lines: readonly string[], at: number): string | undefined {
  const line = lines[at] ?? "";
  const heading = atx.exec(line)?.[1];
  if (heading !== undefined) return heading;
  const text = line.trim();
  return text !== "" && !text.startsWith("<") && underline.test(lines[at + 1] ?? "") ? text : undefined;
}

function withoutSpans(line: string): string {
  return line.includes("`") ? line.replace(/`[^`]*`/g, "") : line;
}
