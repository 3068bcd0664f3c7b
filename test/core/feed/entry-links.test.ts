import { describe, expect, test } from "vitest";
import { identify } from "../../../functions/core/dedupe/identity.ts";
import type { Entry } from "../../../functions/core/feed/entry.ts";
import { parseSnapshot } from "../../../functions/core/feed/parse.ts";

const read = async (text: string) => {
  const { entries, warnings } = await parseSnapshot(Buffer.from(text));
  return { links: entries.map(({ link, linkSource }) => [link, linkSource]), entries, warnings };
};
const rss = (items: string, head = "<link>https://quay.example/</link>") =>
  `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Q</title>${head}${items}</channel></rss>`;

describe("an entry without a link has", () => {
  test.each([
    [
      "its enclosure",
      rss(
        '<item><title>A</title><guid isPermaLink="false">1</guid><enclosure url="https://quay.example/1.mp3" type="audio/mpeg"/></item>',
      ),
      ["https://quay.example/1.mp3", "enclosure"],
    ],
    [
      "its recording, not its picture",
      rss(
        '<item><title>A</title><enclosure url="/1.jpg" type="image/jpeg"/><enclosure url="/1.ogg" type="audio/ogg"/></item>',
      ),
      ["https://quay.example/1.ogg", "enclosure"],
    ],
    [
      "its Atom enclosure",
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>Q</title><link href="https://quay.example/"/><entry><title>A</title><id>urn:x:1</id><link rel="enclosure" href="1.mp3"/></entry></feed>',
      ["https://quay.example/1.mp3", "enclosure"],
    ],
    [
      "its Media RSS content",
      rss(
        '<item><title>A</title><media:group><media:content url="https://quay.example/1.mp4" medium="video"/></media:group></item>',
      ),
      ["https://quay.example/1.mp4", "media"],
    ],
    [
      "its Media RSS player",
      rss(
        '<item><title>A</title><media:content><media:player url="https://quay.example/play/1"/></media:content></item>',
      ),
      ["https://quay.example/play/1", "media"],
    ],
    [
      "its JSON Feed attachment",
      '{"title":"Q","home_page_url":"https://quay.example/","items":[{"id":"1","title":"A","attachments":[{"url":"1.mp3","mime_type":"audio/mpeg"}]}]}',
      ["https://quay.example/1.mp3", "enclosure"],
    ],
    [
      "the feed's page",
      rss('<item><title>A</title><guid isPermaLink="false">1</guid></item>'),
      ["https://quay.example/", "feed"],
    ],
    [
      "the feed's page in JSON Feed",
      '{"title":"Q","home_page_url":"https://quay.example/","items":[{"id":"1","title":"A"}]}',
      ["https://quay.example/", "feed"],
    ],
    [
      "a guid that is no permalink, if there is nothing else",
      rss('<item><title>A</title><guid isPermaLink="false">https://quay.example/?p=1</guid></item>', ""),
      ["https://quay.example/?p=1", "id"],
    ],
    [
      "no link at all, if there is nothing",
      rss('<item><title>A</title><guid isPermaLink="false">1</guid></item>', ""),
      [undefined, undefined],
    ],
  ])("%s", async (_, text, expected) => {
    expect((await read(text)).links).toEqual([expected]);
  });
});

test("a link that is no page does not tell entries apart and changes no ledger key", () => {
  const entry: Entry = { id: "1", title: "A", dateSource: "missing", authors: [], categories: [] };
  for (const linkSource of ["enclosure", "media", "feed", "id"] as const)
    expect(identify("q", { ...entry, link: "https://quay.example/", linkSource })).toEqual(
      identify("q", entry),
    );
  expect(identify("q", { ...entry, link: "https://quay.example/" })).not.toEqual(identify("q", entry));
});

describe("a link is found", () => {
  test.each([
    [
      "broken over lines",
      "<link>\n    https://quay.example/2026/\n    11/ferry\n  </link>",
      "https://quay.example/2026/11/ferry",
    ],
    [
      "in an element",
      '<link><a href="https://quay.example/ferry?a=1&amp;b=2">more</a></link>',
      "https://quay.example/ferry?a=1&b=2",
    ],
    [
      "in escaped markup",
      '<link>&lt;a href="https://quay.example/ferry"&gt;more&lt;/a&gt;</link>',
      "https://quay.example/ferry",
    ],
    [
      "in markup in CDATA",
      '<link><![CDATA[<a href="https://quay.example/ferry">more</a>]]></link>',
      "https://quay.example/ferry",
    ],
    ["with two schemes", "<link>http://https://quay.example/ferry</link>", "https://quay.example/ferry"],
    [
      "in the guid instead of FeedBurner's redirector",
      "<link>https://feeds.quay.example/~r/quay/~3/Qx/</link><guid>https://quay.example/ferry</guid>",
      "https://quay.example/ferry",
    ],
    [
      "with FeedBurner's redirector alone",
      '<link>https://feeds.quay.example/~r/quay/~3/Qx/</link><guid isPermaLink="false">1</guid>',
      "https://feeds.quay.example/~r/quay/~3/Qx/",
    ],
  ])("%s", async (_, link, expected) => {
    const { links, warnings } = await read(rss(`<item><title>A</title>${link}</item>`));
    expect(links).toEqual([[expected, undefined]]);
    expect(warnings).toEqual([]);
  });

  test("by the entry's id, where it is relative and the feed gives no base", async () => {
    const { links, warnings } = await read(
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>Q</title><entry><id>https://quay.example/2026/a.html</id><title>A</title><link href="/2026/a.html"/></entry><entry><id>https://quay.example/?p=2</id><title>B</title><link href=""/></entry></feed>',
    );
    expect(links).toEqual([
      ["https://quay.example/2026/a.html", undefined],
      ["https://quay.example/?p=2", undefined],
    ]);
    expect(warnings).toEqual([]);
  });
});

test.each([
  ["RSS", rss("<item><title>A</title><link>https://u:secret@quay.example/a</link></item>")],
  [
    "Atom",
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Q</title><entry><id>1</id><title>A</title><link href="https://u:secret@quay.example/a"/></entry></feed>',
  ],
  ["JSON Feed", '{"title":"Q","items":[{"id":"1","title":"A","url":"https://u:secret@quay.example/a"}]}'],
  ["front matter", "---\ntitle: A\nlink: https://u:secret@quay.example/a\n---\nThe ferry is late.\n"],
  ["Markdown", "# [A](https://u:secret@quay.example/a)\n\nThe ferry is late.\n"],
  [
    "HTML",
    '<html><body><div class="h-entry"><a class="u-url p-name" href="https://u:secret@quay.example/a">A</a></div></body></html>',
  ],
])("credentials are removed from a link of %s with a warning", async (_, text) => {
  const { links, warnings } = await read(text);
  expect(links).toEqual([["https://quay.example/a", undefined]]);
  expect(warnings).toMatchObject([{ code: "link-credentials" }]);
  expect(JSON.stringify(warnings)).not.toContain("secret");
});
