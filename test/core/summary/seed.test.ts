import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { summarise } from "../../../functions/core/summary/summarise.ts";
import { skippedIf } from "../../support/skipped.ts";

const seed = "../shared/seed/000_b34172660d9da0b1.txt";

describe("the seed snapshot", skippedIf(!existsSync(seed), `${seed} is absent`), () => {
  const text = existsSync(seed) ? readFileSync(seed, "utf8") : "";
  const html = text.slice(text.indexOf("------") + 6);
  const title = "美国和伊拉克将开始旨在结束驻伊国际联军的会谈";

  it.each([140, 70])("shows none of its caption, dateline, date line and credits within %i", (limit) => {
    const summary = summarise({ title, html, limit });
    expect(summary).toMatch(/^美国和伊拉克将开始旨在结束美国领导的国际联军在伊拉克的驻扎/);
    expect(summary).not.toMatch(/资料照片|摩苏尔|五角大楼|GMT|本文参考/);
    expect(summary.length).toBeLessThanOrEqual(limit);
    expect(summary.length).toBeGreaterThan(limit / 2);
  });

  it("shows no credits even if the whole text fits", () => {
    expect(summarise({ title, html, limit: 100_000 })).not.toMatch(/本文参考|资料照片|五角大楼 —/);
  });
});
