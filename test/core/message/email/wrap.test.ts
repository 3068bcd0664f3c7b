import * as fc from "../../../support/properties.ts";
import { describe, expect, test } from "vitest";
import { isolate, isRightToLeft } from "../../../../functions/core/message/email/direction.ts";
import { wrapLine } from "../../../../functions/core/message/email/wrap.ts";
import { textWidth } from "../../../../functions/core/text-width.ts";
import { text } from "../../../support/arbitrary-messages.ts";
import { visible } from "../../../support/sample-messages.ts";

const wrapped = (text: string, width: number): string => wrapLine(text, width).join("\n");

describe("columns", () => {
  test.each([
    ["", 0],
    ["Hello, world – ok", 17],
    ["café", 4],
    ["cafe\u0301", 4],
    ["世界，", 6],
    ["ｱﾊﾟｰﾄ", 5],
    ["한국어", 6],
    ["ภาษา", 4],
    ["مرحبا", 5],
    ["\u200F\u2067\u2069", 0],
    ["soft\u00ADhyphen", 10],
    ["👍", 2],
    ["👍🏽", 2],
    ["👨‍👩‍👧", 2],
    ["🇬🇧", 2],
    ["☎\uFE0F", 2],
    ["1\uFE0F\u20E3", 2],
    ["𠀀", 2],
    ["𐀀\u0591", 1],
    ["a👍🏽世é", 6],
  ])("%j takes %i", (text, expected) => {
    expect(textWidth(text)).toBe(expected);
  });

  test("of two characters are those of each, next to every character", () => {
    const clustering = /[\p{M}\p{C}\p{Z}\p{Emoji_Modifier}\p{Regional_Indicator}\uFF9E\uFF9F]/u;
    const characters = Array.from({ length: 0x1_fa00 - 0x20 }, (_, i) => String.fromCodePoint(i + 0x20));
    const different = characters.filter(
      (character) => !clustering.test(character) && textWidth(`${character}世`) !== textWidth(character) + 2,
    );
    expect(different).toEqual([]);
  });
});

describe("lines", () => {
  test("break at spaces", () => {
    expect(wrapped("one two three four", 9)).toBe("one two\nthree\nfour");
  });

  test("of Chinese have two columns per character and break between words, never before a closing mark", () => {
    expect(wrapped("桥通车了，两岸只要十五分钟。“等了二十年，”他说。", 18)).toBe(
      "桥通车了，两岸只要\n十五分钟。“等了\n二十年，”他说。",
    );
    for (const width of [14, 16, 18, 20])
      for (const line of wrapLine("他说：「很好。」（笑）她问：「真的吗？」", width)) {
        expect(line).not.toMatch(/^[，。、；：？！」）”]/u);
        expect(line).not.toMatch(/[「（“]$/u);
      }
  });

  test("of Japanese do not start with a small kana or a long vowel mark", () => {
    for (const width of [24, 26, 28, 32])
      for (const line of wrapLine("チェックインカウンターでトゥールーズの切符をもらった。", width))
        expect(line).not.toMatch(/^[ッュョャェゥー]/u);
  });

  test("of Thai break between words", () => {
    expect(wrapped("ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำ", 12).replaceAll("\n", "|")).toBe(
      "ภาษาไทยเป็น|ภาษาที่มีระดับ|เสียงของคำ",
    );
  });

  test("break a link only where it is wider than the window", () => {
    const link = "https://dengta.example/a/long/path#part";
    expect(wrapped(`详情请见${link}，谢谢。`, 42)).toBe(`详情请见\n${link}，\n谢谢。`);
    expect(wrapped(`see ${link} for more`, 20)).toBe(
      "see\nhttps://dengta.examp\nle/a/long/path#part\nfor more",
    );
  });

  test("keep all text within their width", () => {
    fc.assert(
      fc.property(text(12), fc.integer({ min: 10, max: 80 }), (raw, width) => {
        const clean = raw.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Z}]+/gu, " ").trim();
        const lines = wrapLine(clean, width);
        expect(lines.join("").replaceAll(" ", "")).toBe(clean.replaceAll(" ", ""));
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
      }),
      { numRuns: 300 },
    );
  });
});

describe("direction", () => {
  test.each([
    ["افتتاح المكتبة", true],
    ["«BookTrack» يصل إلى مكتبات المدينة", true],
    ["The word مكتبة means library", false],
    ["ספרייה 2024", true],
    ["2024 (!)", false],
    ["海湾大桥", false],
  ])("%s", (text, expected) => {
    expect(isRightToLeft(text)).toBe(expected);
  });

  test("only text that could reorder its line is isolated", () => {
    expect(isolate("Harbour Gazette")).toBe("Harbour Gazette");
    expect(visible(isolate("BBC عربي"))).toBe("<FSI>BBC عربي<PDI>");
  });
});

test("columns", () => {
  expect([
    textWidth("abc"),
    textWidth("文字"),
    textWidth("é"),
    textWidth("e\u0301"),
    textWidth("ｱｲ"),
    textWidth("😀"),
  ]).toEqual([3, 4, 1, 1, 2, 2]);
});
