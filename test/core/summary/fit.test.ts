import * as fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { fit } from "../../../functions/core/summary/fit.ts";

describe("a text that is too long", () => {
  it.each([
    [
      "at a clause",
      "The bridge, closed since May, reopens on Monday; buses will follow the old route again",
      70,
      "The bridge, closed since May, reopens on Monday…",
    ],
    [
      "at a word",
      "The council voted to rebuild the bridge that the storm had destroyed",
      44,
      "The council voted to rebuild the bridge…",
    ],
    [
      "without a comma before the mark",
      "Rain, wind, hail and a very long spell of drought",
      20,
      "Rain, wind, hail…",
    ],
    [
      "at a Chinese clause",
      "市议会批准了重建大桥的计划，工程将于明年春天开始，预计持续两年",
      26,
      "市议会批准了重建大桥的计划，工程将于明年春天开始…",
    ],
    ["not inside a Latin word among ideographs", "市议会批准了新的Kubernetes平台", 16, "市议会批准了新的…"],
    ["not inside a number", "去年一共售出12345678辆自行车", 11, "去年一共售出…"],
    [
      "before a link that does not fit",
      "Read all about it at https://example.org/a/very/long/path/that/does/not/fit today",
      40,
      "Read all about it at…",
    ],
    [
      "not at the commas of a number",
      "The whole project has cost 1,234,567 euros so far",
      38,
      "The whole project has cost 1,234,567…",
    ],
    [
      "after an inner question",
      "“I came. Did I see it with my eyes? I shall not come back again,” she said",
      42,
      "“I came. Did I see it with my eyes?…",
    ],
    [
      "with the mark that closes a quotation there",
      'Tests of the gate have run "since last year," with two pumps, the town said',
      49,
      'Tests of the gate have run "since last year"…',
    ],
    [
      "with the mark that closes a quotation there, in French",
      "Le maire veut « un pont pour tous », mais sans péage ni feux",
      40,
      "Le maire veut « un pont pour tous »…",
    ],
    [
      "without a single word after a sentence",
      "yes, we have worked on a gate since last year! no, nobody asked",
      52,
      "yes, we have worked on a gate since last year!",
    ],
    [
      "after a name that follows an abbreviation, which ends no sentence",
      "The lecture was given to a full hall by the well known Prof. Smithson of Alder Bay",
      72,
      "The lecture was given to a full hall by the well known Prof. Smithson…",
    ],
    ["at a Thai word", "รัฐบาลประกาศแผนใหม่เพื่อช่วยเหลือประชาชนในภาคใต้", 25, "รัฐบาลประกาศแผนใหม่เพื่อ…"],
    [
      "before an open bracket",
      "The prime minister of the country (who had been ill for weeks) resigned",
      41,
      "The prime minister of the country…",
    ],
  ])("is cut %s", (_, text, limit, expected) => {
    expect(fit(text, limit)).toBe(expected);
  });

  it.each([
    ["a family", "👨‍👩‍👧‍👦".repeat(10)],
    ["flags", "🇩🇪🇫🇷🇯🇵🇧🇷".repeat(5)],
    ["skin tones", "👍🏽".repeat(20)],
    ["combining marks", "e\u0301\u0323".repeat(20)],
    ["Devanagari", "क्षत्रियों".repeat(8)],
    ["Hangul jamo", "\u1112\u1161\u11ab".repeat(20)],
    ["rare ideographs", "𠮷𠀋".repeat(20)],
  ])("never splits %s", (_, text) => {
    const whole = Array.from(new Intl.Segmenter("und").segment(text), (part) => part.index);
    for (let limit = 0; limit < text.length; limit += 1) {
      const cut = fit(text, limit);
      expect(cut.length).toBeLessThanOrEqual(limit);
      expect(cut === "" || whole.includes(cut.length - 1)).toBe(true);
    }
  });

  it("returns nothing rather than half a link", () => {
    expect(fit(`https://example.org/${"a".repeat(300)}`, 100)).toBe("");
  });

  it("does not cut a tag written as text", () => {
    const text = 'Use the <input type="text" name="query"> element';
    for (let limit = 1; limit < text.length; limit += 1) {
      const cut = fit(text, limit);
      expect(cut.includes("<")).toBe(cut.includes('"query">'));
    }
  });

  it("any text: stays within the limit, is a prefix and well-formed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), fc.nat(220), (text, limit) => {
        const cut = fit(text, limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(cut === text || cut === "" || (cut.endsWith("…") && text.startsWith(cut.slice(0, -1)))).toBe(
          true,
        );
        expect(cut.isWellFormed()).toBe(text.isWellFormed() || cut.isWellFormed());
      }),
    );
  });
});
