import { expect, test } from "vitest";
import {
  directionControls,
  escapeUnsafe,
  unsafeInOutput,
  unsafeInText,
} from "../../../../functions/core/feed/text/unsafe-characters.ts";

test.each(["\u202A", "\u202E", "\u2066", "\u2069"])(
  "direction control %j is in all three lists",
  (control) => {
    for (const list of [directionControls, unsafeInText, unsafeInOutput])
      expect(`a${control}b`.replace(list, "")).toBe("ab");
  },
);

test("white space and direction marks stay in a feed's text", () => {
  expect("a\tb\nc\u200Fd\u061Ce\u200D\u{1F600}".replace(unsafeInText, "")).toBe(
    "a\tb\nc\u200Fd\u061Ce\u200D\u{1F600}",
  );
  expect("a\0b\u009Bc\uFEFFd\uFFFE".replace(unsafeInText, "")).toBe("abcd");
});

test("escaped output reads back as the same JSON value and holds no unsafe character", () => {
  const value = { text: "\u001B[31m\u202Eevil\u2028line\uFEFF \u{1FFFF} plain é 中" };
  const escaped = escapeUnsafe(JSON.stringify(value));
  expect(JSON.parse(escaped)).toEqual(value);
  expect(escaped.replace(unsafeInOutput, "")).toBe(escaped);
});
