import { describe, expect, test } from "vitest";
import {
  frontMatterIn,
  loadFrontMatterParser,
  maxFrontMatterLength,
} from "../../../../functions/core/feed/markdown/front-matter.ts";
import { parseSnapshot } from "../../../../functions/core/feed/parse.ts";
import { inSteps, plain } from "../../../support/parsing.ts";
import { startCpuTimer } from "../../../support/cpu-time.ts";

const parse = (text: string) => parseSnapshot(Buffer.from(text));
const body = "\nThe ferry runs again from Monday on.\n";
const yaml = (fields: string): string => `---\n${fields}\n---\n${body}`;
const only = async (text: string) => {
  const { entries, feed, format, warnings } = await parse(text);
  expect(entries).toHaveLength(1);
  return { entry: entries[0], feed, format, codes: warnings.map(({ code }) => code) };
};

describe("the link of an article", () => {
  test.each([
    "link: https://harbour.example/ferry",
    "url: https://harbour.example/ferry",
    "permalink: https://harbour.example/ferry",
    "canonical: 'https://harbour.example/ferry'",
    'canonical_url: "https://harbour.example/ferry"',
    "canonicalUrl: https://harbour.example/ferry",
    "external_url: https://harbour.example/ferry",
    "original-url: https://harbour.example/ferry",
    "source: https://harbour.example/ferry",
    "source: <https://harbour.example/ferry>",
    'source: "[Harbour News](https://harbour.example/ferry)"',
    "source:\n  name: Harbour News\n  url: https://harbour.example/ferry",
    "from: https://harbour.example/ferry",
    "from: Ada\nurl: https://harbour.example/ferry",
    "permalink: /ferry/\ncanonical: https://harbour.example/ferry",
    "permalink: pretty\nlink: https://harbour.example/ferry",
  ])("is read from %j", async (fields) => {
    const { entry, codes } = await only(yaml(`title: Ferry back\n${fields}`));
    expect(entry).toMatchObject({ title: "Ferry back", link: "https://harbour.example/ferry" });
    expect(codes).toEqual([]);
  });

  test("is dropped with a warning where only a path is stated", async () => {
    const { entry, codes } = await only(yaml("title: Ferry back\npermalink: /ferry/"));
    expect(entry?.link).toBeUndefined();
    expect(codes).toEqual(["link-dropped"]);
  });
});

describe("the dates of an article", () => {
  test.each([
    ["date: 2026-11-18", "2026-11-18T00:00:00Z"],
    ["date: 2026-11-18 09:30:00 +0100", "2026-11-18T08:30:00Z"],
    ['date: "2026-11-18T09:30:00+01:00"', "2026-11-18T08:30:00Z"],
    ["published: 2026-11-18T08:30:00Z", "2026-11-18T08:30:00Z"],
    ["publishDate: 2026-11-18T08:30:00Z", "2026-11-18T08:30:00Z"],
    ["pubDate: Wed, 18 Nov 2026 08:30:00 GMT", "2026-11-18T08:30:00Z"],
    ["published: true\ndate: 2026-11-18T08:30:00Z", "2026-11-18T08:30:00Z"],
    ["date: soon\npubdate: 2026-11-18T08:30:00Z", "2026-11-18T08:30:00Z"],
    ["date: 2026年11月18日", "2026-11-18T00:00:00Z"],
  ])("%j", async (fields, published) => {
    const { entry, codes } = await only(yaml(`title: Ferry back\n${fields}`));
    expect(entry).toMatchObject({ published, dateSource: "published" });
    expect(codes).toEqual([]);
  });

  test("a later change is the entry's update", async () => {
    const { entry } = await only(yaml("title: Ferry back\ndate: 2026-11-18\nlastmod: 2026-11-19T10:00:00Z"));
    expect(entry).toMatchObject({ published: "2026-11-18T00:00:00Z", updated: "2026-11-19T10:00:00Z" });
  });

  test("a date that can't be read is absent, with a warning", async () => {
    const { entry, codes } = await only(yaml("title: Ferry back\ndate: soon"));
    expect(entry).toMatchObject({ dateSource: "missing" });
    expect(codes).toEqual(["date-unreadable"]);
  });
});

