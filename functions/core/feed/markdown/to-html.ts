import { closeLists, itemOf, openItem, type Lists } from "./lists.ts";
import { readBlock, type Block } from "./body-blocks.ts";
import { inlineHtml } from "./inline-html.ts";
import { definitionsOf, isDefinition } from "./lines.ts";

const markup =
  /<(?:p|div|br|img|span|ul|ol|table|blockquote|figure|h[1-6]|a|em|strong|b|i|small|section|article)(?=[\s>/])[^<>]*>/i;
const rule = /^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/;
const underline = /^ {0,3}(?:={2,}|-{2,})[ ]*$/;

/**
 * The body of a Markdown snapshot as HTML: HTML stays as it is, Markdown's paragraphs, headings, lists, tables, quotes,
 * code, links, images and emphasis (what news texts use of CommonMark and GitHub Flavored Markdown) become HTML. Linear,
 * without recursion.
 */
export function markdownToHtml(body: string): string {
  // White space before the first line may be the indentation of code.
  const text = body
    .replace(/\r\n?/g, "\n")
    .replace(/^(?:[ \t]*\n)+/, "")
    .trimEnd();
  if (isHtml(text.trimStart())) return text.trimStart();
  const lines = text.split("\n").map(withoutTabs);
  const definitions = definitionsOf(lines);
  const inline = (raw: string): string => inlineHtml(raw, definitions);
  const out: string[] = [];
  const lists: Lists = [];
  let paragraph: string[] = [];
  /** The paragraph is an item's first line, which has no element of its own. */
  let isItem = false;
  let afterBlank = true;
  let inHtml = false;
  const append = (html: string): void => {
    out.push(`${out.pop() ?? ""}${html}`);
  };
  const flush = (): void => {
    const html = paragraph.length > 0 ? inline(paragraph.join("\n")) : "";
    if (isItem) append(html);
    else if (html !== "") out.push(`<p>${html}</p>`);
    paragraph = [];
    isItem = false;
  };
  /** Ends the lists that a line at this column stands outside of. */
  const leave = (column: number): void => {
    flush();
    append(closeLists(lists, ({ content }) => column < content));
  };
  for (let at = 0; at < lines.length; at++) {
    const whole = lines[at] ?? "";
    const column = indentOf(whole);
    if (column === whole.length) {
      flush();
      afterBlank = true;
      inHtml = false;
      continue;
    }
    const item = rule.test(whole) ? undefined : itemOf(whole);
    const mayInterrupt = paragraph.length === 0 || lists.length > 0 || /^ *(?:[-+*]|1[.)]) /.test(whole);
    if (item !== undefined && mayInterrupt && (lists.length > 0 || column < 4)) {
      flush();
      if (lists.length === 0) out.push("");
      append(openItem(lists, item));
      paragraph = [item.text];
      isItem = true;
      afterBlank = false;
      continue;
    }
    const base = lists.at(-1)?.content ?? 0;
    const isOutside = column < base;
    // Within an item everything is moved by the item's own column.
    const line = whole.slice(Math.min(column, base));
    if (paragraph.length > 0 && underline.test(line) && !isOutside) {
      const level = line.trim().startsWith("=") ? 1 : 2;
      const html = `<h${level}>${inline(paragraph.join(" "))}</h${level}>`;
      if (isItem) append(html);
      else out.push(html);
      paragraph = [];
      isItem = false;
      continue;
    }
    const mayBeCode: boolean = paragraph.length === 0 && !inHtml && !isOutside;
    const block: Block | undefined = rule.test(line)
      ? { html: "<hr>", next: at + 1 }
      : readBlock(lines, at, isOutside ? 0 : base, mayBeCode, inline);
    if (isOutside && (afterBlank || block !== undefined)) leave(column);
    afterBlank = false;
    if (block !== undefined) {
      flush();
      out.push(block.html);
      at = block.next - 1;
      inHtml = block.isHtml === true;
    } else if (paragraph.length > 0 || !isDefinition(line))
      paragraph.push(lists.length > 0 ? line.trim() : line);
  }
  leave(-1);
  return out.filter((piece) => piece !== "").join("\n");
}

/** Columns of blanks at a line's start; ideographic spaces are text. */
function indentOf(line: string): number {
  let at = 0;
  while (line.charCodeAt(at) === 32) at++;
  return at;
}

function withoutTabs(line: string): string {
  return line.replace(/^[ \t]+/, (indent) => indent.replaceAll("\t", "    ")).trimEnd();
}

/** A body that has block markup and no sign of Markdown's own blocks. */
function isHtml(text: string): boolean {
  if (!markup.test(text)) return false;
  return text.startsWith("<") || !/^(?: {0,3}#{1,6}[ \t]| {0,3}[-+*] |\s*>|```)|\]\(|\*\*/m.test(text);
}
