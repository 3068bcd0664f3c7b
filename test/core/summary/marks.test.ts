import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { summarise } from "../../../functions/core/summary/summarise.ts";
import { leadWindow } from "../../../functions/core/summary/window.ts";
import { authored, corpus, references } from "../../support/references.ts";
import { novelty, rouge, tokens } from "../../support/rouge.ts";
import { skippedIf } from "../../support/skipped.ts";

/** Scores on the development set in percent, which the weights were trained on; `test/training/passages.ts` prints held-out scores. */
const marks = { en: { r1: 36.2, r2: 19.9, novel: 34 }, zh: { r1: 33.7, r2: 20.6, novel: 42.5 } } as const;

const absent = !existsSync(`${corpus}/summaries/dev.jsonl`);

describe("compared with summaries by authors", skippedIf(absent, `${corpus} is absent`), () => {
  const rows = absent ? [] : authored();

  it.each(Object.entries(marks))("the marks in %s are reached", (group, mark) => {
    const members = rows.filter((row) => row.group === group);
    const means = { r1: 0, r2: 0, novel: 0 };
    for (const { title, html, limit, summary } of members) {
      const text = summarise({ title, html, language: group, limit });
      expect(text.length).toBeLessThanOrEqual(limit);
      const [got, wanted] = [tokens(text), tokens(summary)];
      means.r1 += (100 * rouge(1, got, wanted)) / members.length;
      means.r2 += (100 * rouge(2, got, wanted)) / members.length;
      means.novel += (100 * novelty(got, wanted, tokens(title))) / members.length;
    }
    expect(means.r1).toBeGreaterThanOrEqual(mark.r1);
    expect(means.r2).toBeGreaterThanOrEqual(mark.r2);
    expect(means.novel).toBeGreaterThanOrEqual(mark.novel);
  });

  it("news keep their first sentence, and their score", async () => {
    const news = (await references()).filter(({ group }) => group === "lead");
    let moved = 0;
    let r1 = 0;
    for (const { title, html, limit, sentences, summary } of news) {
      const text = summarise({ title, html, limit });
      if (text.slice(0, 20) !== leadWindow(sentences, limit).slice(0, 20)) moved += 1;
      r1 += (100 * rouge(1, tokens(text), tokens(summary))) / news.length;
    }
    expect(news.length).toBeGreaterThan(100);
    expect(moved / news.length).toBeLessThanOrEqual(0.03);
    expect(r1).toBeGreaterThanOrEqual(85);
  });
});
