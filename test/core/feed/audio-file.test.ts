import { describe, expect, test } from "vitest";
import { secondsOf } from "../../../functions/core/feed/audio-file.ts";
import { parseSnapshot } from "../../../functions/core/feed/parse.ts";

const parse = async (text: string) => (await parseSnapshot(new TextEncoder().encode(text))).entries;

const rss = (item: string): string =>
  `<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>F</title><item><title>T</title><link>https://x.example/1</link>${item}</item></channel></rss>`;

describe("the audio file of an entry", () => {
  test.each([
    ["an enclosure", '<enclosure url="/a.mp3" type="audio/mpeg"/>', { link: "https://x.example/a.mp3" }],
    [
      "an enclosure without a type",
      '<enclosure url="https://x.example/a.M4A?x=1"/><itunes:duration>42:10</itunes:duration>',
      { link: "https://x.example/a.M4A?x=1", seconds: 2_530 },
    ],
    [
      "Media RSS",
      '<media:content url="https://x.example/v.mp4" type="video/mp4"/><media:content url="https://x.example/a" type="audio/ogg" duration="61"/>',
      { link: "https://x.example/a", seconds: 61 },
    ],
    ["a picture", '<enclosure url="https://x.example/a.jpg" type="image/jpeg"/>', undefined],
    ["another scheme", '<enclosure url="ftp://x.example/a.mp3" type="audio/mpeg"/>', undefined],
  ])("RSS: %s", async (_, item, expected) => {
    const [entry] = await parse(
      rss(item).replace("<title>F</title>", "<title>F</title><link>https://x.example/</link>"),
    );
    expect(entry?.audio).toEqual(expected);
  });

  test("Atom: a link with the relation enclosure", async () => {
    const [entry] = await parse(
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><id>a</id><title>T</title><link href="https://x.example/1"/><link rel="enclosure" type="audio/mpeg" href="https://x.example/a.mp3"/></entry></feed>',
    );
    expect(entry).toMatchObject({ link: "https://x.example/1", audio: { link: "https://x.example/a.mp3" } });
  });

  test("JSON Feed: an attachment with its length", async () => {
    const attachments = [
      { url: "https://x.example/a.png", mime_type: "image/png" },
      { url: "https://x.example/a.mp3", mime_type: "audio/mpeg", duration_in_seconds: 90.5 },
    ];
    const items = [{ id: "1", url: "https://x.example/1", title: "T", attachments }];
    const [entry] = await parse(
      JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "F", items }),
    );
    expect(entry?.audio).toEqual({ link: "https://x.example/a.mp3", seconds: 90 });
  });
});

test.each([
  ["90", 90],
  ["42:10", 2_530],
  ["1:05:12", 3_912],
  ["00:00", undefined],
  ["1:2:3:4", undefined],
  ["about an hour", undefined],
  ["99999", undefined],
  ["", undefined],
])("a length of %j is %s seconds", (text, expected) => {
  expect(secondsOf(text)).toBe(expected);
});
