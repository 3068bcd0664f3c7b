import { describe, expect, test } from "vitest";
import { feedChanges } from "../../../functions/commands/feeds/feed-changes.ts";
import { formatOpml, opmlLimits, parseOpml } from "../../../functions/commands/feeds/opml.ts";
import * as fc from "../../support/properties.ts";

const opml = (body: string) =>
  `<?xml version="1.0"?><opml version="2.0"><head><title>t</title></head><body>${body}</body></opml>`;
const outline = (url: string, text = "A") => `<outline type="rss" text="${text}" xmlUrl="${url}"/>`;

const outcomeOf = (text: string): string => {
  try {
    parseOpml(text);
    return "read";
  } catch (error) {
    return String(error);
  }
};

describe("a subscription list", () => {
  test("has feeds in folders, each address once, in order", () => {
    const { feeds, skipped } = parseOpml(
      opml(`
        <outline text="Sport"><outline text="Ferry &amp; Sail" xmlUrl="https://sail.example/rss"/>
          <outline title="海风市" xmlUrl="http://haifeng.example/feed"/></outline>
        <outline text="Again" XMLURL="https://sail.example/rss"/>
        <outline text="" xmlUrl="feed://plain.example/rss"/>
        <outline text="No feed"/>`),
    );
    expect(feeds).toEqual([
      { title: "Ferry & Sail", url: "https://sail.example/rss", folders: ["Sport"] },
      { title: "海风市", url: "http://haifeng.example/feed", folders: ["Sport"] },
      { title: "plain.example", url: "http://plain.example/rss", folders: [] },
    ]);
    expect(skipped).toBe(0);
  });

  test.each([
    "javascript:alert(1)",
    "file:///etc/passwd",
    "ftp://example.org/",
    "",
    "https://",
    "https://a b/",
  ])("skips the address %j", (url) => {
    expect(parseOpml(opml(outline(url)))).toEqual({ feeds: [], skipped: 1 });
  });

  test("loses credentials, control and invisible characters", () => {
    const { feeds } = parseOpml(
      opml(outline("https://me:secret@a.example/rss#x", "A\u0007&#x202E;B&#10;C\u200B")),
    );
    expect(feeds).toEqual([{ title: "AB C", url: "https://a.example/rss", folders: [] }]);
  });

  test("expands no entity of its document type", () => {
    const bomb = `<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>`;
    const { feeds } = parseOpml(bomb + opml(outline("https://a.example/rss", "T&b;&x;")));
    expect(feeds[0]?.title).not.toMatch(/aaaa|root/);
  });

  test.each([
    ["<html><body/></html>", "found the element html"],
    ["", "found no element opml"],
    [opml("<outline>".repeat(opmlLimits.depth + 1)), "more than 50 levels"],
    [opml("<outline/>".repeat(opmlLimits.outlines + 1)), "more than 20000 outlines"],
  ])("is refused: %#", (text, says) => {
    expect(() => parseOpml(text)).toThrow(says);
  });

  test("of 10 MB is read in time", () => {
    const started = performance.now();
    for (const piece of [
      "<outline text='",
      "<outline ",
      "<",
      "&",
      "<!--",
      "<outline text='a' xmlUrl='https://a.example'",
      "]]>",
    ]) {
      const text = opml(piece.repeat(opmlLimits.bytes / piece.length));
      expect(outcomeOf(text)).toMatch(/^(read|OpmlError: .*)$/);
    }
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  test("that was written is read again", () => {
    const title = fc.string({ unit: "grapheme", minLength: 1 });
    const list = fc.uniqueArray(fc.record({ title, url: fc.webUrl() }), {
      selector: ({ url }) => new URL(url).href,
    });
    fc.assert(
      fc.property(list, (feeds) => {
        const [written] = [parseOpml(formatOpml(feeds, new Date(0)))];
        const again = parseOpml(formatOpml(written.feeds, new Date(0)));
        expect(again.feeds).toEqual(written.feeds);
        expect(written.feeds.map(({ url }) => url)).toEqual(
          feeds.map(({ url }) => new URL(url).href.replace(/#.*/, "")),
        );
      }),
    );
  });
});

describe("the changes of the configuration", () => {
  const listed = (title: string, url: string) => ({ title, url, folders: [] });

  test("find a feed by its address, then by a slug without address; titles stay", () => {
    const configured = {
      voa: { title: "VOA Chinese", url: "https://VOA.example/rss" },
      "the-tide": { title: "Tide" },
      other: {},
    };
    const list = [
      listed("Voice", "https://voa.example/rss"),
      listed("The Tide", "https://tide.example/rss"),
      listed("The Tide", "https://tide.example/sport"),
      listed("海风市", "https://www.haifeng.example/rss"),
    ];
    expect(feedChanges(list, configured)).toEqual({
      slugs: ["voa", "the-tide", "the-tide-2", "haifeng-example"],
      changes: [
        {
          slug: "the-tide",
          before: { title: "Tide" },
          after: { title: "Tide", url: "https://tide.example/rss" },
        },
        { slug: "the-tide-2", after: { title: "The Tide", url: "https://tide.example/sport" } },
        { slug: "haifeng-example", after: { title: "海风市", url: "https://www.haifeng.example/rss" } },
      ],
    });
  });

  test("of a list that is there are none", () => {
    const list = [listed("A", "https://a.example/rss"), listed("A", "https://b.example/rss")];
    const { changes } = feedChanges(list, {});
    const configured = Object.fromEntries(changes.map(({ slug, after }) => [slug, after]));
    expect(feedChanges(list, configured).changes).toEqual([]);
  });
});
