import { stripVTControlCharacters, styleText } from "node:util";
import { makeRoom } from "./activity.ts";
import { escapeUnsafe, unsafeInOutput } from "../core/feed/text/unsafe-characters.ts";

/** White space other than the space and the line feed. */
const separators = /[\t\v\f\r\u0085\u2028\u2029]/g;

/**
 * Text from anywhere, several lines, safe to print: without escape sequences, control characters except the line feed,
 * and direction marks and controls. A tab, a carriage return and other separators become a space.
 */
export function safeText(text: string): string {
  const plain = stripVTControlCharacters(text.replaceAll("\r\n", "\n")).replace(separators, " ");
  return plain.replace(unsafeInOutput, (character) => (character === "\n" ? character : "")).toWellFormed();
}

/** The same in one line: for titles and other text that a person reads. */
export const safeLine = (text: string): string => safeText(text).replaceAll("\n", " ");

/**
 * A file name, a key or an error in one line, with every unsafe character as its escape, so that two different names
 * never look the same and no name starts a line of its own.
 */
export const escapeLine = (text: string): string => escapeUnsafe(text.toWellFormed());

/** How many characters `safeText` removes, escape sequences counted by their control characters. */
export const hiddenIn = (text: string): number =>
  text.match(unsafeInOutput)?.filter((character) => character !== "\n").length ?? 0;

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Applies a style, or returns the text unchanged. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_style, text) => text;

/** Returns a `Paint` with colours for a terminal, unless `NO_COLOR` is set (no-color.org). */
export function painterFor(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): Paint {
  if (stream.isTTY !== true || environment["NO_COLOR"] || environment["TERM"] === "dumb") return plain;
  return (style, text) => styleText(style, text, { validateStream: false });
}

/** Writes and waits for the stream to drain, so that the output is not buffered in memory. */
export async function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if ((stream as { readonly isTTY?: boolean }).isTTY) makeRoom(text);
  if (!stream.write(text)) await new Promise<void>((resolve) => stream.once("drain", () => resolve()));
}

/** Writes to standard error, at the start of a line. */
export function writeError(text: string): void {
  if (process.stderr.isTTY) makeRoom(text);
  process.stderr.write(text);
}

/** `1 entry`, `2 entries`, `no entries`. */
export function counted(count: number, one: string, many: string): string {
  return count === 0 ? `no ${many}` : `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** Aligned `label  value` lines; rows without a value are skipped, and a label is not repeated. */
export function table(rows: readonly (readonly [string, string | undefined])[], indent: string): string[] {
  const filled = rows.flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as const]));
  const width = Math.max(0, ...filled.map(([label]) => label.length));
  const shown = (label: string, i: number) => (filled[i - 1]?.[0] === label ? "" : label);
  return filled.map(([label, value], i) => `${indent}${shown(label, i).padEnd(width)}  ${value}`);
}
