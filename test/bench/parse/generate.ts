import { once } from "node:events";
import { createWriteStream } from "node:fs";

/** Expected result of reading a generated feed. */
export interface Generated {
  readonly items: number;
  readonly title: (index: number) => string;
  readonly link: (index: number) => string;
}

const words =
  "harbour ferry council opens bridge after winter storm über die Brücke naïve café 東京 новости release kernel patch market budget school river museum strike agreement &amp; science".split(
    " ",
  );

/**
 * Writes an RSS 2.0 feed like those of large news sites: 2 to 4 KB of HTML per item, in CDATA for three of four items and
 * escaped for the fourth, titles with character references, some non-ASCII letters. The output is deterministic.
 */
export async function generateFeed(path: string, items: number): Promise<Generated> {
  let state = 7;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * limit);
  };
  const phrase = (count: number): string =>
    Array.from({ length: count }, () => words[below(words.length)]).join(" ");
  const paragraph = (): string =>
    below(4) === 0
      ? `<figure><img src="https://cdn.example/${below(1e6)}.jpg" alt="${phrase(4)}" width="800"/><figcaption>${phrase(9)}</figcaption></figure>\n`
      : `<p>${phrase(28)} <a href="https://news.example/t/${below(1e6)}?a=1&amp;b=2">${phrase(4)}</a> ${phrase(16)}</p>\n`;
  const html = (): string => {
    const length = 1500 + below(2000);
    let body = "";
    while (body.length < length) body += paragraph();
    return body;
  };
  const escape = (text: string): string =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const wrap = (text: string, index: number): string =>
    index % 4 === 3 ? escape(text) : `<![CDATA[${text}]]>`;

  const out = createWriteStream(path);
  let buffered =
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel><title>Generated</title><link>https://news.example/</link><description>For measuring</description>\n';
  for (let index = 0; index < items; index++) {
    const date = new Date(Date.UTC(2026, 0, 1) - index * 3_600_000).toUTCString().replace("GMT", "+0000");
    buffered += `<item>\n  <title>${phrase(8)} ${index}</title>\n  <link>https://news.example/p/${index}</link>\n  <guid isPermaLink="false">news-${index}</guid>\n  <pubDate>${date}</pubDate>\n  <dc:creator><![CDATA[${phrase(2)}]]></dc:creator>\n  <category>${phrase(1)}</category>\n  <description>${wrap(phrase(40), index)}</description>\n  <content:encoded>${wrap(html(), index)}</content:encoded>\n</item>\n`;
    if (buffered.length < 1e6) continue;
    if (!out.write(buffered)) await once(out, "drain");
    buffered = "";
  }
  out.end(`${buffered}</channel>\n</rss>\n`);
  await once(out, "finish");
  return { items, title: (index) => `${index}`, link: (index) => `https://news.example/p/${index}` };
}
