import { readFileSync, readdirSync } from "node:fs";
import type { Report } from "../../../../functions/core/message/stories/profiles.ts";

/** `development` is for weights and limits; `test` only measures, and may be absent. */
export type Half = "development" | "test";

export const languages = ["en", "de", "fr", "es", "zh", "ja"] as const;

/**
 * A line of `labelled/*.jsonl`: story, kind, feed, date, title, summary and, for an item that resembles another story
 * and is not part of it, that story. All events, names and wordings are invented.
 */
type Line = readonly [
  story: string,
  kind: ItemKind,
  feed: string,
  date: string,
  title: string,
  summary: string,
  resembles?: string,
];

/** The first report of a story or how another one differs from it; the others resemble a story and are about another event. */
type ItemKind =
  | "report"
  | "copy"
  | "reworded"
  | "update"
  | "other-event"
  | "other-period"
  | "other-match"
  | "preview"
  | "recurring";

export interface LabelledItem extends Report {
  readonly story: string;
  readonly kind: ItemKind;
  readonly resembles?: string;
}

/** Two items of one language, by their indexes. */
export interface LabelledPair {
  readonly first: number;
  readonly second: number;
  readonly isSame: boolean;
  /** Kind of a true pair, or of a false pair that is hard to tell from one. */
  readonly kind?: ItemKind;
}

const folder = new URL("labelled/", import.meta.url);

/** The items of all files of a half, such as `de-development.jsonl` and those of other writers, `de-development-w1.jsonl`. */
export function labelledItems(half: Half, language: (typeof languages)[number]): readonly LabelledItem[] {
  const start = `${language}-${half}`;
  return readdirSync(folder)
    .filter((name) => name.startsWith(start) && name.endsWith(".jsonl"))
    .toSorted()
    .flatMap((name) => itemsOf(name, `${language}${name.slice(start.length, -".jsonl".length)}`, language));
}

/** `writer`: writers may have named different stories alike. */
function itemsOf(name: string, writer: string, language: string): LabelledItem[] {
  return readFileSync(new URL(name, folder), "utf8")
    .trim()
    .split("\n")
    .map((line) => {
      const [story, kind, feed, date, title, summary, resembles] = JSON.parse(line) as Line;
      const named = resembles === undefined ? {} : { resembles: `${writer} ${resembles}` };
      return { story: `${writer} ${story}`, kind, feed, date, title, summary, language, ...named };
    });
}

/** The writer of an item, such as `w1`; `w0` for those of the first files. */
export const writerOf = ({ story }: LabelledItem): string => /-(w\d+) /.exec(story)?.[1] ?? "w0";

/** All pairs of items of one language. */
export function labelledPairs(items: readonly LabelledItem[]): readonly LabelledPair[] {
  return items.flatMap((b, second) =>
    items.slice(0, second).flatMap((a, first) => {
      if (a.language !== b.language) return [];
      const isSame = a.story === b.story;
      const kind = isSame ? kindOfTrue(a.kind, b.kind) : kindOfFalse(a, b);
      return [{ first, second, isSame, ...(kind && { kind }) }];
    }),
  );
}

/** An update makes the pair an update, else a rewording makes it reworded. */
const kindOfTrue = (a: ItemKind, b: ItemKind): ItemKind =>
  (["update", "reworded"] as const).find((kind) => a === kind || b === kind) ?? "copy";

function kindOfFalse(a: LabelledItem, b: LabelledItem): ItemKind | undefined {
  if (b.resembles === a.story) return b.kind;
  return a.resembles === b.story ? a.kind : undefined;
}
