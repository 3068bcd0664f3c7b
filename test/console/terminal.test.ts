import fc from "fast-check";
import { expect, test } from "vitest";
import {
  counted,
  hiddenIn,
  painterFor,
  plain,
  safe,
  safeLine,
  table,
} from "../../functions/console/terminal.ts";

test("no escape sequence, control character or order of direction reaches a terminal", () => {
  expect(
    safe("\u001B[31mred\u001B[0m\u0007 \u009B2Jcleared\u0000 \u202Eright\u2066\u2069\u200F end\u2028"),
  ).toBe("red cleared right end");
  expect(safe("one\r\ntwo\tthree")).toBe("one\ntwo three");
  expect(safeLine("one\ntwo")).toBe("one two");
  expect(safe("half of a pair: \uD800")).toBe("half of a pair: \uFFFD");
});

test("whatever the text, nothing but line feeds controls the terminal", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(safe(text)).not.toMatch(/(?!\n)\p{Cc}|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u);
      expect(safeLine(text)).not.toContain("\n");
    }),
  );
});

test("what is not shown is counted", () => {
  expect(hiddenIn("\u2068עברית\u2069\u200F and a line\n")).toBe(3);
  expect(hiddenIn("nothing\n")).toBe(0);
});

test("colours are for terminals only, and never where NO_COLOR is set", () => {
  expect(painterFor({ isTTY: true }, {})("red", "x")).toBe("\u001B[31mx\u001B[39m");
  expect(painterFor({ isTTY: true }, { NO_COLOR: "1", FORCE_COLOR: "1" })("red", "x")).toBe("x");
  expect(painterFor({ isTTY: true }, { TERM: "dumb" })("red", "x")).toBe("x");
  expect(painterFor({}, { FORCE_COLOR: "1" })).toBe(plain);
});

test("counts read well and tables line up", () => {
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
