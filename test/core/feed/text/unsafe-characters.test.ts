import { expect, test } from "vitest";
import {
  escapeUnsafe,
  unsafeInLink,
  unsafeInMessage,
  unsafeInOutput,
  unsafeInText,
} from "../../../../functions/core/feed/text/unsafe-characters.ts";

test.each(["\u202A", "\u202E", "\u2066", "\u2069"])("direction control %j is in every list", (control) => {
  for (const list of [unsafeInText, unsafeInMessage, unsafeInLink, unsafeInOutput])
    expect(`a${control}b`.replace(list, "")).toBe("ab");
});

test("white space and direction marks stay in a feed's text", () => {
  expect("a\tb\nc\u200Fd\u061Ce\u200D\u{1F600}".replace(unsafeInText, "")).toBe(
    "a\tb\nc\u200Fd\u061Ce\u200D\u{1F600}",
  );
  expect("a\0b\u009Bc\uFEFFd\uFFFE".replace(unsafeInText, "")).toBe("abcd");
});

test("spelling stays in a message, invisible hints do not", () => {
  expect("a\u200Fb\u200Dc\u061Cd\u0301\u{1F600}".replace(unsafeInMessage, "")).toBe(
    "a\u200Fb\u200Dc\u061Cd\u0301\u{1F600}",
  );
  expect("a\u00ADb\u200Bc\uD800d\u{1FFFF}e\u206Af\uFFF9".replace(unsafeInMessage, "")).toBe("abcdef");
});

test("characters that would end a link in a mail client are unsafe in a link", () => {
  expect('https://a.example/b c\u3000d<e>f"g\u200Bh路é'.replace(unsafeInLink, "")).toBe(
    "https://a.example/bcdefgh路é",
  );
});

test("escaped output reads back as the same JSON value and holds no unsafe character", () => {
  const value = { text: "\u001B[31m\u202Eevil\u2028line\uFEFF \u{1FFFF} plain é 中" };
  const escaped = escapeUnsafe(JSON.stringify(value));
  expect(JSON.parse(escaped)).toEqual(value);
  expect(escaped.replace(unsafeInOutput, "")).toBe(escaped);
});
