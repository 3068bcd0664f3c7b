import { escapeText } from "../text/entities.ts";
import { closesFence, openingFence, trimHashes } from "./lines.ts";

/** A block as HTML, and the line after it. */
export interface Block {
  readonly html: string;
  readonly next: number;
  /** It was HTML before. */
  readonly isHtml?: true;
}

const blockTag =
  /^ {0,3}<\/?(?:p|div|ul|ol|li|table|blockquote|figure|figcaption|h[1-6]|hr|section|article|pre|img|br|script|style|iframe|video|audio)(?=[\s>/])/i;

type Inline = (text: string) => string;

/**
 * The block that begins at a line and is no paragraph or list: code, heading, quote, table or HTML; undefined where
 * there is none. `base` is the column at which the text of the list stands that all this is in.
 */
export function readBlock(
  lines: readonly string[],
  at: number,
  base: number,
  mayBeCode: boolean,
  inline: Inline,
): Block | undefined {
  const moved = (index: number): string => withoutIndent(lines[index] ?? "", base);
  const line = moved(at);
  if (mayBeCode && line.startsWith("    ")) return indentedCode(lines, at, base + 4);
  const fence = openingFence(line);
  if (fence !== undefined) return fencedCode(lines, at, base, fence);
  const [, marks, heading = ""] = /^ {0,3}(#{1,6}) +(\S.*)$/.exec(line) ?? [];
  if (marks !== undefined) {
    const level = marks.length;
    return { html: `<h${level}>${inline(trimHashes(heading))}</h${level}>`, next: at + 1 };
  }
  if (/^ {0,3}>/.test(line)) return quote(lines, at, inline);
  if (beginsTable(line, lines[at + 1])) return table(lines, at, inline);
  return blockTag.test(line) ? { html: line, next: at + 1, isHtml: true } : undefined;
}

/** The line without as much of its indentation as `most` columns. */
function withoutIndent(line: string, most: number): string {
  let at = 0;
  while (at < most && line.charCodeAt(at) === 32) at++;
  return line.slice(at);
}

function indentedCode(lines: readonly string[], from: number, column: number): Block {
  const indent = " ".repeat(column);
  let at = from;
  let end = from;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (line.startsWith(indent)) end = at + 1;
    else if (line !== "") break;
  }
  return { html: code(lines.slice(from, end).map((line) => line.slice(column))), next: end };
}

function fencedCode(lines: readonly string[], from: number, base: number, fence: string): Block {
  const inside: string[] = [];
  let at = from + 1;
  for (; at < lines.length; at++) {
    const line = withoutIndent(lines[at] ?? "", base);
    if (closesFence(line, fence)) break;
    inside.push(line);
  }
  return { html: code(inside), next: at + 1 };
}

function code(lines: readonly string[]): string {
  return `<pre><code>${escapeText(lines.join("\n"))}</code></pre>`;
}

function quote(lines: readonly string[], from: number, inline: Inline): Block {
  const quoted: string[] = [];
  let at = from;
  for (; at < lines.length && /^ *>/.test(lines[at] ?? ""); at++)
    quoted.push((lines[at] ?? "").replace(/^ *> ?/, ""));
  const paragraphs = inline(quoted.join("\n").replace(/\n{2,}/g, "</p>\n<p>"));
  return { html: `<blockquote><p>${paragraphs}</p></blockquote>`, next: at };
}

/** GitHub Flavored Markdown, section 4.10: a head, and a delimiter for each of its cells. */
function beginsTable(line: string, next: string | undefined): boolean {
  if (next === undefined || !line.includes("|") || !/^[ |:-]+$/.test(next)) return false;
  const delimiters = cellsOf(next);
  return cellsOf(line).length === delimiters.length && delimiters.every((cell) => /^:?-+:?$/.test(cell));
}

function table(lines: readonly string[], from: number, inline: Inline): Block {
  const row = (line: string, tag: "th" | "td"): string =>
    `<tr>${cellsOf(line)
      .map((cell) => `<${tag}>${inline(cell)}</${tag}>`)
      .join("")}</tr>`;
  let rows = "";
  let at = from + 2;
  for (; at < lines.length && (lines[at] ?? "").includes("|"); at++) rows += row(lines[at] ?? "", "td");
  const head = row(lines[from] ?? "", "th");
  return { html: `<table><thead>${head}</thead><tbody>${rows}</tbody></table>`, next: at };
}

function cellsOf(line: string): readonly string[] {
  const inner = line
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "");
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}
