import type { Format } from "./formats.ts";
import type { Reader } from "./reading.ts";
import { readXml } from "./xml/read-xml.ts";

const loadXml = async (): Promise<Reader> => readXml;

/** Readers by format. Those that few snapshots need, and their libraries, are loaded for the first of these. */
const loaders: Readonly<Record<Format, (head: string) => Promise<Reader>>> = {
  rss: loadXml,
  rdf: loadXml,
  atom: loadXml,
  json: async () => (await import("./json/read-json.ts")).readJson,
  html: async () => (await import("./html/read-html.ts")).readHtml,
  sitemap: async () => (await import("./sitemap/read-sitemap.ts")).readSitemap,
  markdown: async (head) => (await import("./markdown/read-markdown.ts")).loadMarkdownReader(head),
};

/** The reader of a format; `head`: the start of the snapshot. */
export const loadReader = (format: Format, head: string): Promise<Reader> => loaders[format](head);
