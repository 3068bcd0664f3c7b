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
  test("count with +N, so that every reader and every program sees how many more there are", () => {
    expect(words.more(99_940)).toMatch(/^\+99,940 /);
    expect(words.moreInSnapshot(1)).toMatch(/^\+1 /);
  });

  test("put what they are given where it belongs, once", () => {
    const sign = "{0} $& %s";
    for (const made of [
      words.untitled(sign),
      words.by([sign]),
      words.changed(sign),
      words.ofFeed(sign, "2"),
      words.date(sign, "UTC", []),
      words.date(sign, undefined, []),
      words.date(sign, undefined, ["note"]),
      words.inferred(sign),
    ])
      expect(made.split(sign)).toHaveLength(2);
  });

  test("say something in every case", () => {
    for (const before of [0, 1, 10])
      for (const shown of [0, 1, 50])
        for (const more of [0, 1, 99_940]) {
          const said = words.closing(before, shown, more);
          expect(said === "").toBe(before === 0 && more === 0 && shown > 0);
          expect(said).not.toMatch(/undefined|NaN|\b0\b/u);
        }
  });
});

test("English counts in the singular and in the plural", () => {
  expect([en.headlines(1), en.headlines(2), en.moreHeadlines(1)]).toEqual([
    "1 headline",
    "2 headlines",
    "1 more headline",
  ]);
});
