import { decodeEntities } from "../feed/text/entities.ts";
import { joinText } from "./line-joins.ts";
import { onOneLine } from "./plain.ts";

/** Which line breaks of the source count: those of plain text, blank lines only, or none. */
export type SourceBreaks = "none" | "paragraphs" | "lines";

/** A line break of the source that counts as white space. */
export const softBreak = "\u2028";

/** The lines of a text by paragraph. */
export function paragraphsOf(text: string, breaks: SourceBreaks): string[][] {
  if (breaks === "none") return [text.split("\n")];
  const separator = breaks === "lines" ? "\n" : softBreak;
  const paragraphs: string[][] = [[]];
  for (const part of text.split(separator)) {
    if (part.trim() === "") paragraphs.push([]);
    else paragraphs.at(-1)!.push(part);
  }
  const whole = paragraphs.filter((lines) => lines.length > 0);
  return breaks === "lines" ? whole : whole.map((lines) => lines.join(softBreak).split("\n"));
}

/**
 * A line of the source as text: its soft breaks are spaces, but nothing between two CJK characters, and what was escaped
 * once too often is decoded unless it is code.
 */
export function cleanText(line: string, isCode: boolean): string {
  let text = "";
  for (const part of line.split(softBreak)) {
    const trimmed = part.trim();
    if (trimmed !== "") text = text === "" ? trimmed : joinText(text, trimmed);
  }
  return withoutMarks(onOneLine(isCode ? text : decodeEntities(text)));
}

/** Markdown that a feed left in its text: footnote references, links, and tildes around deleted words. */
const withoutMarks = (text: string): string =>
  text.includes("[^") || text.includes("~~") || text.includes("](")
    ? text
        .replace(/ ?\[\^[\w-]{1,20}\]:?/g, "")
        .replace(/\[([^[\]]{1,200})\]\(https?:[^()\s]{1,500}\)/g, "$1")
        .replace(/~~(?=\S)([^~]{1,200})~~/g, "$1")
    : text;
