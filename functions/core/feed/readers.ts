import type { Format } from "./entry.ts";
import type { Reader } from "./reading.ts";
import { readHtml } from "./html/read-html.ts";
import { readJson } from "./json/read-json.ts";
import { readMarkdown } from "./markdown/read-markdown.ts";
import { readXml } from "./xml/read-xml.ts";

/** How each format is read. */
export const readers: Readonly<Record<Format, Reader>> = {
  rss: readXml,
  rdf: readXml,
  atom: readXml,
  json: readJson,
  markdown: readMarkdown,
  html: readHtml,
};
