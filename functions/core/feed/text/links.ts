/** An address that already has the form of the URL Standard's serializer. */
const serialized =
  /^https?:\/\/(?!xn--)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}\/[A-Za-z0-9/_~=&?%+,;:@!$()*.-]*(?:#[A-Za-z0-9/_~=&?%+,;:@!$()*.-]*)?$/;
const dotSegment = /\/\.|%2e/i;
// oxlint-disable-next-line no-control-regex -- the URL Standard strips these at both ends
const edges = /^[\0- \u00a0\u3000]+|[\0- \u00a0\u3000]+$/g;
const maxLength = 8192;
/** A host without its scheme; without this rule it would be read as a relative path. */
const bareHost = /^www\.[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,24}(?:[/?#:]|$)/iu;
/** An ampersand that was escaped once too often: no parameter's name starts with `amp;`. */
const escapedAmpersand = /&(?:amp|#0*38);/gi;

/**
 * The http or https address in the URL Standard's serialized form, resolved against `base` if it is relative.
 * Repairs what feeds write around an address (line breaks, markup, a second address, a doubled scheme, escaped
 * ampersands, `www.` without a scheme) and removes user name and password. Returns undefined if no http or https
 * address with a host is left, or if `raw` is longer than 8,192 UTF-16 code units.
 */
export function resolveLink(raw: string, base?: string): string | undefined {
  return parseLink(raw, base)?.href;
}

/** A link as read, and the warning that readers of the report should get about it. */
export interface LinkReading {
  readonly link?: string;
  readonly warning?: { readonly code: "link-dropped" | "link-credentials"; readonly message: string };
}

/** As `resolveLink`, with a warning where the link was dropped or had credentials. */
export function readLink(raw: string, base?: string): LinkReading {
  const parsed = parseLink(raw, base);
  if (parsed === undefined) return { warning: { code: "link-dropped", message: whyDropped(raw) } };
  if (!parsed.hadCredentials) return { link: parsed.href };
  return {
    link: parsed.href,
    warning: {
      code: "link-credentials",
      message: `User name and password were removed from the link to ${parsed.href.slice(0, 100)}.`,
    },
  };
}

/** Why an address is no link, for a warning. Credentials are left out of it. */
export function whyDropped(raw: string): string {
  const shown = JSON.stringify(
    (raw.length > 100 ? `${raw.slice(0, 99)}…` : raw).replace(/\/\/[^\s/@]*@/g, "//"),
  );
  if (raw.length > maxLength) return `The link ${shown} is longer than ${maxLength} characters.`;
  const scheme = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(raw.trim())?.[0].toLowerCase();
  return scheme === undefined
    ? `The link ${shown} is relative, and the snapshot gives no address to resolve it against.`
    : `The link ${shown} is no http or https address.`;
}

/** The base inside an element that declares `own` (xml:base, RFC 3986 section 5.1); nested bases are resolved in turn. */
export function nestBase(own: string | undefined, outer: string | undefined): string | undefined {
  if (own === undefined || own.trim() === "") return outer;
  return resolveLink(own, outer) ?? outer;
}

/** The text without user name and password if it is an http or https address, otherwise the text itself. */
export function withoutCredentials(text: string): string {
  if (!/^https?:\/\/[^\s/?#]*@/i.test(text)) return text;
  return parseLink(text, undefined)?.href ?? text;
}

interface ParsedLink {
  readonly href: string;
  readonly hadCredentials: boolean;
}

function parseLink(raw: string, base: string | undefined): ParsedLink | undefined {
  if (raw.length > maxLength) return undefined;
  const text = raw.includes(";") ? raw.replace(escapedAmpersand, "&") : raw;
  const isWhole = serialized.test(text) && !text.includes("://", 8) && !text.includes(".xn--");
  if (isWhole && !dotSegment.test(text.slice(8))) return { href: text, hadCredentials: false };
  const trimmed = repaired(text);
  if (trimmed === "") return undefined;
  const address = bareHost.test(trimmed) ? `https://${trimmed}` : trimmed;
  const url = URL.parse(address) ?? (base === undefined ? null : URL.parse(address, base));
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return undefined;
  const hadCredentials = url.username !== "" || url.password !== "";
  if (hadCredentials) {
    url.username = "";
    url.password = "";
  }
  return { href: url.href, hadCredentials };
}

/** The address without what feeds write around it. */
function repaired(text: string): string {
  let address = text.replace(edges, "");
  if (address.includes("<")) address = withoutMarkup(address);
  address = unquoted(address);
  if (/[\r\n]/.test(address)) address = joinLines(address);
  return withOneScheme(firstOfSeveral(address));
}

/** The `href` of the first `<a>`; without one the text without its tags. */
function withoutMarkup(text: string): string {
  const unwrapped = text.replace(/^<!\[CDATA\[|\]\]>$/g, "");
  return (
    hrefIn(unwrapped) ?? unwrapped.replace(/<(https?:[^<>]*)>/gi, "$1").replace(/<[^<>]*>/g, " ")
  ).replace(edges, "");
}

/** The `href` of the first `<a>` in a text, as written. */
export function hrefIn(text: string): string | undefined {
  const found = /<a\s[^<>]*?href\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))/i.exec(text);
  return found === null ? undefined : (found[1] ?? found[2] ?? found[3]);
}

/** Without quotation marks around it, and of a Markdown link its address. */
function unquoted(text: string): string {
  const link = /^!?\[[^[\]]*\]\(([^\s()]+)\)$/.exec(text)?.[1];
  if (link !== undefined) return link;
  const quoted = /^(["'“”„«‘])([^"'“”«»‘’]*)["'”“»’]$/.exec(text)?.[2];
  return quoted?.trim() ?? text;
}

/** A line break with its indentation is no part of an address; an address on a line of its own is another one. */
function joinLines(text: string): string {
  let joined = "";
  for (const line of text.split(/[\r\n]/)) {
    const part = line.replace(edges, "");
    if (joined !== "" && startsAddress.test(part)) break;
    joined += part;
  }
  return joined;
}

const startsAddress = /^https?:\/\//i;

/** The first of several addresses with white space or a separator between them. */
function firstOfSeveral(text: string): string {
  const next = /[\s,;|]https?:\/\//i.exec(text);
  if (next === null || text.slice(0, next.index).includes("?")) return text;
  const [first = ""] = text.slice(0, next.index).split(/\s/);
  return startsAddress.test(first) ? first.replace(/[,;|]$/, "") : text;
}

/**
 * `http://https://host`, `http://https//host`, `http//host`, `feed:https://host`, `http://hosthttps://host` and
 * `https://host/https://host/path` with one scheme and one host.
 */
function withOneScheme(text: string): string {
  let address = text.replace(/^(?:feed|url|link):\s*(?=https?:)/i, "");
  for (let last = ""; last !== address;) {
    last = address;
    address = address
      .replace(/^https?:\/*[^/?#\s]*?(?=https?:\/\/)/i, "")
      .replace(/^(?:https?:\/*)?(https?)\/\//i, "$1://");
  }
  const [, host, rest] = /^https?:\/\/([^/?#\s]+)\/(https?:\/\/.*)$/is.exec(address) ?? [];
  return host !== undefined && rest !== undefined && hostOf(rest) === host.toLowerCase() ? rest : address;
}

function hostOf(address: string): string | undefined {
  return /^https?:\/\/([^/?#\s]+)/i.exec(address)?.[1]?.toLowerCase();
}
