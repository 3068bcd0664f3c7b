import { describe, expect, test } from "vitest";
import { de } from "../../../../functions/core/message/locales/de.ts";
import { en } from "../../../../functions/core/message/locales/en.ts";
import { zhHant } from "../../../../functions/core/message/locales/zh-hant.ts";
import { zh } from "../../../../functions/core/message/locales/zh.ts";
import type { LocaleWords } from "../../../../functions/core/message/locales/locale-words.ts";
import { languages, wordsFor } from "../../../../functions/core/message/locales/words.ts";

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
  ["de-CH", de],
  ["fr", en],
])("the words for %s", (locale, words) => {
  expect(wordsFor(locale)).toBe(words);
});

describe.each(languages.map(wordsFor))("the words of $tag", (words) => {
  test("write the number of entries that are not shown as +N", () => {
    const number = new Intl.NumberFormat(words.tag);
    for (const n of [1, 99_940])
      for (const text of [words.more(n), words.moreInSnapshot(n)])
        expect(text.startsWith(`+${number.format(n)} `)).toBe(true);
  });

  test("contain each argument once", () => {
    const sign = "{0} $& %s";
    for (const text of [
      words.untitled(sign),
      words.by([sign]),
      words.changed(sign),
      words.reason(sign),
      words.also([sign]),
      words.date(sign, "UTC", []),
      words.date(sign, undefined, []),
      words.date(sign, undefined, ["note"]),
      words.inferred(sign),
    ])
      expect(text.split(sign)).toHaveLength(2);
  });
});

test("English has singular and plural", () => {
  expect([
    en.headlines(1),
    en.headlines(2),
    en.moreHeadlines(1),
    en.sentBefore(1),
    en.sentBefore(10),
  ]).toEqual([
    "1 headline",
    "2 headlines",
    "1 more headline",
    "The newest story was sent separately.",
    "The 10 newest stories were sent separately.",
  ]);
});
