import * as fc from "../support/properties.ts";
import { describe, expect, test } from "vitest";
import {
  counted,
  escapeLine,
  hiddenIn,
  painterFor,
  plain,
  safeLine,
  safeText,
  table,
} from "../../functions/console/terminal.ts";

describe("text for a terminal", () => {
  test.each([
    ["an escape sequence", "a\u001b[31mred\u001b[0m\u001b]0;title\u0007b", "aredb"],
    ["a control sequence of one character", "\u009b2Jcleared", "cleared"],
    ["control characters", "a\u0008\u0000b\u009fc", "abc"],
    ["direction marks and controls", "a\u202eb\u202c \u2066\u2069\u200f\u061cend", "ab end"],
    ["line and paragraph separators", "a\u2028b\u2029c\u0085d", "a b c d"],
    ["line breaks of Windows", "a\r\nb", "a\nb"],
    ["a lone carriage return that would overwrite", "a\rb", "a b"],
    ["a tab", "a\tb", "a b"],
    ["half of a surrogate pair", "a\ud800", "a\ufffd"],
    ["other scripts, emoji and combining marks stay", "مرحبا 世界 🛎️ e\u0301", "مرحبا 世界 🛎️ e\u0301"],
  ])("%s", (_, text, expected) => {
    expect(safeText(text)).toBe(expected);
  });

  test("in one line", () => {
    expect(safeLine("one\ntwo\r\nthree")).toBe("one two three");
  });

  test("any input: only text and line feeds remain", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(safeText(text)).not.toMatch(/(?!\n)\p{Cc}|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u);
        expect(safeLine(text)).not.toContain("\n");
      }),
    );
  });
});

test.each([
  ["a\nb\u001b[31mred\u009b.xml", String.raw`a\nb\u001b[31mred\u009b.xml`],
  ["a\u202eb\u2028c", String.raw`a\u202eb\u2028c`],
  ["\u2068isolated\u2069", String.raw`\u2068isolated\u2069`],
  [String.raw`C:\new`, String.raw`C:\new`],
  ["快照 مرحبا 🛎.md", "快照 مرحبا 🛎.md"],
  ["half of a pair \ud800", "half of a pair \ufffd"],
])("the name %j is escaped", (name, shown) => {
  expect(escapeLine(name)).toBe(shown);
});

test("counts removed characters", () => {
  expect(hiddenIn("\u2068עברית\u2069\u200F and a line\n")).toBe(3);
  expect(hiddenIn("nothing\n")).toBe(0);
});

test("colours only on a terminal, never with NO_COLOR", () => {
  expect(painterFor({ isTTY: true }, {})("red", "x")).toBe("\u001B[31mx\u001B[39m");
  expect(painterFor({ isTTY: true }, { NO_COLOR: "1", FORCE_COLOR: "1" })("red", "x")).toBe("x");
  expect(painterFor({ isTTY: true }, { TERM: "dumb" })("red", "x")).toBe("x");
  expect(painterFor({}, { FORCE_COLOR: "1" })).toBe(plain);
});

test("formats counts and aligned tables", () => {
  expect([0, 1, 1200].map((count) => counted(count, "entry", "entries"))).toEqual([
    "no entries",
    "1 entry",
    "1,200 entries",
  ]);
  expect(
    table(
      [
        ["a", "1"],
        ["longer", "2"],
        ["absent", undefined],
      ],
      " ",
    ),
  ).toEqual([" a       1", " longer  2"]);
});
