import { expect, test } from "vitest";
import { parseSnapshot } from "../../../../functions/core/feed/parse.ts";
import { inSteps, plain } from "../../../support/parsing.ts";

const namespaces =
  'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"';
const sitemap = (urls: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<urlset ${namespaces}>${urls}</urlset>`;
const news = (number: number, title: string, more = ""): string =>
  `<url>\n<loc>https://harbour.example/${number}</loc><news:news><news:publication><news:name>港口报</news:name><news:language>zh-cn</news:language></news:publication><news:publication_date>2026-11-19T08:30:00+08:00</news:publication_date><news:title>${title}</news:title>${more}</news:news></url>`;

test("addresses with a title are entries, others are skipped", async () => {
  const text = sitemap(
    `${news(1, "渡轮恢复 &amp; 新航线", "<news:keywords>港口, 交通</news:keywords>")}
     <url><loc>https://harbour.example/about</loc></url>
     ${news(2, "<![CDATA[Brücke <gesperrt>]]>", "<image:image><image:title>Photo</image:title></image:image>")}`,
  );
  const parsed = await parseSnapshot(Buffer.from(text));
  expect(parsed).toMatchObject({
    format: "sitemap",
    feed: { title: "港口报", language: "zh-cn" },
    entries: [
      {
        title: "渡轮恢复 & 新航线",
        link: "https://harbour.example/1",
        published: "2026-11-19T00:30:00Z",
        dateSource: "published",
        language: "zh-cn",
        categories: ["港口", "交通"],
      },
      { title: "Brücke <gesperrt>", link: "https://harbour.example/2" },
    ],
    rejects: [],
    warnings: [],
  });
  for (const step of [1, 13, 1024])
    expect((await inSteps([Buffer.from(text)], step)).entries.map(plain)).toEqual(parsed.entries.map(plain));
});

test("the entries before the end of a truncated sitemap are read", async () => {
  const text = sitemap(news(1, "One") + news(2, "Two"));
  const { entries, rejects } = await parseSnapshot(Buffer.from(text.slice(0, -60)));
  expect(entries.map(({ title }) => title)).toEqual(["One"]);
  expect(rejects).toMatchObject([{ code: "entry-truncated", index: 1 }]);
});

test("an address that is too large is rejected, and the next one is read", async () => {
  const text = sitemap(news(1, "One ".repeat(1000)) + news(2, "Two"));
  const { entries, rejects } = await parseSnapshot(Buffer.from(text), { limits: { entryLength: 2000 } });
  expect(entries.map(({ title }) => title)).toEqual(["Two"]);
  expect(rejects).toMatchObject([{ code: "entry-too-large" }]);
});

test("a sitemap for news without a title has no entries", async () => {
  await expect(
    parseSnapshot(Buffer.from(sitemap("<url><loc>https://harbour.example/</loc></url>"))),
  ).rejects.toMatchObject({ code: "no-entries", found: "a sitemap without a news title" });
});
