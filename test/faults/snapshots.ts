import { render, type Shown } from "../simulation/rendering.ts";

/** What the title of each entry begins with: by it a mail is known to show the entry. */
export const markOf = (feed: string, number: number): string => `Case ${feed}-${number}.`;
export const marksIn = (text: string): readonly string[] => [
  ...new Set(text.match(/Case [a-z]+\d*-\d+\./g) ?? []),
];

const entryOf = (feed: string, number: number): Shown => ({
  id: `${feed}:${number}`,
  link: `https://${feed}.example/${number}`,
  title: `${markOf(feed, number)} It was told`,
  date: Date.UTC(2026, 1, 1) + number * 60_000,
  text: "What happened is told here at some length, so that there is something to read.",
});

/** An RSS file with the entries of these numbers, each with a word in its text. */
export const rss = (feed: string, numbers: readonly number[], word = ""): string =>
  render(
    "rss",
    feed,
    numbers.map((number) => {
      const entry = entryOf(feed, number);
      return { ...entry, text: `${entry.text} ${word}`.trimEnd() };
    }),
    undefined,
  );

/** The same of a page that gives its entries one link, and neither ids nor dates. */
export const ticker = (feed: string, numbers: readonly number[]): string =>
  render(
    "rss",
    feed,
    numbers.map((number) => {
      const { title, text } = entryOf(feed, number);
      return { title, text, link: `https://${feed}.example/live` };
    }),
    undefined,
  );

export const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
