import { describe, expect, it } from "vitest";
import { isByline } from "../../../functions/core/summary/bylines.ts";
import { maxSentences, maxTextLength } from "../../../functions/core/summary/budget.ts";
import { bodyOf } from "../../../functions/core/summary/body.ts";
import { isDateLine } from "../../../functions/core/summary/date-lines.ts";
import { summarise } from "../../../functions/core/summary/summarise.ts";
import { startCpuTimer } from "../../support/cpu-time.ts";

const mark = "\u0301";
const facts = { title: "", authors: [], language: "en" };

/** CPU milliseconds of the fastest of three calls. */
function fastest(call: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const elapsed = startCpuTimer();
    call();
    return elapsed();
  });
  return Math.min(...times);
}

describe("time for hostile text", () => {
  it.each([
    ["combining marks after a date", `Stand: 19.11.2026 ${mark.repeat(60)}!`],
    ["marks and letters without case after a date", `Stand: 19.11.2026 ${`水${mark}`.repeat(55)}!`],
    ["capitals and marks after a date", `Published on 5 May 2026 ${`A${mark}`.repeat(50)}?`],
    ["words after a date", `Published on 5 May 2026 ${"at by von ".repeat(11)}?`],
  ])("is short for %s", (_, text) => {
    expect(fastest(() => isDateLine(text))).toBeLessThan(20);
    expect(isDateLine(text)).toBe(false);
  });

  it("is short for a long list of names", () => {
    const text = `By ${"de la A1 ".repeat(17)}!`;
    expect(fastest(() => isByline(text))).toBeLessThan(20);
    expect(isByline(text)).toBe(false);
  });

  it.each([
    ["marks", mark],
    ["blanks", " "],
    ["line breaks", "\n "],
    ["opening angle brackets", "<"],
    ["full stops", ". A"],
    ["mail addresses without end", "a.b-c@"],
    ["brackets", "（「"],
  ])("is short for 1 MB of %s", (_, part) => {
    const html = `<p>Stand: 19.11.2026 ${part.repeat(1_000_000 / part.length)}</p>`;
    const run = () => summarise({ title: html, html, description: html, limit: 300 });
    expect(fastest(run)).toBeLessThan(400);
  });
});

describe("the budget of a summary", () => {
  it("recognises a date line with time and author", () => {
    expect(isDateLine("Published on 5 May 2026, 18:30 Uhr by Ada Beispiel")).toBe(true);
    expect(isDateLine("Published on 5 May 2026, 18:30 when the bridge was closed")).toBe(false);
  });

  it("reads no text after its limit", () => {
    const filler = `<figure><figcaption>${"A caption of some length. ".repeat(200)}</figcaption></figure>`;
    const html = filler.repeat(10) + "<p>The text begins only after all these captions of the picture.</p>";
    expect(filler.length * 10).toBeGreaterThan(2 * maxTextLength);
    expect(bodyOf(html, facts, 300).sentences).toEqual([]);
  });

  it("reads no sentence after its limit", () => {
    const closed = "The bridge is closed until Friday.";
    const after = (count: number) =>
      bodyOf(`<p>${"All rights reserved. ".repeat(count)}${closed}</p>`, facts, 300).sentences;
    expect(after(maxSentences - 1).map(({ text }) => text)).toEqual([closed]);
    expect(after(maxSentences)).toEqual([]);
  });
});
