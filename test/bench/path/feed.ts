import { render } from "../../simulation/rendering.ts";

export const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

/** An RSS file with `count` entries, numbered from `from`; `built` is when it says that it was written. */
export const feed = (
  slug: string,
  { count, from = 0, built }: { readonly count: number; readonly from?: number; readonly built?: number },
): string =>
  render(
    "rss",
    slug,
    numbers(count).map((i) => ({
      id: `${slug}:${from + i}`,
      link: `https://${slug}.example/${from + i}`,
      title: `What happened in case ${from + i}`,
      date: Date.UTC(2026, 1, 1) + (from + i) * 60_000,
      text: "The council voted on Tuesday to rebuild the bridge. ".repeat(12),
    })),
    built,
  );
