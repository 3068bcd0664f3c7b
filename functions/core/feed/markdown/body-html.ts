import type { Marked } from "marked";
import { escapeText } from "../text/entities.ts";
import { inlineRules } from "./inline-rules.ts";
import { closesFence, openingFence } from "./lines.ts";

/** Turns the body of an entry into HTML. */
export type BodyRenderer = (body: string) => string;

/**
 * UTF-16 code units that are read as Markdown. What follows becomes plain paragraphs: the library takes time in
 * proportion to the length of a text only within bounds.
 */
const maxRenderedLength = 64 * 1024;
/** Quotes and lists within each other; the library's recursion follows them. */
const maxNesting = 12;
const maxIndentation = 48;

const blockTag =
  /<(?:p|div|br|img|span|ul|ol|table|blockquote|figure|h[1-6]|a|em|strong|b|i|small|section|article)(?=[\s>/])[^<>]*>/i;
const markdownBlock = /^(?: {0,3}#{1,6}[ \t]| {0,3}[-+*] |[ \t]{0,80}>|```)|\]\(|\*\*/m;
/** What a site generator puts in the place of a line: `{% include … %}`, `{{< figure … >}}`, `{: .class}`. */
const templateLine = /^[ \t]*(?:\{%[^{}\n]*%\}|\{\{[<%][^{}\n]*[%>]\}\}|\{:[^{}\n]*\})[ \t]*$/;

/**
 * Loads the CommonMark library and returns what renders a body: HTML stays as it is, Markdown (CommonMark and GitHub
 * Flavored Markdown without bare addresses as links) becomes HTML. A body that the library can't read becomes
 * paragraphs of plain text.
 */
export async function loadBodyRenderer(): Promise<BodyRenderer> {
  const { Marked } = await import("marked");
  const marked = new Marked({ async: false, gfm: true }, { tokenizer: inlineRules() });
  return (body) => renderBody(marked, body);
}

function renderBody(marked: Marked, body: string): string {
  // White space before the first line may be the indentation of code.
  const lines = body.replace(/\r\n?/g, "\n").trimEnd();
  const text = lines.slice(lines.lastIndexOf("\n", lines.search(/\S/)) + 1);
  if (isHtml(text)) return text.trimStart();
  const end = text.length <= maxRenderedLength ? text.length : lastBreak(text.slice(0, maxRenderedLength));
  const rest = end < text.length ? plainParagraphs(text.slice(end)) : "";
  try {
    const html = marked.parse(bounded(text.slice(0, end)), { async: false }).trimEnd();
    return rest === "" ? html : `${html}\n${rest}`;
  } catch {
    return plainParagraphs(text);
  }
}

/** A body that has elements and no sign of Markdown's own blocks. */
function isHtml(text: string): boolean {
  return blockTag.test(text) && (text.trimStart().startsWith("<") || !markdownBlock.test(text));
}

/** Where a text that is too long is cut: after a paragraph, or else after a line. */
function lastBreak(text: string): number {
  const half = text.length / 2;
  const paragraph = text.lastIndexOf("\n\n");
  if (paragraph > half) return paragraph;
  const line = text.lastIndexOf("\n");
  return line > half ? line : text.length;
}

function plainParagraphs(text: string): string {
  return text
    .split(/\n[ \t]*\n/)
    .filter((paragraph) => paragraph.trim() !== "")
    .map((paragraph) => `<p>${escapeText(paragraph.trim())}</p>`)
    .join("\n");
}

/** The text without lines for a site's templates, its nesting bounded; code in fences stays as it is. */
function bounded(text: string): string {
  let fence: string | undefined;
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    if (fence !== undefined) {
      if (closesFence(line, fence)) fence = undefined;
      lines.push(line);
    } else if (!templateLine.test(line)) {
      fence = openingFence(line);
      lines.push(withBoundedNesting(line));
    }
  }
  return lines.join("\n");
}

/** The line with the first `maxNesting` of the marks of quotes and lists that it starts with. */
function withBoundedNesting(line: string): string {
  let at = 0;
  let kept = 0;
  for (let marks = 0; ; marks++) {
    while (line.charCodeAt(at) === 32 || line.charCodeAt(at) === 9) at++;
    if (marks === 0 && at > maxIndentation) return withBoundedNesting(line.slice(at - maxIndentation));
    if (marks <= maxNesting) kept = at;
    const mark = markEnd(line, at);
    if (mark === undefined) return kept === at ? line : line.slice(0, kept) + line.slice(at);
    at = mark;
  }
}

/** Index after the mark of a quote or a list item at `at`. */
function markEnd(line: string, at: number): number | undefined {
  const first = line.charAt(at);
  if (first === ">") return at + 1;
  let end = at;
  if (first === "-" || first === "+" || first === "*") end++;
  else {
    while (end - at < 9 && line.charCodeAt(end) >= 48 && line.charCodeAt(end) <= 57) end++;
    if (end === at || (line.charAt(end) !== "." && line.charAt(end) !== ")")) return undefined;
    end++;
  }
  const next = line.charCodeAt(end);
  return next === 32 || next === 9 || Number.isNaN(next) ? end : undefined;
}
