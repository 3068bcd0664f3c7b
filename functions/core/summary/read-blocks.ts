import { Parser } from "htmlparser2";
import { escapeStrayTags } from "../feed/text/stray-tags.ts";
import type { Block } from "./block.ts";
import { maxTextLength } from "./budget.ts";
import { connectBlocks } from "./connected-blocks.ts";
import { flags, flagsOf, isBlockElement } from "./elements.ts";
import { labelOf } from "./labels.ts";
import { joinLines } from "./line-joins.ts";
import { isListing } from "./listings.ts";
import { cleanText, paragraphsOf, softBreak, type SourceBreaks } from "./source-lines.ts";

const chunkLength = 2048;
/** UTF-16 code units of markup that are read, and at most where they hold next to no text, such as an embedded picture. */
const markupLength = maxTextLength;
const maxMarkupLength = 1_048_576;
/** UTF-16 code units in which words in angle brackets are looked for. */
const maxStrayTagLength = 4 * markupLength;
/** UTF-16 code units of text after which reading stops, within the first `markupLength` of markup and after them. */
const plentyOfText = 3000;
const enoughText = 1200;
/** UTF-16 code units from which a block counts as text in that respect. */
const minSentence = 30;
/** Open elements after which nothing more is read: the parser's time for one more grows with their number. */
const maxDepth = 4000;

/**
 * The blocks of a piece of HTML (or of plain text), in order, as far as a summary needs them: up to 16 KB of markup,
 * and up to 1 MB only where those hold hardly any text. Never throws.
 */
export function readBlocks(source: string): readonly Block[] {
  const html =
    escapeStrayTags(source.slice(0, maxStrayTagLength)) + source.slice(maxStrayTagLength, maxMarkupLength);
  const sample = html.slice(0, markupLength);
  if (anyTag.test(sample)) return connectBlocks(read(html, blockTag.test(sample) ? "none" : "paragraphs"));
  const blocks = read(html, "lines");
  // Some feeds escape their markup once more than their format asks for.
  const isEscaped = escapedOpening.test(sample) && escapedClosing.test(sample);
  if (!isEscaped) return connectBlocks(blocks);
  return connectBlocks(read(escapeStrayTags(blocks.map((block) => block.text).join("\n")), "none"));
}

const anyTag = /<[a-z!/?]/i;
const blockTag = /<(?:p|br|div|li|h[1-6]|td|section|article|blockquote|pre|dl)\b/i;
const escapedOpening = /&lt;(?:p|div|span|a|b|i|em|strong|ul|h[1-6]|br|img)\b/i;
const escapedClosing =
  /(?:&lt;\/(?:p|div|span|a|b|i|em|strong|ul|h[1-6])|&lt;(?:br|img)\b[^<&]{0,300})(?:&gt;|>)/i;

function read(html: string, breaks: SourceBreaks): Block[] {
  const reader = blockReader(breaks);
  const parser = new Parser(reader.handler, { decodeEntities: true, lowerCaseTags: true });
  for (let at = 0; at < html.length; at += chunkLength) {
    const enough = reader.length() >= (at < markupLength ? plentyOfText : enoughText);
    if (enough || reader.isFull() || at >= maxMarkupLength || reader.depth() > maxDepth)
      return reader.end(true);
    parser.write(html.slice(at, at + chunkLength));
  }
  parser.end();
  return reader.end(false);
}

