import type { Format } from "./entry.ts";
import type { Reader } from "./reading.ts";
import { readHtml } from "./html/read-html.ts";
import { readJson } from "./json/read-json.ts";
import { loadMarkdownReader } from "./markdown/read-markdown.ts";
import { readSitemap } from "./sitemap/read-sitemap.ts";
import { readXml } from "./xml/read-xml.ts";

const readers = {
  rss: readXml,
  rdf: readXml,
  atom: readXml,
  json: readJson,
  html: readHtml,
  sitemap: readSitemap,
};

/** The reader of a format; libraries that only some snapshots need are loaded for those that start like them. */
export async function loadReader(format: Format, head: string): Promise<Reader> {
  return format === "markdown" ? loadMarkdownReader(head) : readers[format];
}
