/** The formats that are read, with the names that people see. */
export const formatNames = {
  rss: "RSS",
  rdf: "RSS 1.0 (RDF)",
  atom: "Atom",
  json: "JSON Feed",
  sitemap: "news sitemap",
  markdown: "Markdown",
  html: "HTML",
} as const;

export type Format = keyof typeof formatNames;
