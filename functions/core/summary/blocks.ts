import { Parser } from "htmlparser2";
import { maxTextLength } from "./budget.ts";
import { onOneLine } from "./plain.ts";
import { labelOf } from "./labels.ts";

/** A run of text that its markup sets apart from its neighbours. */
export interface Block {
  /** On one line, never empty. */
  readonly text: string;
  readonly kind: "paragraph" | "heading" | "item" | "quote" | "cell" | "loose";
  /** Beside the text: in a figure, listing, aside, footer, menu or form, or in an element whose class says caption or byline. */
  readonly aside: boolean;
  /** In an element whose class or id says share, related, newsletter and the like. */
  readonly labelled: boolean;
  /** All of it in `<small>`. */
  readonly small: boolean;
  /** Share of its characters that stand in links, 0 to 1. */
  readonly linked: number;
  /** The words of the link in which it ends. */
  readonly link?: string;
  /** The row of a table that its cell stands in, counted from 1. */
  readonly row?: number;
}

const SILENT = 1;
const ASIDE = 2;
const LABELLED = 4;
const SMALL = 8;
const LINK = 16;
const PARAGRAPH = 32;
const HEADING = 64;
const ITEM = 128;
const QUOTE = 256;
const CELL = 512;

const flagsOf: Readonly<Record<string, number>> = {
  a: LINK,
  aside: ASIDE,
  audio: SILENT,
  blockquote: QUOTE,
  button: SILENT,
  canvas: SILENT,
  dd: ITEM,
  dt: ITEM,
  dialog: ASIDE,
  figcaption: ASIDE,
  figure: ASIDE,
  footer: ASIDE,
  form: ASIDE,
  h1: HEADING,
  h2: HEADING,
  h3: HEADING,
  h4: HEADING,
  h5: HEADING,
  h6: HEADING,
  head: SILENT,
  iframe: SILENT,
  li: ITEM,
  math: SILENT,
  nav: ASIDE,
  noscript: ASIDE,
  object: SILENT,
  p: PARAGRAPH,
  pre: ASIDE,
  rp: SILENT,
  rt: SILENT,
  script: SILENT,
  select: SILENT,
  small: SMALL,
  style: SILENT,
  svg: SILENT,
  table: CELL,
  template: SILENT,
  textarea: SILENT,
  title: SILENT,
  video: SILENT,
};

const breaking = new Set(
  (
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form " +
    "h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
  ).split(" "),
);

const CHUNK = 2048;
/** UTF-16 code units of markup that are read, and at most where they hold next to no text, such as an embedded picture. */
const MARKUP = maxTextLength;
const MOST_MARKUP = 1_048_576;
/** UTF-16 code units of text that are enough to choose from, and so few that it is worth to read on. */
const PLENTY = 3000;
const SCARCE = 1200;
/** UTF-16 code units from which a block counts as text in that respect. */
const SENTENCE = 30;
/** Open elements after which nothing more is read: the parser's time for one more grows with their number. */
const DEEPEST = 4000;

/**
 * The blocks of a piece of HTML (or of plain text), in order, as far as a summary needs them: up to 16 KB of markup,
 * and up to 1 MB only where those hold hardly any text. Never throws.
 */
export function readBlocks(html: string): Block[] {
  const sample = html.slice(0, MARKUP);
  if (anyTag.test(sample)) return read(html, blockTag.test(sample) ? "none" : "paragraphs");
  const blocks = read(html, "lines");
  // Some feeds escape their markup once more than their format asks for.
  const escaped = escapedOpening.test(sample) && escapedClosing.test(sample);
  return escaped ? read(blocks.map((block) => block.text).join("\n"), "none") : blocks;
}

const anyTag = /<[a-z!/?]/i;
const blockTag = /<(?:p|br|div|li|h[1-6]|td|section|article|blockquote)\b/i;
const escapedOpening = /&lt;(?:p|div|span|a|b|i|em|strong|ul|h[1-6]|br|img)\b/i;
const escapedClosing =
  /(?:&lt;\/(?:p|div|span|a|b|i|em|strong|ul|h[1-6])|&lt;(?:br|img)\b[^<&]{0,300})(?:&gt;|>)/i;

type Breaks = "none" | "paragraphs" | "lines";

function read(html: string, breaks: Breaks): Block[] {
  const reader = blockReader(breaks);
  const parser = new Parser(reader.handler, { decodeEntities: true, lowerCaseTags: true });
  for (let at = 0; at < html.length; at += CHUNK) {
    const enough = reader.length() >= (at < MARKUP ? PLENTY : SCARCE);
    if (enough || reader.isFull() || at >= MOST_MARKUP || reader.depth() > DEEPEST) return reader.end(true);
    parser.write(html.slice(at, at + CHUNK));
  }
  parser.end();
  return reader.end(false);
}

