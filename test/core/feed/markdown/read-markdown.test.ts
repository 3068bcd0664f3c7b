import { describe, expect, test } from "vitest";
import { parseSnapshot } from "../../../../functions/core/feed/parse.ts";
import { inSteps, plain } from "../../../support/parsing.ts";

const comment = "<!--1706215143000-->";
const fromComment = { published: "2024-01-25T20:39:03Z", dateSource: "inferred" };
const head = `${comment}\n[Talks begin](https://h.example/1)\n------\n\n`;
const parse = (text: string) => parseSnapshot(Buffer.from(text));

test.each([
  "2017年2月23日，五角大楼发言人表示，会谈将继续。",
  "<p>The treaty of 12.05.1998 expires.</p>",
  "<p><b>12.05.1998</b> was the day of the treaty.</p>",
  "Release 2.10.2023 fixes a crash",
  "[One](https://h.example/) 2024-01-25",
  "2025550123",
  "*12.05.1998* was the day",
])("the day in %j is the text's and not the entry's", async (body) => {
  const { entries } = await parse(`${head}${body}\n`);
  expect(entries).toMatchObject([{ title: "Talks begin", ...fromComment }]);
});

test.each([
  "<div><i>Thu, 25 Jan 2024 20:28:16 GMT</i></div>五角大楼 — <p>Text</p>",
  "<p>Thu, 25 Jan 2024 20:28:16 GMT</p>\nText",
  "*Thu, 25 Jan 2024 20:28:16 GMT*\n\nText",
  "Thu, 25 Jan 2024 20:28:16 GMT\n\nText",
  "<i>Thu, 25 Jan 2024 20:28:16 GMT</i><br>Text",
])("the line %j is a date and nothing else, so it is the publication date", async (body) => {
  const { entries } = await parse(`${head}${body}\n`);
  expect(entries).toMatchObject([{ published: "2024-01-25T20:28:16Z", dateSource: "published" }]);
});

describe("where entries start and end", () => {
  test("lines may end with a bare CR, wherever the window ends", async () => {
    const text = `${head}Text\n\n${head.replace("Talks begin", "Talks end").replace("/1", "/2")}- a\n- b\n`;
    const expected = (await parse(text)).entries.map(plain);
    expect(expected).toMatchObject([
      { title: "Talks begin", link: "https://h.example/1" },
      { title: "Talks end", link: "https://h.example/2" },
    ]);
    for (const end of ["\r", "\r\n"]) {
      const bytes = Buffer.from(text.replaceAll("\n", end));
      for (const step of [1, 2, 3, 7, 1024]) {
        const { entries } = await inSteps([bytes], step);
        expect(entries.map(plain)).toEqual(expected);
      }
    }
  });

  test("a snapshot with bare CRs is told from its first heading", async () => {
    const { format, entries } = await parse("[One](https://h.example/1)\r------\r\rText\r");
    expect({ format, titles: entries.map(({ title }) => title) }).toEqual({
      format: "markdown",
      titles: ["One"],
    });
  });

  test("a fence is closed by its own mark only, at least as long", async () => {
    const text = `# [One](https://h.example/1)\n\n\`\`\`\`\n\`\`\`\n# [No](https://h.example/no)\n\`\`\`\`\n\n# [Two](https://h.example/2)\n`;
    const { entries } = await parse(text);
    expect(entries.map(({ title }) => title)).toEqual(["One", "Two"]);
    expect(entries[0]?.content).toBe("<pre><code>```\n# [No](https://h.example/no)\n</code></pre>");
  });

  test("a link above a rule starts no entry if entries have comments", async () => {
    const { entries } = await parse(
      `${head}Text\n\n[Read more](https://h.example/1)\n---\n\nMore\n\n${head.replace("begin", "end")}`,
    );
    expect(entries.map(({ title }) => title)).toEqual(["Talks begin", "Talks end"]);
    expect(entries[0]?.content).toContain("More");
  });

  test("a link that ends a paragraph above a rule starts no entry", async () => {
    const { entries } = await parse(
      `[One](https://h.example/1)\n---\n\nText\n[Read more](https://h.example/1)\n---\n\n[Two](https://h.example/2)\n---\n\nText\n`,
    );
    expect(entries.map(({ title }) => title)).toEqual(["One", "Two"]);
  });

  test("any number of blank lines may follow the comment", async () => {
    const { entries } = await parse(`${comment}${"\n".repeat(12)}# [One](https://h.example/1)\n\nText\n`);
    expect(entries).toMatchObject([{ title: "One", ...fromComment }]);
  });

  test("headings that are links by reference or bare addresses have their text and address", async () => {
    const { entries } = await parse(
      `## [One *day*][1]\n\nText\n\n[1]: https://h.example/1 "t"\n\n## [Two][]\n\nText\n\n[two]: <https://h.example/2>\n\n## <https://h.example/3>\n\nText\n`,
    );
    expect(entries).toMatchObject([
      { title: "One day", link: "https://h.example/1", content: "<p>Text</p>" },
      { title: "Two", link: "https://h.example/2" },
      { title: "https://h.example/3", link: "https://h.example/3" },
    ]);
  });

  test("brackets in a title are no references", async () => {
    const { entries } = await parse(`${comment}\n# [快讯][视频] 渡轮\n\nText\n`);
    expect(entries).toMatchObject([{ title: "[快讯][视频] 渡轮" }]);
  });
});

describe("front matter", () => {
  test("names the feed by its title, and nothing else of it shows", async () => {
    const parsed = await parse(
      `---\ntitle: "Harbour letter"\ntags:\n  - sea\n---\n\n# [One](https://h.example/1)\n\nText\n`,
    );
    expect(parsed).toMatchObject({ feed: { title: "Harbour letter" }, entries: [{ title: "One" }] });
  });

  test("of a single text has its title and date if the text has none", async () => {
    const parsed = await parse(
      `---\ntitle: Ferry back\ndate: 2024-01-25 20:28:16 +0000\n---\n\nText with [a link](https://h.example/)\n`,
    );
    expect(parsed.entries).toMatchObject([
      {
        title: "Ferry back",
        published: "2024-01-25T20:28:16Z",
        content: '<p>Text with <a href="https://h.example/">a link</a></p>',
      },
    ]);
    expect(parsed.feed.title).toBeUndefined();
  });

  test("is none where its end is missing", async () => {
    const { entries } = await parse(`---\n\n# [One](https://h.example/1)\n\nText\n`);
    expect(entries).toMatchObject([{ title: "One" }]);
  });
});