function blockReader(breaks: SourceBreaks) {
  const blocks: Block[] = [];
  const open: number[] = [];
  let current = 0;
  let text = "";
  let small = 0;
  let linked = 0;
  let blockFlags = 0;
  let lastLink = "";
  let rows = 0;
  let pendingBreak = false;
  let hasCode = false;
  let length = 0;
  let room = maxTextLength;

  const close = () => {
    pendingBreak = false;
    if (text.trim() !== "") pushText();
    text = "";
    small = 0;
    linked = 0;
    lastLink = "";
    hasCode = false;
  };
  const pushText = () => {
    const isPreformatted = (blockFlags & flags.preformatted) !== 0;
    if (isPreformatted && (hasCode || isListing(text))) blockFlags |= flags.aside;
    for (const paragraph of paragraphsOf(text, isPreformatted ? "lines" : breaks)) {
      const lines = paragraph.map((line) => cleanText(line, hasCode)).filter((line) => line !== "");
      for (const [index, line] of joinLines(lines).entries()) push(line, index > 0);
    }
  };
  const push = (line: string, afterLineBreak: boolean) => {
    const aside = (blockFlags & flags.aside) !== 0;
    const labelled = (blockFlags & flags.labelled) !== 0;
    const size = small === 0 && linked === 0 ? 1 : letters(text);
    // Menus and lists of links before a text do not use up what is read of it.
    if (!aside && !labelled && line.length >= minSentence && linked < size / 2) length += line.length;
    const link = lastLink === "" ? "" : cleanText(lastLink, hasCode);
    blocks.push({
      text: line,
      kind: kindOf(blockFlags),
      aside,
      labelled,
      small: small >= size,
      linked: size === 0 ? 0 : linked / size,
      ...(link !== "" && line.endsWith(link) && { link }),
      ...((blockFlags & flags.cell) !== 0 && { row: rows }),
      ...(afterLineBreak && { afterLineBreak }),
      ...((blockFlags & flags.term) !== 0 && { part: "term" }),
      ...((blockFlags & flags.description) !== 0 && { part: "description" }),
    });
  };

  return {
    length: () => length + text.length,
    isFull: () => room <= 0,
    depth: () => open.length,
    handler: {
      onopentag(name: string, attributes: Readonly<Record<string, string>>) {
        open.push(current);
        if (name === "br") {
          if (pendingBreak) close();
          else if (text.trim() !== "") {
            text += "\n";
            pendingBreak = true;
          }
          return;
        }
        if (isBlockElement(name)) close();
        if (name === "tr") rows += 1;
        if (name === "a") lastLink = "";
        current |= flagsOf(name);
        const label = labelOf(attributes["class"]) ?? labelOf(attributes["id"]);
        if (label !== undefined) {
          close();
          current |= label === "credit" ? flags.aside : flags.labelled;
        }
        if (isHidden(attributes)) current |= flags.silent;
      },
      ontext(chunk: string) {
        if ((current & flags.silent) !== 0 || room <= 0) return;
        const data = chunk.length > room ? chunk.slice(0, room) : chunk;
        room -= data.length;
        if (/\S/u.test(data)) {
          if (text.trim() === "") blockFlags = current;
          pendingBreak = false;
          if ((current & flags.link) === 0) lastLink = "";
        }
        if ((current & flags.code) !== 0) hasCode = true;
        if ((current & flags.small) !== 0) small += letters(data);
        if ((current & flags.link) !== 0) linked += letters(data);
        const keepsLines = breaks === "lines" || (current & flags.preformatted) !== 0;
        const shown = keepsLines ? data : data.replaceAll("\n", softBreak);
        if ((current & flags.link) !== 0) lastLink += shown;
        text += shown;
      },
      onclosetag(name: string) {
        const outer = open.pop() ?? 0;
        const hasLabel = ((current ^ outer) & (flags.labelled | flags.aside)) !== 0;
        if (isBlockElement(name) || hasLabel) close();
        current = outer;
      },
    },
    end(cutShort: boolean): Block[] {
      if (!cutShort || blocks.length === 0) close();
      return blocks;
    },
  };
}

const isHidden = (attributes: Readonly<Record<string, string>>): boolean =>
  attributes["hidden"] !== undefined ||
  attributes["aria-hidden"] === "true" ||
  /display\s{0,4}:\s{0,4}none/i.test(attributes["style"]?.slice(0, 500) ?? "");

const letters = (text: string): number => text.replace(/\s+/g, "").length;

function kindOf(blockFlags: number): Block["kind"] {
  if ((blockFlags & flags.cell) !== 0) return "cell";
  if ((blockFlags & flags.heading) !== 0) return "heading";
  if ((blockFlags & flags.item) !== 0) return "item";
  if ((blockFlags & flags.quote) !== 0) return "quote";
  return (blockFlags & flags.paragraph) === 0 ? "loose" : "paragraph";
}
