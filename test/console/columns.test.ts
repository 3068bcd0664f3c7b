import { describe, expect, test } from "vitest";
import { clip, columnTable, widthOf, wrapText } from "../../functions/console/columns.ts";
import { plain } from "../../functions/console/terminal.ts";
import { textWidth } from "../../functions/core/text-width.ts";
import * as fc from "../support/properties.ts";

test("a file or pipe has no width", () => {
  expect(widthOf({ columns: 80 })).toBeUndefined();
  expect(widthOf({ isTTY: true, columns: 80 })).toBe(80);
  expect(widthOf({ isTTY: true, columns: 0 })).toBeUndefined();
});

test.each([
  ["short", 5, "short"],
  ["too long", 5, "too …"],
  ["海风市海底隧道", 7, "海风市…"],
  ["海风市海底隧道", 6, "海风…"],
  ["👩‍👩‍👧‍👦 family", 4, "👩‍👩‍👧‍👦 …"],
  ["café ole", 5, "café…"],
  ["text", 0, ""],
  ["text", undefined, "text"],
])("%s in %s columns", (text, width, expected) => {
  expect(clip(text, width)).toBe(expected);
});

test("a clipped text is a start of the text, and fits", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 30 }),
      fc.integer({ min: 1, max: 20 }),
      (text, width) => {
        const clipped = clip(text, width);
        expect(textWidth(clipped)).toBeLessThanOrEqual(width);
        expect(clipped === text || text.startsWith(clipped.slice(0, -1))).toBe(true);
      },
    ),
  );
});

const columns = [
  { title: "feed", shrinks: true },
  { title: "entries", align: "right" },
  { title: "last snapshot", shrinks: true },
] as const;

test("cells of one column start at the same terminal column, CJK and emoji included", () => {
  const rows = [
    ["海风市", "1,200", "today"],
    ["📰 news", "7", "never"],
  ];
  expect(columnTable(columns, rows, { width: undefined, paint: plain })).toEqual([
    "feed     entries  last snapshot",
    "海风市     1,200  today",
    "📰 news        7  never",
  ]);
});

test("a table that is too wide shortens only columns that may shrink, the last one first", () => {
  const rows = [["a".repeat(30), "123456789", "b".repeat(30)]];
  const lines = columnTable(columns, rows, { width: 40, paint: plain });
  expect(lines[1]).toBe(`${"a".repeat(18)}…  123456789  ${"b".repeat(7)}…`);
  for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(40);
});

describe("a text that is wrapped", () => {
  test.each([
    ["one two three", 9, ["one two", "  three"]],
    ["海风市海底隧道", 9, ["海风市", "  海底", "  隧道"]],
    [
      "see https://example.org/a/very/long/link for more",
      20,
      ["see", "  https://example.org/a/very/long/link", "  for more"],
    ],
    ["snapshots/美国之音/2026.xml: 2 new", 12, ["snapshots/美国之音/2026.xml:", "  2 new"]],
    ["👩‍🚀👩‍🚀👩‍🚀👩‍🚀", 6, ["👩‍🚀👩‍🚀", "  👩‍🚀👩‍🚀"]],
    ["any  text", undefined, ["any  text"]],
  ] as const)("%s in %s columns", (text, width, expected) => {
    expect(wrapText(text, width, { indent: 2 })).toEqual(expected);
  });

  test("continues under its start", () => {
    expect(wrapText("one two three", 16, { start: "  label  " })).toEqual([
      "  label  one two",
      "         three",
    ]);
  });

  test("loses nothing, and is wider only where a link or key is", () => {
    const word = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).filter((text) => !/\s/u.test(text)),
      fc.constantFrom(
        "https://example.org/2026/11/26/一则/新闻",
        "snapshots/voa/1.xml",
        "新闻没有空格的句子",
        "نص",
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.integer({ min: 6, max: 80 }), (words, width) => {
        const lines = wrapText(words.join(" "), width, { indent: 2 });
        const shown = lines.map((line, i) => (i === 0 ? line : line.slice(2)));
        expect(shown.join("").replaceAll(" ", "")).toBe(words.join(""));
        const tooWide = shown.filter((line) => textWidth(line) > width - 2);
        expect(tooWide.filter((line) => !words.includes(line))).toEqual([]);
        for (const link of words.filter((each) => each.includes("/")))
          expect(shown.some((line) => line.split(" ").includes(link))).toBe(true);
      }),
    );
  });
});
