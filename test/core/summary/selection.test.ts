import * as fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { passagesOf } from "../../../functions/core/summary/passages.ts";
import type { Sentence } from "../../../functions/core/summary/sentence.ts";
import { summarise } from "../../../functions/core/summary/summarise.ts";
import { newVocabulary } from "../../../functions/core/summary/terms.ts";

const paragraphs = (texts: readonly string[]) => texts.map((text) => `<p>${text}</p>`).join("");

/** A start that says nothing about the title, then what the text is about. */
const texts = {
  en: {
    title: "How Alderbrook measures the height of its river",
    start: [
      "My grandmother used to say that water remembers every stone that it has touched on its way.",
      "Nobody in the family understood what she meant, and most of us were too young to ask.",
      "She kept a notebook in the kitchen and wrote down the weather before breakfast.",
    ],
    about:
      "In this post, we explain how Alderbrook measures the height of its river with forty small sensors, and why the town publishes every value.",
    rest: "The sensors cost less than a lunch. Rain is counted too, and snow is left out until spring comes.",
  },
  zh: {
    title: "桤木镇如何测量河流水位",
    start: [
      "我的祖母常说，流水会记住一路上碰到的每一块石头，家里没有人明白这句话的意思。",
      "她在厨房里放着一个本子，每天早饭以前都会写下当天的天气，几十年来从不间断。",
      "后来本子越堆越多，父亲只好在阁楼上腾出一个柜子，专门用来存放这些发黄的纸页。",
    ],
    about: "本文介绍桤木镇如何用四十个小型传感器测量河流水位，以及镇政府为什么公开每一个数值。",
    rest: "传感器的价格比一顿午饭还便宜。雨量也在统计之内，雪要等到春天才会计算。",
  },
} as const;

const summaryOf = (language: "en" | "zh", about: string, declared?: string) => {
  const { title, start, rest } = texts[language];
  const html = paragraphs([...start, about, rest]);
  return summarise({ title, html, language: declared ?? language, limit: language === "zh" ? 140 : 300 });
};

describe("a text whose start is not its summary", () => {
  it.each(["en", "zh"] as const)("is summarised by the sentence that announces it: %s", (language) => {
    expect(summaryOf(language, texts[language].about)).toContain(texts[language].about);
    expect(summaryOf(language, texts[language].about)).not.toContain(texts[language].start[0]);
  });

  it.each([
    ["en", "refers to the sentence before", `However, ${texts.en.about.toLowerCase()}`],
    ["en", "has a pronoun for what came before", texts.en.about.replace("In this post", "Like her notebook")],
    ["en", "is a quotation", `“${texts.en.about}”`],
    ["en", "is a remark in brackets", `(${texts.en.about})`],
    [
      "en",
      "is a question",
      texts.en.about.replace("In this post, we explain", "Do you know").replace(".", "?"),
    ],
    ["zh", "refers to the sentence before", `因此，${texts.zh.about}`],
    ["zh", "is a quotation", `“${texts.zh.about}”`],
    ["zh", "is a question", texts.zh.about.replace("。", "吗？")],
  ] as const)("is not summarised from a sentence on that %s %s", (language, _, about) => {
    const opening = about.slice(0, 12);
    expect(summaryOf(language, about).startsWith(opening)).toBe(false);
  });

  it("is not summarised from an item of a list on", () => {
    const { title, start, about, rest } = texts.en;
    const html = `${paragraphs(start)}<ul><li>${about}</li><li>${rest}</li></ul>`;
    expect(summarise({ title, html, language: "en", limit: 300 })).not.toMatch(/^In this post/);
  });

  it("keeps its start in a language whose words for reference are not known", () => {
    const start = [
      "Babcia mówiła, że woda pamięta każdy kamień, którego dotknęła po drodze do morza.",
      "Nikt w rodzinie nie wiedział, co to znaczy, a większość z nas była zbyt młoda, by pytać.",
      "W kuchni leżał zeszyt, w którym co rano przed śniadaniem zapisywano pogodę i stan wody.",
    ];
    const about =
      "Olszynka mierzy poziom rzeki za pomocą czterdziestu małych czujników i publikuje każdą wartość.";
    const html = paragraphs([...start, about, `${about} ${start[2]}`]);
    const input = { title: "Jak Olszynka mierzy poziom rzeki", html, limit: 300 };
    expect(summarise({ ...input, language: "pl" })).toMatch(/^Babcia/);
    expect(summarise(input)).toMatch(/^Babcia/);
  });
});

describe("a text that fits", () => {
  it.each(["en", "zh"] as const)("is shown whole: %s", (language) => {
    const { title, start, about, rest } = texts[language];
    const all = [...start, about, rest];
    expect(summarise({ title, html: paragraphs(all), language, limit: 900 })).toBe(
      all.join(language === "zh" ? "" : " "),
    );
  });
});

const sentence = fc.constantFrom(
  "The council voted on Tuesday to rebuild the bridge.",
  "In this post, we show how the bridge was measured.",
  "However, nobody asked the mayor.",
  "“I was there,” the mayor said.",
  "Work will begin in spring and take two years, according to a plan that the council published last week.",
  "本文介绍大桥的测量方法。",
  "因此，工程明年开始。",
  "Why?",
);
const described = fc.array(
  fc.record({
    text: sentence,
    kind: fc.constantFrom("paragraph" as const, "item" as const),
    first: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);

describe("the passages of a text", () => {
  it("begin with its start, are inside the text and few, and have finite features", () => {
    fc.assert(
      fc.property(described, fc.integer({ min: 1, max: 400 }), (sentences: readonly Sentence[], limit) => {
        const passages = passagesOf(sentences, "How the bridge was measured", limit);
        expect(passages[0]).toMatchObject({ start: 0, end: Infinity });
        expect(passages.length).toBeLessThanOrEqual(160);
        for (const { start, end, features } of passages) {
          expect(start).toBeLessThan(sentences.length);
          expect(end).toBeGreaterThan(start);
          for (const value of Object.values(features)) expect(Number.isFinite(value)).toBe(true);
        }
      }),
    );
  });
});

describe("the terms of a text", () => {
  const { termsOf } = newVocabulary();

  it.each([
    ["case", "Alder Bridge", "alder bridge"],
    ["stop words", "the bridge of Alder", "Bridge Alder"],
    ["repetition", "bridge bridge alder", "bridge alder"],
    ["punctuation", "bridge, (alder)!", "bridge alder"],
    ["emoji", "bridge 👩‍🚀 alder", "bridge alder"],
  ])("do not depend on %s", (_, one, other) => {
    expect(new Set(termsOf(one))).toEqual(new Set(termsOf(other)));
  });

  it("are pairs of characters in scripts without spaces, beyond the basic plane too", () => {
    expect(termsOf("大桥").length).toBe(1);
    expect(termsOf("大桥，重建").length).toBe(2);
    expect(termsOf("𠮷野家").length).toBe(2);
    expect(termsOf("大").length).toBe(0);
  });
});
