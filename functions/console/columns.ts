import { wrapLine } from "../core/message/email/wrap.ts";
import { textWidth } from "../core/text-width.ts";
import type { Paint, Style } from "./terminal.ts";

/** Columns of a terminal; `undefined` for a file or pipe, where nothing is shortened. */
export const widthOf = (stream: {
  readonly isTTY?: boolean;
  readonly columns?: number;
}): number | undefined =>
  stream.isTTY === true && stream.columns !== undefined && stream.columns > 0 ? stream.columns : undefined;

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** A text of at most `width` columns, between grapheme clusters; one that is shortened ends with an ellipsis. */
export function clip(text: string, width: number | undefined): string {
  if (width === undefined || textWidth(text) <= width) return text;
  let clipped = "";
  let used = 1;
  for (const { segment } of graphemes.segment(text)) {
    used += textWidth(segment);
    if (used > width) break;
    clipped += segment;
  }
  return width < 1 ? "" : `${clipped}…`;
}

/** Links, keys and paths: they are copied as a whole. */
const isWhole = (run: string): boolean => run.includes("/");

/**
 * A text after a start in lines of at most `width` columns, the further ones indented; unchanged without a width. A link
 * or key is never broken, so that all of it can be copied: one that is too wide is wrapped by the terminal itself.
 */
export function wrapText(
  text: string,
  width: number | undefined,
  { start = "", indent = textWidth(start) }: { readonly start?: string; readonly indent?: number } = {},
): readonly string[] {
  if (width === undefined) return [start + text];
  const [first = "", ...rest] = wrapLine(
    text,
    Math.max(1, width - Math.max(indent, textWidth(start))),
    isWhole,
  );
  return [start + first, ...rest.map((line) => " ".repeat(indent) + line)];
}

/** Aligned `label  value` rows without styles, wrapped under their values; rows without a value are skipped. */
export function factLines(
  rows: readonly (readonly [label: string, value: string | undefined])[],
  width: number | undefined,
): readonly string[] {
  const known = rows.flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as const]));
  const labels = Math.max(0, ...known.map(([label]) => label.length));
  return known.flatMap(([label, value]) => wrapText(value, width, { start: `  ${label.padEnd(labels)}  ` }));
}

/** A cell of a table: one safe line. */
export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** Numbers end at the same column. */
  readonly align?: "right";
  /** What a terminal shows of a cell; a pipe has all of it. */
  readonly short?: (cell: string) => string;
  /** It gives up columns where the table is wider than the terminal; the last such column first. */
  readonly shrinks?: true;
}

/** The minute of an ISO time: for a column whose title names UTC. */
export const shortTime = (iso: string): string => iso.slice(0, 16).replace("T", " ");

/** Columns that a column keeps when it shrinks, and what it keeps where that is not enough. */
const minWidths = [8, 3] as const;

const gap = "  ";

/**
 * The lines of a table with a title for each column. Where it is wider than `width`, columns that may shrink are
 * shortened; CJK and emoji count as the two columns that they take.
 */
export function columnTable(
  columns: readonly Column[],
  rows: readonly (readonly (Cell | string)[])[],
  {
    width,
    paint,
    indent = "",
  }: { readonly width: number | undefined; readonly paint: Paint; readonly indent?: string },
): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "string" ? { text: cell } : cell)));
  const head = columns.map(({ title }): Cell => ({ text: title, style: "dim" }));
  const all = [head, ...cells];
  const natural = columns.map((_, i) => Math.max(...all.map((row) => textWidth(row[i]?.text ?? ""))));
  const widths = fit(columns, natural, width === undefined ? undefined : width - indent.length);
  return all.map((row) =>
    `${indent}${columns
      .map(({ align }, i) => {
        const { text, style } = row[i] ?? { text: "" };
        const size = widths[i] ?? 0;
        const shown = clip(text, size);
        const space = " ".repeat(size - textWidth(shown));
        const painted = style && shown !== "" ? paint(style, shown) : shown;
        return align === "right" ? space + painted : painted + space;
      })
      .join(gap)}`.trimEnd(),
  );
}

function fit(
  columns: readonly Column[],
  natural: readonly number[],
  width: number | undefined,
): readonly number[] {
  const widths = [...natural];
  const total = natural.reduce((sum, size) => sum + size, 0) + gap.length * (columns.length - 1);
  let excess = width === undefined ? 0 : total - width;
  for (const minWidth of minWidths)
    for (let i = columns.length - 1; i >= 0 && excess > 0; i--) {
      if (!columns[i]?.shrinks) continue;
      const size = widths[i] ?? 0;
      const less = Math.min(excess, Math.max(0, size - minWidth));
      widths[i] = size - less;
      excess -= less;
    }
  return widths;
}
