import { Parser } from "htmlparser2";

/** A feed of a subscription list. */
export interface ListedFeed {
  readonly title: string;
  /** Address of the feed: http or https, without credentials. */
  readonly url: string;
  /** Titles of the folders that it is in, outermost first. */
  readonly folders: readonly string[];
}

/** What a subscription list may have at most. Real ones have some hundred feeds in two levels. */
export const opmlLimits = { bytes: 10 * 2 ** 20, outlines: 20_000, depth: 50, title: 200 } as const;

/** The text is no OPML, or it is beyond the limits. */
export class OpmlError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "OpmlError";
  }
}

export interface Opml {
  readonly feeds: readonly ListedFeed[];
  /** Outlines with an address that is no http or https URL. */
  readonly skipped: number;
}

/**
 * Reads the feeds of an OPML 1.0 or 2.0 subscription list: outlines with `xmlUrl`, in their order, each address once.
 * The text is read once from start to end. A document type is skipped and its entities are not expanded, nothing is
 * fetched, and titles lose control and invisible characters. Throws `OpmlError`.
 */
export function parseOpml(text: string): Opml {
  const feeds = new Map<string, ListedFeed>();
  const folders: string[] = [];
  let skipped = 0;
  let outlines = 0;
  let isOpml = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === "opml") isOpml = true;
        if (!isOpml) throw new OpmlError(`found the element ${cleanTitle(name)}; expected opml`);
        if (name !== "outline") return;
        if (++outlines > opmlLimits.outlines)
          throw new OpmlError(`found more than ${opmlLimits.outlines} outlines`);
        if (folders.length >= opmlLimits.depth)
          throw new OpmlError(`found more than ${opmlLimits.depth} levels`);
        const title = cleanTitle(attributes["text"] || attributes["title"] || "");
        const given = attributes["xmlurl"];
        if (given !== undefined) {
          const url = feedUrl(given);
          if (url === undefined) skipped++;
          else if (!feeds.has(url))
            feeds.set(url, { title: title || new URL(url).host, url, folders: folders.filter(Boolean) });
        }
        folders.push(title);
      },
      onclosetag(name) {
        if (name === "outline") folders.pop();
      },
    },
    { xmlMode: true, decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(text.replace(/^\uFEFF/, ""));
  parser.end();
  if (!isOpml) throw new OpmlError("found no element opml");
  return { feeds: [...feeds.values()], skipped };
}

/** A title on one line that the configuration accepts: without control, format and unassigned characters. */
const cleanTitle = (text: string): string =>
  Array.from(
    text
      .replaceAll(/[\s\p{Z}]+/gu, " ")
      .replaceAll(/\p{C}/gu, "")
      .trim(),
  )
    .slice(0, opmlLimits.title)
    .join("")
    .trim();

function feedUrl(given: string): string | undefined {
  // `feed:` is an old scheme of subscription links: feed://example.org/rss or feed:https://example.org/rss.
  const text = given
    .trim()
    .replace(/^feed:(?:\/\/)?(?=https?:)/i, "")
    .replace(/^feed:\/\//i, "http://");
  if (!/^https?:\/\//i.test(text) || /\s/.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  url.username = "";
  url.password = "";
  url.hash = "";
  return url.href.length <= 1_997 ? url.href : undefined;
}

/** A feed of the configuration. */
export interface NamedFeed {
  readonly title: string;
  readonly url?: string;
}

/** An OPML 2.0 subscription list. A feed without address is an outline with its title only. */
export function formatOpml(feeds: readonly NamedFeed[], dateCreated: Date): string {
  const outlines = feeds.map(({ title, url }) => {
    const names = `text="${escapeAttribute(title)}" title="${escapeAttribute(title)}"`;
    return url === undefined
      ? `    <outline ${names}/>`
      : `    <outline type="rss" ${names} xmlUrl="${escapeAttribute(url)}"/>`;
  });
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    "  <head>",
    "    <title>Feeds of feedbell</title>",
    `    <dateCreated>${dateCreated.toUTCString()}</dateCreated>`,
    "  </head>",
    "  <body>",
    ...outlines,
    "  </body>",
    "</opml>",
  ].join("\n")}\n`;
}

const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

const escapeAttribute = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => references[character] ?? character);