/** `breaks`: which line breaks of the source text count, in a text that has no markup for them. */
function blockReader(breaks: Breaks) {
  const blocks: Block[] = [];
  const open: number[] = [];
  let flags = 0;
  let text = "";
  let small = 0;
  let linked = 0;
  let blockFlags = 0;
  let lastLink = "";
  let rows = 0;
  let pendingBreak = false;
  let length = 0;
  let room = maxTextLength;

  const close = () => {
    pendingBreak = false;
    if (text.trim() !== "") for (const line of /[\n\u2029]/.test(text) ? linesOf(text) : [text]) push(line);
    text = "";
    small = 0;
    linked = 0;
    lastLink = "";
  };
  const push = (line: string) => {
    const clean = withoutMarks(onOneLine(line));
    if (clean === "") return;
    const aside = (blockFlags & (ASIDE | LABELLED)) !== 0;
    const size = small === 0 && linked === 0 ? 1 : letters(text);
    // Menus and lists of links before a text do not use up what is read of it.
    if (!aside && clean.length >= SENTENCE && linked < size / 2) length += clean.length;
    blocks.push({
      text: clean,
      kind: kindOf(blockFlags),
      aside: (blockFlags & ASIDE) !== 0,
      labelled: (blockFlags & LABELLED) !== 0,
      small: small >= size,
      linked: size === 0 ? 0 : linked / size,
      ...(lastLink !== "" && line.endsWith(lastLink) && { link: onOneLine(lastLink) }),
      ...((blockFlags & CELL) !== 0 && { row: rows }),
    });
  };

  return {
    length: () => length + text.length,
    isFull: () => room <= 0,
    depth: () => open.length,
    handler: {
      onopentag(name: string, attributes: Readonly<Record<string, string>>) {
        open.push(flags);
        if (name === "br") {
          if (pendingBreak) close();
          else if (text.trim() !== "") {
            text += "\n";
            pendingBreak = true;
          }
          return;
        }
        if (breaking.has(name)) close();
        if (name === "tr") rows += 1;
        if (name === "a") lastLink = "";
        flags |= Object.hasOwn(flagsOf, name) ? flagsOf[name]! : 0;
        const label = labelOf(attributes["class"]) ?? labelOf(attributes["id"]);
        if (label !== undefined) {
          close();
          flags |= label === "credit" ? ASIDE : LABELLED;
        }
        if (isHidden(attributes)) flags |= SILENT;
      },
      ontext(chunk: string) {
        if ((flags & SILENT) !== 0 || room <= 0) return;
        const data = chunk.length > room ? chunk.slice(0, room) : chunk;
        room -= data.length;
        if (/\S/u.test(data)) {
          if (text.trim() === "") blockFlags = flags;
          pendingBreak = false;
          if ((flags & LINK) === 0) lastLink = "";
        }
        if ((flags & SMALL) !== 0) small += letters(data);
        if ((flags & LINK) !== 0) linked += letters(data);
        const shown = sourceText(data, breaks);
        if ((flags & LINK) !== 0) lastLink += shown;
        text += shown;
      },
      onclosetag(name: string) {
        const outer = open.pop() ?? 0;
        if (breaking.has(name) || ((flags ^ outer) & (LABELLED | ASIDE)) !== 0) close();
        flags = outer;
      },
    },
    end(cutShort: boolean): Block[] {
      if (!cutShort || blocks.length === 0) close();
      return blocks;
    },
  };
}

function sourceText(data: string, breaks: Breaks): string {
  if (breaks === "none") return data.includes("\n") ? data.replaceAll("\n", " ") : data;
  const paragraphs = data.replace(/\n[^\S\n]*\n\s*/g, "\u2029");
  return breaks === "lines" ? paragraphs : paragraphs.replace(/[^\S\u2029]+/g, " ");
}

/** Markdown that a feed left in its text: references to footnotes, and tildes around words that were struck out. */
const withoutMarks = (text: string): string =>
  text.includes("[^") || text.includes("~~")
    ? text.replace(/ ?\[\^[\w-]{1,20}\]:?/g, "").replace(/~~(?=\S)([^~]{1,200})~~/g, "$1")
    : text;

const isHidden = (attributes: Readonly<Record<string, string>>): boolean =>
  attributes["hidden"] !== undefined ||
  attributes["aria-hidden"] === "true" ||
  /display\s{0,4}:\s{0,4}none/i.test(attributes["style"]?.slice(0, 500) ?? "");

const letters = (text: string): number => text.replace(/\s+/g, "").length;

function kindOf(flags: number): Block["kind"] {
  if ((flags & CELL) !== 0) return "cell";
  if ((flags & HEADING) !== 0) return "heading";
  if ((flags & ITEM) !== 0) return "item";
  if ((flags & QUOTE) !== 0) return "quote";
  return (flags & PARAGRAPH) === 0 ? "loose" : "paragraph";
}

/** A single line break ends a block unless the line reads on: no end mark before it, and no new beginning after it. */
function linesOf(text: string): string[] {
  const lines: string[] = [];
  for (const part of text.split("\u2029")) {
    let line = "";
    for (const next of part.split("\n")) {
      if (line.trim() !== "" && next.trim() !== "" && !readsOn(line.trim(), next.trim())) {
        lines.push(line);
        line = next;
      } else line = joined(line, next);
    }
    lines.push(line);
  }
  return lines;
}

function joined(line: string, next: string): string {
  const solid = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、，]\s*$/u.test(line);
  return solid && /^\s*[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(next)
    ? line.trimEnd() + next.trimStart()
    : `${line} ${next}`;
}

function readsOn(line: string, next: string): boolean {
  if (/[\p{Sentence_Terminal}…:：]["'”’»)\]」』）】]*$/u.test(line)) return false;
  return line.length >= 40 && /^[\p{Ll}\p{Lo}]/u.test(next);
}