describe("every syntax that static site generators use", () => {
  const expected = {
    title: "Ferry back",
    link: "https://harbour.example/ferry",
    published: "2026-11-18T08:30:00Z",
    updated: "2026-11-19T08:30:00Z",
    language: "de-at",
    authors: ["Ada Lantern", "Bo"],
    categories: ["Sea", "Traffic"],
    description: "<p>Back after <em>two</em> weeks.</p>",
    content: "<p>The ferry runs again from Monday on.</p>",
  };
  test.each([
    [
      "YAML",
      "---\ntitle: Ferry back\nlink: https://harbour.example/ferry\ndate: 2026-11-18T08:30:00Z\nupdated: 2026-11-19T08:30:00Z\nlang: de-AT\nauthors:\n  - name: Ada Lantern\n    email: ada@harbour.example\n  - Bo <bo@harbour.example>\ntags: [Sea, Traffic]\nsummary: Back after *two* weeks.\n---\n",
    ],
    [
      "YAML with a folded text, CRLF and an end mark of its own",
      "---\r\ntitle: >-\r\n  Ferry\r\n  back\r\nurl: https://harbour.example/ferry\r\ndate: 2026-11-18T08:30:00Z\r\nlast_modified_at: 2026-11-19T08:30:00Z\r\nlocale: de-AT\r\nauthor: [Ada Lantern, Bo]\r\ncategories:\r\n- Sea\r\n- Traffic\r\nexcerpt: |\r\n  Back after *two* weeks.\r\n...\r\n",
    ],
    [
      "TOML",
      '+++\ntitle = "Ferry back"\ndate = 2026-11-18T08:30:00Z\nlastmod = 2026-11-19T09:30:00+01:00\ndescription = "Back after *two* weeks."\n[taxonomies]\ntags = ["Sea", "Traffic"]\nauthors = ["Ada Lantern", "Bo"]\n[extra]\nlink = "https://harbour.example/ferry"\nlang = "de-AT"\n+++\n',
    ],
    [
      "JSON",
      '{\n  "title": "Ferry back",\n  "canonical_url": "https://harbour.example/ferry",\n  "date": "2026-11-18T08:30:00Z",\n  "updated": "2026-11-19T08:30:00Z",\n  "lang": "de-AT",\n  "authors": [{ "name": "Ada Lantern" }, "Bo"],\n  "tags": ["Sea", "Traffic"],\n  "description": "Back after *two* weeks."\n}\n',
    ],
    [
      "JSON between marks",
      ';;;\n"title": "Ferry back",\n"link": "https://harbour.example/ferry",\n"date": "2026-11-18T08:30:00Z",\n"updated": "2026-11-19T08:30:00Z",\n"lang": "de-AT",\n"authors": ["Ada Lantern", "Bo"],\n"tags": "Sea, Traffic",\n"description": "Back after *two* weeks."\n;;;\n',
    ],
    [
      "TOML named in the first line",
      '---toml\ntitle = "Ferry back"\nlink = "https://harbour.example/ferry"\ndate = 2026-11-18T08:30:00Z\nupdated = 2026-11-19T08:30:00Z\nlang = "de-AT"\nauthors = ["Ada Lantern", "Bo"]\ntags = ["Sea", "Traffic"]\nsummary = "Back after *two* weeks."\n---\n',
    ],
  ])("%s", async (_, matter) => {
    const text = `${matter}${body}`;
    const { entry, format, codes } = await only(text);
    expect({ format, codes }).toEqual({ format: "markdown", codes: [] });
    expect(entry).toMatchObject(expected);
    for (const step of [1, 7, 1024])
      expect((await inSteps([Buffer.from(text)], step)).entries.map(plain)).toEqual([plain(entry!)]);
  });

  test("text in other scripts and encodings", async () => {
    const text = "---\ntitle: 渡轮恢复运行\nauthor: 苏河\nsource: 港口报\n---\n\n周一起。\n";
    const { entry, feed } = await only(text);
    expect(entry).toMatchObject({ title: "渡轮恢复运行", authors: ["苏河"] });
    expect(feed.title).toBe("港口报");
    const wide = await parseSnapshot(Buffer.from(text, "utf16le"));
    expect(wide.entries.map(plain)).toEqual([plain(entry!)]);
  });
});

describe("title and text", () => {
  test("the front matter's title is preferred, and a heading in the text stays there", async () => {
    const { entry } = await only(`---\ntitle: Ferry back\n---\n\nFirst words.\n\n# On board\n\nMore.\n`);
    expect(entry).toMatchObject({
      title: "Ferry back",
      content: "<p>First words.</p>\n<h1>On board</h1>\n<p>More.</p>",
    });
  });

  test("a heading that repeats the title is not repeated in the text", async () => {
    const { entry } = await only(`---\ntitle: Ferry back\n---\n\n# Ferry *back*\n\nText.\n`);
    expect(entry).toMatchObject({ title: "Ferry back", content: "<p>Text.</p>" });
  });

  test("without a title in front matter, text before the heading belongs to the article", async () => {
    const { entry } = await only(`---\ndate: 2026-11-18\n---\n\nFirst words.\n\n# Ferry back\n\nMore.\n`);
    expect(entry).toMatchObject({ title: "Ferry back", content: "<p>First words.</p>\n<p>More.</p>" });
  });

  test.each([
    ["a fence", "```sh\n# Fetch it\nrun\n```"],
    ["tildes", "~~~\n# Fetch it\n~~~"],
    ["a pre element", "<pre>\n# Fetch it\n</pre>"],
    ["a comment", "<!--\n# Fetch it\n-->"],
    ["indented code", "    # Fetch it"],
  ])("a line with a number sign in %s is no title", async (_, code) => {
    const { entry } = await only(`---\ndate: 2026-11-18\n---\n\n${code}\n\n# Ferry back\n\nMore.\n`);
    expect(entry).toMatchObject({ title: "Ferry back" });
    const untitled = await only(`---\ndate: 2026-11-18\n---\n\n${code}\n\nMore.\n`);
    expect(untitled.entry).toMatchObject({ title: "" });
  });

  test("an article with title and link is one entry, although its headings are links", async () => {
    const { entry } = await only(
      `---\ntitle: Links of the week\nlink: https://harbour.example/week\n---\n\n## [One](https://h.example/1)\n\nText\n\n## [Two](https://h.example/2)\n`,
    );
    expect(entry).toMatchObject({ title: "Links of the week", link: "https://harbour.example/week" });
  });

  test("of several entries it describes the feed", async () => {
    const { entries, feed } = await parse(
      `---\ntitle: Harbour letter\nlang: de\n---\n\n# News\n\n## [One](https://h.example/1)\n\nText\n\n## [Two](https://h.example/2)\n`,
    );
    expect(feed).toEqual({ title: "Harbour letter", language: "de" });
    expect(entries).toMatchObject([
      { title: "One", language: "de" },
      { title: "Two", language: "de" },
    ]);
  });
});

