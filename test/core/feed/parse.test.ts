import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseSnapshot } from "../../../functions/core/feed/parse.ts";
import { fixtures } from "../../support/feed-fixtures.ts";
import { skippedIf } from "../../support/skipped.ts";

describe("reads every trait", () => {
  test.each(fixtures)("$name", async ({ text, format, entries, warnings, rejects }) => {
    const parsed = await parseSnapshot(Buffer.from(text));
    expect(parsed.format).toBe(format);
    expect(parsed.entries).toHaveLength(entries.length);
    for (const [at, expected] of entries.entries()) {
      const { published, updated, dateSource, link, id, ...rest } = parsed.entries[at] ?? {
        title: "",
        dateSource: "missing",
        authors: [],
        categories: [],
      };
      const found = {
        ...rest,
        link: link ?? null,
        id: id ?? null,
        date: published ?? updated ?? null,
        source: dateSource,
      };
      expect(found).toMatchObject(expected);
    }
    const noted = parsed.warnings.map(({ code }) => code);
    expect(noted).toEqual(warnings ?? noted);
    expect(parsed.rejects.map(({ code }) => code)).toEqual(rejects ?? []);
  });
});

test("detects gzip by its content, not by the name", async () => {
  const text = fixtures.find(({ name }) => name === "rdf-1.0")?.text ?? "";
  const parsed = await parseSnapshot(gzipSync(text), { name: "feed.txt" });
  expect(parsed.format).toBe("rdf");
  expect(parsed.entries).toHaveLength(1);
});

test("yields the entries before the end of a truncated gzip stream, with a warning", async () => {
  const items = Array.from(
    { length: 400 },
    (_, at) => `<item><title>${at} ${Math.sin(at)}</title><guid>https://h.example/${at}</guid></item>`,
  );
  const packed = gzipSync(`<rss><channel>${items.join("\n")}</channel></rss>`);
  const parsed = await parseSnapshot(packed.subarray(0, packed.length / 2));
  expect(parsed.entries.length).toBeGreaterThan(50);
  expect(parsed.entries.length).toBeLessThan(400);
  expect(parsed.warnings.map(({ code }) => code)).toContain("truncated");
  await expect(parseSnapshot(packed.subarray(0, 12))).rejects.toMatchObject({
    code: "snapshot-corrupt-gzip",
    fate: "quarantine",
  });
});

test.each([
  ["", "snapshot-empty"],
  [" \n\t ", "snapshot-empty"],
  ["Dear reader, this is a letter.", "format-unknown"],
  ['{"name":"feedbell","version":"1"}', "format-unknown"],
  ["[1,2,3]", "format-unknown"],
  ["<html><body><p>Nothing here</p></body></html>", "no-entries"],
  ['{"items":[1,2]}', "no-entries"],
  ["<rss><channel><item><ti", "no-entries"],
])("rejects %j with %s, what was found and what was expected", async (text, code) => {
  await expect(parseSnapshot(Buffer.from(text))).rejects.toMatchObject({
    code,
    found: expect.stringMatching(/./),
    expected: expect.stringMatching(/./),
  });
});

test.each([
  "<rss><channel><title>New</title></channel></rss>",
  "<rss><channel><title>New</title><image><title>Logo</title><url>/l.png</url><link>/</link></image></channel></rss>",
  '<feed xmlns="http://www.w3.org/2005/Atom"><title>New</title><author><name>A</name></author></feed>',
  '{"version":"https://jsonfeed.org/version/1.1","title":"New","items":[]}',
])("an empty feed is a warning, not an error: %s", async (text) => {
  expect(await parseSnapshot(Buffer.from(text))).toMatchObject({
    entries: [],
    feed: { title: "New" },
    warnings: [{ code: "feed-empty" }],
  });
});

