import { describe, expect, test } from "vitest";
import { en } from "../../../../functions/core/message/locales/en.ts";
import { zhHant } from "../../../../functions/core/message/locales/zh-hant.ts";
import { zh } from "../../../../functions/core/message/locales/zh.ts";
import type { LocaleWords } from "../../../../functions/core/message/locales/locale-words.ts";
import { wordsFor } from "../../../../functions/core/message/locales/words.ts";

test.each<[string, LocaleWords]>([
  ["en", en],
  ["en-GB", en],
  ["zh", zh],
  ["zh-CN", zh],
  ["zh-SG", zh],
  ["zh-Hans-HK", zh],
  ["zh-TW", zhHant],
  ["zh-HK", zhHant],
  ["zh-Hant", zhHant],
  ["ar", en],
  ["de-CH", en],
])("the words for %s", (locale, words) => {
  expect(wordsFor(locale)).toBe(words);
});

describe.each([en, zh, zhHant])("the words of $tag", (words) => {
  test("write the number of entries that are not shown as +N", () => {
    expect(words.more(99_940)).toMatch(/^\+99,940 /);
    expect(words.moreInSnapshot(1)).toMatch(/^\+1 /);
  });

  test("contain each argument once", () => {
    const sign = "{0} $& %s";
    for (const text of [
      words.untitled(sign),
      words.by([sign]),
      words.changed(sign),
      words.ofFeed(sign, "2"),
      words.date(sign, "UTC", []),
      words.date(sign, undefined, []),
      words.date(sign, undefined, ["note"]),
      words.inferred(sign),
    ])
      expect(text.split(sign)).toHaveLength(2);
  });

  test("have a text for every case", () => {
    for (const before of [0, 1, 10])
      for (const shown of [0, 1, 50])
        for (const more of [0, 1, 99_940]) {
          if (shown + more === 0) continue;
          const said = words.closing(before, shown, more);
          expect(said === "").toBe(before === 0 && more === 0 && shown > 0);
          expect(said).not.toMatch(/undefined|NaN|\b0\b/u);
        }
  });
});

test.each([
  [10, 50, 340, "The 10 newest stories were sent separately. The next 50 are below; 340 more are not shown."],
  [10, 1, 1, "The 10 newest stories were sent separately. The next one is below; 1 more is not shown."],
  [1, 2, 0, "The newest story was sent separately. The other 2 are below."],
  [3, 0, 99_940, "The 3 newest stories were sent separately. 99,940 more are not shown."],
  [0, 2, 5, "The next 2 are below; 5 more are not shown."],
  [0, 2, 0, ""],
])("after a flood, %i sent before, %i shown, %i more", (before, shown, more, expected) => {
  expect(en.closing(before, shown, more)).toBe(expected);
});

test.each([
  [50, 340, "The newest 50 are below; 340 more are not shown."],
  [1, 1, "The newest one is below; 1 more is not shown."],
  [0, 7, ""],
])("in a digest, %i shown, %i more", (shown, more, expected) => {
  expect(en.excerpt(shown, more)).toBe(expected);
});

test("English has singular and plural", () => {
  expect([en.headlines(1), en.headlines(2), en.moreHeadlines(1)]).toEqual([
    "1 headline",
    "2 headlines",
    "1 more headline",
  ]);
});