describe("what is not front matter", () => {
  test.each([
    ["a text between rules", "---\nAnd so it went.\n---\n\n# Ferry back\n\nText.\n"],
    ["a rule", "---\n\n# Ferry back\n\nText.\n"],
  ])("%s stays in the text", async (_, text) => {
    expect((await only(text)).entry?.title).toBe("Ferry back");
  });

  test("a feed of JSON is no front matter", () => {
    expect(frontMatterIn('{"version":"https://jsonfeed.org/version/1","title":"A","items":[]}\nJunk')).toBe(
      undefined,
    );
    expect(frontMatterIn('{"title":"A"}\n{"title":"B"}\n')).toBe(undefined);
  });

  test("fields that YAML refuses are read line by line", async () => {
    const { entry } = await only(yaml("title: Ferry: it is back\nlink: https://harbour.example/ferry"));
    expect(entry).toMatchObject({ title: "Ferry: it is back", link: "https://harbour.example/ferry" });
  });
});

describe("hostile front matter", () => {
  const bomb = Array.from(
    { length: 12 },
    (_, at) =>
      `a${at}: &a${at} [${
        at === 0
          ? "x"
          : Array(9)
              .fill(`*a${at - 1}`)
              .join(", ")
      }]`,
  ).join("\n");
  const long = maxFrontMatterLength - 100;
  test.each([
    ["a bomb of aliases", `title: Ferry back\n${bomb}\nauthor: *a11`],
    ["an alias of itself", "title: Ferry back\nauthor: &a [*a]"],
    ["deep lists", `title: Ferry back\ntags: ${"[".repeat(long)}`],
    ["deep maps", `title: Ferry back\ntags: ${"{a: ".repeat(long / 4)}`],
    ["deep indentation", Array.from({ length: 150 }, (_, at) => `${" ".repeat(at)}a:`).join("\n")],
    ["many keys", Array.from({ length: long / 12 }, (_, at) => `k${at}: v`).join("\n")],
    ["many quotes", `title: ${'"'.repeat(long)}`],
    ["a tag", "title: !!js/function 'x'\nlink: https://harbour.example/ferry"],
    ["names of the prototype", "__proto__:\n  title: x\nconstructor: y\ntitle: Ferry back"],
  ])("%s takes less than two seconds", async (_, fields) => {
    const elapsed = startCpuTimer();
    const { entries } = await parse(yaml(fields));
    expect(entries).toHaveLength(1);
    JSON.stringify(entries);
    expect(elapsed()).toBeLessThan(2000);
    expect(({} as Record<string, unknown>)["title"]).toBeUndefined();
  });

  test.each([
    ["deep arrays", `title = "Ferry back"\na = ${"[".repeat(long)}`],
    ["deep keys", `title = "Ferry back"\n${"a.".repeat(long / 2)}b = 1`],
  ])("TOML with %s is read as text or fields", async (_, fields) => {
    const { entries } = await parse(`+++\n${fields}\n+++\n${body}`);
    expect(entries).toHaveLength(1);
  });

  test("longer than the limit it is text", () => {
    expect(frontMatterIn(`---\n${"a: b\n".repeat(maxFrontMatterLength / 5 + 1)}---\n`)).toBeUndefined();
  });

  test("the parser is chosen by the syntax", async () => {
    expect((await loadFrontMatterParser("---\na: 1\n---\n"))("a: 1")).toEqual({ a: "1" });
    expect((await loadFrontMatterParser("+++\na = 1\n+++\n"))("a = 1")).toEqual({ a: 1 });
    expect((await loadFrontMatterParser("# Heading\n"))('{"a": 1}')).toEqual({ a: 1 });
  });
});
