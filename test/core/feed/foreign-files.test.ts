import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { errorTable, type SnapshotError } from "../../../functions/core/errors.ts";
import { parseSnapshot } from "../../../functions/core/feed/parse.ts";
import { inSteps } from "../../support/parsing.ts";

/** The file type in the reason; equal for every way of splitting the bytes. */
async function found(bytes: Buffer): Promise<string> {
  const reasons: string[] = [];
  for (const read of [() => parseSnapshot(bytes), () => inSteps([bytes], 7)])
    await read().then(
      ({ format }) => reasons.push(`read as ${format}`),
      (error: SnapshotError) => reasons.push(`${error.code}: ${error.found}`),
    );
  expect(new Set(reasons).size).toBe(1);
  return reasons[0] ?? "";
}

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

describe("binary files", () => {
  test.each([
    ["a ZIP archive", latin1("PK\x03\x04\x14\0\0\0\x08\0feed.xml<rss><item><title>x</title></item></rss>")],
    ["an EPUB book (a ZIP archive)", latin1("PK\x03\x04\x14\0\0\0\0\0mimetypeapplication/epub+zip")],
    ["an Office document (a ZIP archive)", latin1("PK\x03\x04\x14\0\x06\0\x08\0[Content_Types].xml")],
    ["a PDF", latin1("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n<rss><item/></rss>")],
    ["a PNG image", latin1("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")],
    ["a JPEG image", latin1("\xff\xd8\xff\xe0\0\x10JFIF\0")],
    ["a GIF image", latin1("GIF89a\x01\0\x01\0")],
    ["a WebP image", latin1("RIFF\x24\0\0\0WEBPVP8 ")],
    ["an MP4 file", latin1("\0\0\0\x18ftypisom\0\0")],
    ["an MP3 sound", latin1("ID3\x04\0\0\0\0")],
    ["a zstd archive", zstdCompressSync("<rss><item><title>x</title></item></rss>")],
    ["a bzip2 archive", latin1("BZh91AY&SY\x1d\x80")],
    ["an xz archive", latin1("\xfd7zXZ\0\0\x04")],
    ["a 7z archive", latin1("7z\xbc\xaf'\x1c\0\x04")],
    ["a tar archive", Buffer.concat([Buffer.alloc(257), latin1("ustar\x0000"), Buffer.alloc(300)])],
    ["a tar archive", gzipSync(Buffer.concat([Buffer.alloc(257), latin1("ustar\x0000"), Buffer.alloc(300)]))],
    ["a gzip file within a gzip file", gzipSync(gzipSync("<rss/>"))],
    ["an SQLite database", latin1("SQLite format 3\0\x10\0")],
    ["an old Office or Outlook file", latin1("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0")],
    ["binary data", latin1("\x01\x02\x90\x03\x04\xfe".repeat(40))],
  ])("%s", async (name, bytes) => {
    expect(await found(bytes)).toBe(`format-unknown: ${name}`);
  });
});

describe("texts of other kinds", () => {
  const mail = "From: Ada <ada@harbour.example>\nTo: desk@harbour.example\nSubject: Benches\n";
  test.each([
    [
      "OPML, a list of feeds",
      '<?xml version="1.0"?>\n<!-- mine -->\n<opml version="2.0"><head><title>x</title></head><body><outline xmlUrl="https://h.example/rss"/></body></opml>',
    ],
    ["a calendar (iCalendar)", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nDESCRIPTION:<p>x</p>\r\nEND:VCALENDAR\r\n"],
    ["an address book (vCard)", "BEGIN:VCARD\nFN:Ada\nEND:VCARD\n"],
    ["a table (CSV)", 'title,link\n"The ferry, again",https://h.example/1\n'],
    ["a table (CSV)", 'Titel;Datum;Text\nFähre;2026-11-19;"<p>Sie fährt; wieder</p>"\n'],
    ["a table (CSV)", "标题,链接\n渡轮恢复,https://h.example/1\n"],
    [
      "a mail message",
      `${mail}Content-Type: text/html\n\n<html><body><article><h1>x</h1></article></body></html>`,
    ],
    ["a mail message", `Received: from x\n by y; Thu\n${mail}\n# [One](https://h.example/1)\n`],
    ["a mail message", `From ada@harbour.example Thu Nov 19 08:30:00 2026\n${mail}\nText\n`],
    [
      "MHTML, a page saved by a browser",
      'From: <Saved>\nSnapshot-Content-Location: https://h.example/1\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html"\n\n<html><article><h1>=C3</h1></article></html>',
    ],
    [
      "a sitemap, a list of addresses without titles",
      '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://h.example/</loc></url></urlset>',
    ],
    [
      "an index of sitemaps",
      "<sitemapindex><sitemap><loc>https://h.example/s.xml</loc></sitemap></sitemapindex>",
    ],
    [
      "a warning in the Common Alerting Protocol (CAP)",
      '<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><info><headline>Gale</headline></info></alert>',
    ],
    ["an error message of a web service", "<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>"],
    ["an SVG image", '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><a href="x"/></svg>'],
    ["a document with the root element <inventory>", "<?xml version='1.0'?><inventory><thing/></inventory>"],
    ["an RTF document", "{\\rtf1\\ansi The ferry}"],
    ["a playlist (M3U)", "#EXTM3U\n#EXTINF:1,x\n"],
    ['a text that starts with "Just a few words."', "Just a few words."],
  ])("%s", async (name, text) => {
    expect(await found(Buffer.from(text))).toBe(`format-unknown: ${name}`);
  });
});

test.each([
  [
    "rss",
    "HTTP/1.1 200 OK\nContent-Type: text/xml\nDate: x\n\n<rss><channel><item><title>A</title></item></channel></rss>",
  ],
  ["markdown", "Wind, waves\nsun, rain\n\n## [One](https://h.example/1)\n\nText\n"],
  ["markdown", "---\nfrom: https://h.example/1\nsubject: Ferry\ndate: 2026-11-19\n---\n\n# Ferry\n\nText\n"],
  ["markdown", "Date: today\n=====\n\n[One](https://h.example/1)\n----\n\nText\n"],
])("a %s snapshot is not mistaken for another file (%#)", async (format, text) => {
  expect(await found(Buffer.from(text))).toBe(`read as ${format}`);
});

test("no hint sends its reader to the command that shows it", () => {
  for (const { hint } of Object.values(errorTable)) expect(hint).not.toMatch(/feedbell -- (?:parse|preview)/);
});
