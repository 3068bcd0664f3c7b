import { stripVTControlCharacters, styleText } from "node:util";

/** Everything that shows nothing and changes what stands around it: controls but the line feed, marks and orders of direction. */
const invisible = /(?!\n)\p{Cc}|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** Text from anywhere, safe on a terminal: no escape sequence, no control character but the line feed, no bidirectional one. */
export function safe(text: string): string {
  const plain = stripVTControlCharacters(text.replaceAll("\r\n", "\n"));
  return plain.replaceAll("\t", " ").replace(invisible, "").toWellFormed();
}

/** The same on one line. */
export const safeLine = (text: string): string => safe(text).replaceAll("\n", " ");

/** How many characters of a text a terminal must not get, and a reader would not see. */
export const hiddenIn = (text: string): number => text.match(invisible)?.length ?? 0;

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Styles a piece of text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_style, text) => text;

/** Colours for a terminal, never where `NO_COLOR` is set (no-color.org). */
export function painterFor(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): Paint {
  if (stream.isTTY !== true || environment["NO_COLOR"] || environment["TERM"] === "dumb") return plain;
  return (style, text) => styleText(style, text, { validateStream: false });
}

/** Writes and waits until the reader keeps up, so that an output of any size takes no memory. */
export async function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (!stream.write(text)) await new Promise<void>((resolve) => stream.once("drain", () => resolve()));
}

/** `1 entry`, `2 entries`, `no entries`. */
export function counted(count: number, one: string, many: string): string {
  return count === 0 ? `no ${many}` : `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** `label  value` lines with their values below each other; a value that is absent has no line. */
export function table(rows: readonly (readonly [string, string | undefined])[], indent: string): string[] {
  const filled = rows.flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as const]));
  const width = Math.max(0, ...filled.map(([label]) => label.length));
  return filled.map(([label, value]) => `${indent}${label.padEnd(width)}  ${value}`);
}
