/** Roots of documents that are no feeds and no pages, in lower case, without prefix. */
const roots: Readonly<Record<string, string>> = {
  opml: "OPML, a list of feeds",
  urlset: "a sitemap, a list of addresses without titles",
  sitemapindex: "an index of sitemaps",
  svg: "an SVG image",
  kml: "a KML map",
  gpx: "a GPX track",
  plist: "a property list",
  error: "an error message of a web service",
  listbucketresult: "a listing of a bucket",
  xbel: "XBEL, a list of bookmarks",
  opensearchdescription: "an OpenSearch description",
  manifest: "a manifest",
  project: "a project file of a build tool",
};

const starts: readonly (readonly [RegExp, string])[] = [
  [/^BEGIN:VCALENDAR\b/i, "a calendar (iCalendar)"],
  [/^BEGIN:VCARD\b/i, "an address book (vCard)"],
  [/^\{\\rtf/, "an RTF document"],
  [/^%!PS/, "a PostScript document"],
  [/^#EXTM3U/, "a playlist (M3U)"],
  [/^\[playlist\]/i, "a playlist (PLS)"],
  [/^WEBVTT\b/, "subtitles (WebVTT)"],
  [/^-----BEGIN /, "a certificate or key (PEM)"],
  [/^#!/, "a script"],
  [/^<!DOCTYPE NETSCAPE-Bookmark/i, "a list of bookmarks"],
];

const headerLine = /^[A-Za-z][A-Za-z0-9-]{0,60}:(?:[ \t]|$)/;
const mailHeader =
  /^(?:from|to|subject|date|message-id|received|return-path|mime-version|delivered-to|dkim-signature|reply-to|snapshot-content-location|x-mailer):/i;
const maxHeaderLines = 200;

/**
 * What a text is that was uploaded by mistake, such as a calendar or a mail message; undefined for what may be a feed, a
 * page or Markdown.
 */
export function foreignFileIn(head: string): string | undefined {
  const text = head.replace(/^[\s\ufeff\0]+/, "").replace(/^ï»¿\s*/, "");
  const started = starts.find(([start]) => start.test(text))?.[1];
  if (started !== undefined) return started;
  const root = rootIn(text);
  if (root !== undefined) {
    const name = root.slice(root.indexOf(":") + 1).toLowerCase();
    if (name === "urlset" && isNewsSitemap(text)) return undefined;
    if (name === "alert" && /urn:oasis:names:tc:emergency:cap/i.test(text.slice(0, 4096)))
      return "a warning in the Common Alerting Protocol (CAP)";
    return Object.hasOwn(roots, name) ? roots[name] : undefined;
  }
  return mailIn(text);
}

/** Whether a text is a sitemap with titles of news. */
export function isNewsSitemap(head: string): boolean {
  return (
    /<(?:[a-z][\w.-]{0,40}:)?urlset(?=[\s>])/i.test(head) && /schemas\/sitemap-news\/|<news:news>/i.test(head)
  );
}

/** What a text is that no reader knows and that is not known to be a file of another kind. */
export function describeText(head: string): string {
  const text = head.trimStart();
  if (isTable(text)) return "a table (CSV)";
  const root = rootIn(text);
  return root === undefined
    ? `a text that starts with ${JSON.stringify(text.slice(0, 80).trim())}`
    : `a document with the root element <${root.slice(0, 60)}>`;
}

/** The first element of a text that starts with a tag; declarations, comments and the document type are skipped. */
function rootIn(text: string): string | undefined {
  let at = 0;
  while (text.charCodeAt(at) === 60) {
    const second = text.charAt(at + 1);
    if (second !== "?" && second !== "!")
      return /^[A-Za-z][\w.:-]{0,80}/.exec(text.slice(at + 1, at + 90))?.[0];
    const mark = text.startsWith("<!--", at) ? "-->" : ">";
    const end = text.indexOf(mark, at);
    if (end < 0) return undefined;
    at = end + mark.length;
    while (text.charCodeAt(at) <= 32) at++;
  }
  return undefined;
}

/** RFC 5322: header fields, of which two are those of a message, and an empty line. */
function mailIn(text: string): string | undefined {
  const isMailbox = /^From \S{1,200} .{0,100}\d{4}\r?\n/.test(text);
  const lines = text.slice(isMailbox ? text.indexOf("\n") + 1 : 0, 32 * 1024).split(/\r?\n/, maxHeaderLines);
  const end = lines.findIndex((line) => line === "");
  const header = lines.slice(0, end < 0 ? lines.length : end);
  if (!header.every((line, index) => headerLine.test(line) || (index > 0 && /^[ \t]/.test(line))))
    return undefined;
  if (header.filter((line) => mailHeader.test(line)).length < 2) return undefined;
  const isPage =
    /^snapshot-content-location:/im.test(header.join("\n")) ||
    /^content-type:\s*multipart\/related/im.test(header.join("\n"));
  return isPage ? "MHTML, a page saved by a browser" : "a mail message";
}

/** Whether a text has lines of equally many cells, the first of which are names. */
export function isTable(text: string): boolean {
  const lines = text.slice(0, 16 * 1024).split(/\r?\n/, 4);
  const [first = "", second = ""] = lines;
  const separator = [",", ";", "\t"].find((mark) => first.includes(mark));
  if (separator === undefined || second === "") return false;
  const names = first.split(separator);
  const isNames = names.every((name) =>
    /^\s*"?[\p{L}\p{N}\x80-\xff_][\p{L}\p{N}\x80-\xff_ ./-]{0,40}"?\s*$/u.test(name),
  );
  return isNames && cellsOf(second, separator) === names.length;
}

function cellsOf(line: string, separator: string): number {
  let count = 1;
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) count++;
  }
  return count;
}
