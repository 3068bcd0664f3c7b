import { describe, expect, test } from "vitest";
import type { ParsedSnapshot } from "../../../functions/core/feed/entry.ts";
import { parseSnapshot } from "../../../functions/core/feed/parse.ts";
import { inSteps, plain } from "../../support/parsing.ts";
import { startCpuTimer } from "../../support/cpu-time.ts";

/** A snapshot as plain data; equal for every way of splitting the bytes. */
async function read(text: string): Promise<ParsedSnapshot> {
  const bytes = Buffer.from(text);
  const parsed = await parseSnapshot(bytes);
  for (const step of [1, 13, 65_536]) {
    const stepped = await inSteps([bytes], step);
    expect({ ...stepped, entries: stepped.entries.map(plain) }).toEqual({
      ...parsed,
      entries: parsed.entries.map(plain),
    });
  }
  return parsed;
}
const titles = ({ entries }: ParsedSnapshot): readonly string[] => entries.map(({ title }) => title);
const codes = ({ rejects }: ParsedSnapshot): readonly string[] => rejects.map(({ code }) => code);
const json = (items: string): string => `{"version":"https://jsonfeed.org/version/1.1","items":[${items}]}`;

describe("a malformed JSON item does not affect others", () => {
  const good = (id: number): string =>
    `{"id":"${id}","title":"Good ${id}","attachments":[{"url":"https://h.example/a","mime_type":"audio/mpeg"},{"url":"https://h.example/b","mime_type":"audio/mpeg"}]}`;
  test.each([
    ["an odd quote", `{"title":"27" Monitor"},${good(2)},${good(3)}`, ["Good 2", "Good 3"], 1],
    ["an odd quote amid", `${good(1)},{"title":"27" Monitor"},${good(3)}`, ["Good 1", "Good 3"], 1],
    [
      "two odd quotes",
      `{"id":"1","title":"27" Monitor"},{"id":"2","title":"28" Monitor"},${good(3)}`,
      ["Good 3"],
      2,
    ],
    [
      "two odd quotes with one between",
      `{"id":"1","title":"27" Monitor"},${good(2)},{"id":"3","title":"28" Monitor"},${good(4)}`,
      ["Good 2", "Good 4"],
      2,
    ],
    [
      "an odd quote before attachments",
      `{"id":"1","title":"27" M","attachments":[{"url":"https://h.example/a","mime_type":"a/b"},{"url":"https://h.example/b","mime_type":"a/b"}]},${good(2)}`,
      ["Good 2"],
      1,
    ],
    ["a missing brace", `{"id":"1","tags":["a"},${good(2)}`, ["Good 2"], 1],
    ["an odd brace", `{"id":"1","x":{"y":1},${good(2)}`, ["Good 2"], 1],
  ])("%s", async (_, items, expected, rejects) => {
    const parsed = await read(json(items));
    expect(titles(parsed)).toEqual(expected);
    expect(codes(parsed)).toEqual(Array.from({ length: rejects }, () => "entry-malformed"));
  });

  test("even if the rest is longer than the entry limit", async () => {
    const parsed = await parseSnapshot(
      Buffer.from(
        json(
          `{"id":"1","title":"27" Monitor"},${Array.from({ length: 500 }, (_, at) => good(at + 2)).join()}`,
        ),
      ),
      { limits: { entryLength: 2000 } },
    );
    expect(codes(parsed)).toEqual(["entry-malformed"]);
    expect(parsed.entries).toHaveLength(500);
  });

  test("takes linear time if each item hides the others", async () => {
    const items = '{"id":"{{{"a"},'.repeat(20_000);
    const elapsed = startCpuTimer();
    await expect(parseSnapshot(Buffer.from(json(items)))).rejects.toMatchObject({ code: "no-entries" });
    expect(elapsed()).toBeLessThan(8000);
  });

  test("accepts a trailing comma", async () => {
    const parsed = await read(json(`{"id":"1","title":"A, }","tags":["x","y",],},{"id":"2","title":"B" , }`));
    expect(parsed.entries).toMatchObject([{ title: "A, }", categories: ["x", "y"] }, { title: "B" }]);
    expect(codes(parsed)).toEqual([]);
  });
});

test("the field determines whether a JSON item's content is HTML or text", async () => {
  const same = "<b>Same</b> text";
  const { entries } = await read(
    json(
      JSON.stringify({ id: "1", summary: same, content_html: same }) +
        "," +
        JSON.stringify({ id: "2", content_html: "", content_text: "a < b" }),
    ),
  );
  expect(entries[0]).toMatchObject({ description: "&lt;b&gt;Same&lt;/b&gt; text", content: same });
  expect(entries[1]).toMatchObject({ content: "<p>a &lt; b</p>" });
});

describe("fields after the entries apply to them", () => {
  test("JSON keys in alphabetical order", async () => {
    const parsed = await read(
      '{"home_page_url":"https://h.example/","items":[{"id":"1","title":"A } ] \\"","url":"/a"}],"language":"de","title":"H"}',
    );
    expect(parsed.feed).toEqual({ title: "H", language: "de", link: "https://h.example/" });
    expect(parsed.entries).toMatchObject([{ language: "de", link: "https://h.example/a" }]);
    expect(parsed.warnings).toEqual([]);
  });

  test("a channel's title, link and language after its items", async () => {
    const parsed = await read(
      "<rss><channel><item><title>A</title><link>/a</link></item><item><title>B</title></item><title>H</title><link>https://h.example/</link><language>de-CH</language></channel></rss>",
    );
    expect(parsed.feed).toEqual({ title: "H", language: "de-ch", link: "https://h.example/" });
    expect(parsed.entries).toMatchObject([
      { language: "de-ch", link: "https://h.example/a" },
      { language: "de-ch" },
    ]);
  });
});

test("a feed's relative link is resolved against its own address", async () => {
  const parsed = await read(
    '<feed><title>H</title><link href="/"/><link rel="self" href="https://h.example/feed.xml"/><entry><title>A</title><link href="a"/></entry></feed>',
  );
  expect(parsed.feed.link).toBe("https://h.example/");
  expect(parsed.entries[0]?.link).toBe("https://h.example/a");
  expect(parsed.warnings).toEqual([]);
});

test("an element with the root's name within an entry does not end the feed", async () => {
  const parsed = await read(
    "<rss><channel><item><channel>News</channel><title>A</title><feed a='b'>x</feed></item><item><title>B</channel></rss>",
  );
  expect(titles(parsed)[0]).toBe("A");
  expect(parsed.entries).toHaveLength(2);
  expect(parsed.warnings.map(({ code }) => code)).toEqual(["entry-unclosed"]);
});
