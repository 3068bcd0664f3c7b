import { expect, it } from "vitest";
import { cutAnywhere } from "../../functions/core/message/cut-text.ts";
import { withoutDecoration } from "../../functions/core/message/sms/decoration.ts";
import * as fc from "../support/properties.ts";

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
const clusters = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** Texts in which every pair of characters may form a cluster, or not. */
const texts = fc
  .array(
    fc.constantFrom(
      ..."a é ß Z 1 # * . - ℹ ‼ © ™ 中 日 ° أ ـ \u0301 \uFE0F \u20E3 \u200D \u00AD 👍 🏽 🇫 🇷 👩 🚀 ❤ ☎ 각 ก ำ"
        .split(" ")
        .concat(" ", "\u00A0", "\r", "\n"),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

it("a text is never cut within a grapheme that fits", () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 2, max: 12 }), (text, limit) => {
      const shown = cutAnywhere(text, limit);
      fc.pre(shown.endsWith("…") && shown.length > 1);
      const kept = shown.slice(0, -1);
      expect(text.startsWith(kept)).toBe(true);
      const [first = ""] = clusters(text);
      fc.pre(first.length < limit);
      const ends = new Set<number>();
      let end = 0;
      for (const cluster of clusters(text)) ends.add((end += cluster.length));
      // What was removed before the ellipsis is white space and punctuation.
      const removed = /^[\s,;:.，、；：。]*/u.exec(text.slice(kept.length))?.[0].length ?? 0;
      const isBoundary = Array.from({ length: removed + 1 }, (_, i) => kept.length + i).some((at) =>
        ends.has(at),
      );
      expect(isBoundary).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

it("removes exactly the emoji and spaces at the edges, next to any characters", () => {
  const isDecoration = (cluster: string) => /^(?:\p{RGI_Emoji}|\s)$/v.test(cluster);
  fc.assert(
    fc.property(texts, (text) => {
      const parts = clusters(text);
      const from = parts.findIndex((part) => !isDecoration(part));
      const to = parts.findLastIndex((part) => !isDecoration(part));
      const expected = from < 0 ? text : parts.slice(from, to + 1).join("");
      expect(withoutDecoration(text).text).toBe(expected);
    }),
    { numRuns: 3000 },
  );
});