test.each([
  [
    '<feed xmlns="http://www.w3.org/2005/Atom"><q:entry xmlns:q="urn:x"><q:title>A</q:title></q:entry></feed>',
    /1 element named item or entry/,
  ],
  ["<rss><channel><title>A feed</title><link>https://h.example/</link>", /ends before its first entry/],
  [
    "<rss><channel><title>F</title><story><title>A</title><link>/a</link></story></channel></rss>",
    /<story> elements/,
  ],
  [
    "<feed><title>F</title><entries><post><title>A</title><body>b</body></post></entries></feed>",
    /<post> elements/,
  ],
])("rejects a feed whose entries can't be read: %s", async (text, found) => {
  await expect(parseSnapshot(Buffer.from(text))).rejects.toMatchObject({
    code: "no-entries",
    found: expect.stringMatching(found),
  });
});

test("JSON.stringify and spreading keep all fields of an entry", async () => {
  const { entries } = await parseSnapshot(
    Buffer.from(
      "<rss><channel><item><title>T</title><description>d &amp;amp; e</description></item></channel></rss>",
    ),
  );
  const [entry] = entries;
  expect(JSON.parse(JSON.stringify(entry))).toEqual({
    title: "T",
    dateSource: "missing",
    authors: [],
    categories: [],
    description: "d &amp; e",
  });
  expect({ ...entry, key: 1 }).toMatchObject({ description: "d &amp; e", key: 1 });
});

test("rejects an unknown time zone immediately", async () => {
  await expect(parseSnapshot(Buffer.from("<rss/>"), { timeZone: "Mars/Olympus" })).rejects.toThrow(
    /Mars\/Olympus.*IANA/,
  );
});

test("dates without a zone use the feed's configured one, and are marked", async () => {
  const text =
    "<rss><channel><item><title>T</title><pubDate>5 March 2024 14:30</pubDate></item></channel></rss>";
  const { entries } = await parseSnapshot(Buffer.from(text), { timeZone: "Europe/Berlin" });
  expect(entries[0]).toMatchObject({
    published: "2024-03-05T13:30:00Z",
    dateNote: { assumedZone: "Europe/Berlin" },
  });
});

test.each([
  [
    "rss",
    "<rss><channel><lastBuildDate>Mon, 01 Jan 2018 00:00:00 GMT</lastBuildDate><item><title>T</title><pubDate>DATE</pubDate></item></channel></rss>",
  ],
  [
    "atom",
    "<feed xmlns='http://www.w3.org/2005/Atom'><updated>2018-01-01T00:00:00Z</updated><entry><title>T</title><published>DATE</published></entry></feed>",
  ],
  [
    "json",
    '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"T","date_published":"DATE"}]}',
  ],
  ["html", "<html><body><article><h2>T</h2><time datetime='DATE'></time></article></body></html>"],
  ["markdown", "# [T](https://h.example/)\n\n*DATE*\n\ntext\n"],
])("marks a date in %s that is later than the time of reading", async (_, text) => {
  const noteOf = async (date: string, now?: number) => {
    const { entries } = await parseSnapshot(
      Buffer.from(text.replace("DATE", date)),
      now === undefined ? {} : { now },
    );
    expect(entries[0]?.dateSource).toBe("published");
    return entries[0]?.dateNote;
  };
  const now = Date.parse("2026-11-23T00:00:00Z");
  expect(await noteOf("2026-11-22T10:00:00Z", now)).toBeUndefined();
  expect(await noteOf("2099-01-01T00:00:00Z", now)).toEqual({ future: true });
  expect(await noteOf("2099-01-01T00:00:00Z")).toBeUndefined();
});

const seed = "../shared/seed/000_b34172660d9da0b1.txt";
const seedBytes = (() => {
  try {
    return readFileSync(seed);
  } catch {
    return undefined;
  }
})();

test(
  "the seed has its title, date and link",
  skippedIf(seedBytes === undefined, `${seed} is absent`),
  async () => {
    const { entries, format } = await parseSnapshot(seedBytes ?? Buffer.alloc(0));
    expect(format).toBe("markdown");
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      title: "美国和伊拉克将开始旨在结束驻伊国际联军的会谈",
      link: "https://www.voachinese.com/a/s-iraq-to-start-talks-on-end-of-coalition-presence-20240124/7457424.html",
      published: "2024-01-25T20:28:16Z",
      dateSource: "published",
    });
  },
);
