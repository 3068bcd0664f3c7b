import { describe, expect, test } from "vitest";
import { parseSnapshot } from "../../../functions/core/feed/parse.ts";
import { inSteps, plain } from "../../support/parsing.ts";

const one = "## [One](https://h.example/1)\n\n";

/** Format and titles; equal for every way of splitting the bytes. */
async function read(text: string): Promise<{ format: string; titles: string[] }> {
  const bytes = Buffer.from(text);
  const { entries, format } = await parseSnapshot(bytes);
  for (const step of [7, 65_536]) {
    const stepped = await inSteps([bytes], step);
    expect({ format: stepped.format, entries: stepped.entries.map(plain) }).toEqual({
      format,
      entries: entries.map(plain),
    });
  }
  return { format, titles: entries.map(({ title }) => title) };
}

describe("Markdown may mention tags", () => {
  test.each([
    ["a tag in a body", `# My News\n\n${one}Use the <item> element\n`, ["One"]],
    ["a tag in a later line", `# My News\n\n${one}<article>\ntext\n</article>\n`, ["One"]],
    [
      "a feed in a fence",
      `# My News\n\n${one}\`\`\`xml\n<rss><item><title>x</title></item></rss>\n\`\`\`\n`,
      ["One"],
    ],
    ["a feed in a fence before", `# My News\n\n~~~\n<rss><item></item></rss>\n~~~\n\n${one}text\n`, ["One"]],
    ["a tag before the first entry", `# My News\n\nAbout <item> and <article>.\n\n${one}text\n`, ["One"]],
    ["a tag in a code span of an introduction", `Some news.\n\nAbout \`<item>\`.\n\n${one}text\n`, ["One"]],
    ["a single text", "# How to write <item>\n\nUse the <item> element.\n", ["How to write <item>"]],
    ["indented code", `# My News\n\n    <rss version="2.0">\n\n${one}text\n`, ["One"]],
    ["a tag behind the first block", `# My News\n\n${one}${"word ".repeat(20_000)}\n\n<item>\n`, ["One"]],
    [
      "a comment before the heading",
      `<!-- by hand -->\n# My News\n\n${one}Use the <item> element\n`,
      ["One"],
    ],
    ["front matter", `---\ntitle: My News\n---\n\n${one}Use the <item> element\n`, ["One"]],
    ["an underlined heading", `My News\n=======\n\n${one}Use the <item> element\n`, ["One"]],
  ])("%s", async (_, text, titles) => {
    expect(await read(text)).toEqual({ format: "markdown", titles });
  });

  test.each([
    ["# made by hand\n<rss><channel><item><title>A</title></item></channel></rss>", "rss"],
    ["# made by hand\n<?xml version='1.0'?>\n<feed><entry><title>A</title></entry></feed>", "atom"],
    ["Warning: foo\n----\n<rss><channel><item><title>A</title></item></channel></rss>", "rss"],
    [
      `text <rss><channel><item><title>A</title><description>\n## [x](y)\n</description></item></channel></rss>`,
      "rss",
    ],
    ["# x\n<html><body><article><h2><a href='https://h.example/'>A</a></h2></article></body></html>", "html"],
  ])("junk before a root element is not Markdown (%#)", async (text, format) => {
    expect(await read(text)).toEqual({ format, titles: ["A"] });
  });
});

describe("UTF-16 without a byte order mark, little and big-endian", () => {
  const chinese = "新闻标题会谈将继续下去港口的轮渡恢复运行";
  test.each([
    ["RSS", `<rss><channel><item><title>${chinese.repeat(20)}</title></item></channel></rss>`],
    [
      "RSS after a comment",
      `<!--${chinese.repeat(30)}--><rss><channel><item><title>A</title></item></channel></rss>`,
    ],
    ["JSON", `{"title":"${chinese.repeat(20)}","items":[{"id":"1","title":"A"}]}`],
    ["a Markdown heading", `# [${chinese.repeat(20)}](https://h.example/1)\n\n${chinese}`],
    ["an underlined heading", `[${chinese.repeat(20)}](https://h.example/1)\n---\n\n${chinese}`],
    ["a heading that opens with Chinese", `${chinese}\n---\n\n${chinese}`],
    ["Japanese", `\n\n# [${"フェリーが再開した".repeat(40)}](https://h.example/1)\n\n`],
    ["Russian", `# [${"Паром снова ходит ".repeat(40)}](https://h.example/1)\n\n`],
  ])("%s", async (_, text) => {
    const expected = (await parseSnapshot(Buffer.from(text))).entries.map(plain);
    expect(expected).toHaveLength(1);
    const little = Buffer.from(text, "utf16le");
    for (const bytes of [little, Buffer.from(little).swap16()])
      expect((await parseSnapshot(bytes)).entries.map(plain)).toEqual(expected);
  });

  test("zeros in UTF-8 are not UTF-16", async () => {
    const text = `\0\0<rss><channel><item><title>Ünï\0 ${chinese}\0 x\0\0</title></item></channel></rss>`;
    const { encoding, entries } = await parseSnapshot(Buffer.from(text));
    expect(encoding).toBe("utf-8");
    expect(entries[0]?.title).toBe(`Ünï ${chinese} x`);
  });
});
