import { describe, expect, test } from "vitest";
import { parseSnapshot } from "../../../../functions/core/feed/parse.ts";
import { inSteps, plain } from "../../../support/parsing.ts";

const entry = (
  comment: string,
  number: number,
  heading = `[No. ${number}](https://h.example/${number})\n------`,
) => `${comment}\n${heading}\n\nText of ${number}.\n\n`;
const epoch = "<!--1795078800000-->";
const parse = (text: string) => parseSnapshot(Buffer.from(text));

/** The date and warnings of a snapshot of three entries whose second one has the comment. */
async function second(comment: string) {
  const text = entry(epoch, 1) + entry(comment, 2) + entry(epoch, 3);
  const { entries, warnings } = await parse(text);
  expect(entries).toMatchObject([
    { title: "No. 1", link: "https://h.example/1", content: "<p>Text of 1.</p>" },
    { title: "No. 2", link: "https://h.example/2", content: "<p>Text of 2.</p>" },
    { title: "No. 3", link: "https://h.example/3", content: "<p>Text of 3.</p>" },
  ]);
  for (const step of [1, 13])
    expect((await inSteps([Buffer.from(text)], step)).entries.map(plain)).toEqual(entries.map(plain));
  return { published: entries[1]?.published, codes: warnings.map(({ code }) => code) };
}

describe("an entry whose comment is no time", () => {
  test.each([
    "<!--NaN-->",
    "<!--0-->",
    "<!---1-->",
    "<!-- -1 -->",
    "<!---->",
    "<!-- -->",
    "<!--17950788000000000000-->",
    "<!--epoch ms-->",
    "<!--null-->",
    "<!--undefined-->",
    "<!--Invalid Date-->",
    "<!--12-->",
    "<!--date unknown-->",
    "<!--时间不详-->",
    "<!--no time given-->",
    "<!--NaN--> ",
    "  <!--NaN-->",
  ])("%j is an entry of its own without a date", async (comment) => {
    expect(await second(comment)).toEqual({ published: undefined, codes: ["date-unreadable"] });
  });

  test.each([
    ["<!--2026-11-19T07:30:00Z-->", "2026-11-19T07:30:00Z"],
    ["<!--2026-11-19T08:30:00+01:00-->", "2026-11-19T07:30:00Z"],
    ["<!-- 2026-11-19 07:30 -->", "2026-11-19T07:30:00Z"],
    ["<!--2026-11-19-->", "2026-11-19T00:00:00Z"],
    ["<!--date: 2026-11-19T07:30:00Z-->", "2026-11-19T07:30:00Z"],
    ["<!--Thu, 19 Nov 2026 07:30:00 GMT-->", "2026-11-19T07:30:00Z"],
    ["<!--2026年11月19日 07:30-->", "2026-11-19T07:30:00Z"],
    ["<!--epoch 1795073400000-->", "2026-11-19T07:30:00Z"],
    ["<!--epoch: 1795073400-->", "2026-11-19T07:30:00Z"],
    ["<!--1795073400.5-->", "2026-11-19T07:30:00Z"],
    ["<!--1795073400000 ms-->", "2026-11-19T07:30:00Z"],
  ])("%j is its date", async (comment, published) => {
    expect(await second(comment)).toEqual({ published, codes: [] });
  });

  test.each(["<!--NaN-->", "<!--2026-11-19-->", "<!---->", "<!--epoch ms-->"])(
    "%j above every entry marks them all",
    async (comment) => {
      const { format, entries } = await parse(entry(comment, 1) + entry(comment, 2));
      expect({ format, titles: entries.map(({ title }) => title) }).toEqual({
        format: "markdown",
        titles: ["No. 1", "No. 2"],
      });
    },
  );

  test("a date above a heading without a link marks an entry where others are marked", async () => {
    const { entries } = await parse(
      entry(epoch, 1) + entry("<!--2026-11-19T07:30:00Z-->", 2, "## Plain heading"),
    );
    expect(entries).toMatchObject([{ title: "No. 1" }, { title: "Plain heading" }]);
  });
});

describe("comments that mark no entry", () => {
  test.each([
    "<!--more-->",
    "<!-- more -->\n[Read on](https://h.example/1#more)\n---",
    "<!-- toc -->\n## Contents",
    "<!-- checked by the desk -->",
    "<!-- checked by the desk -->\n## A section",
    "<!---->\n## A section",
    "<!---->\nWords",
    "<!-- 2026-11-19: corrected the name -->\nWords",
  ])("%j stays in the text", async (inside) => {
    const { entries } = await parse(`${entry(epoch, 1)}${inside}\n\nLast words.\n\n${entry(epoch, 2)}`);
    expect(entries.map(({ title }) => title)).toEqual(["No. 1", "No. 2"]);
    expect(entries[0]?.content).toContain("Last words.");
  });
});
