import type { Format } from "../entry.ts";
import type { Reader } from "../reading.ts";
import { readHtml } from "./html.ts";
import { readJson } from "./json.ts";
import { readMarkdown } from "./markdown.ts";
import { readXml } from "./xml.ts";

/** How each format is read. */
export const readers: Readonly<Record<Format, Reader>> = {
  rss: readXml,
  rdf: readXml,
  atom: readXml,
  json: readJson,
  markdown: readMarkdown,
  html: readHtml,
};
