/** An address that is already in the form that the URL Standard's serializer gives. */
const canonical =
  /^https?:\/\/(?!xn--)(?:[a-z0-9-]+\.)+[a-z]{2,24}\/[A-Za-z0-9/_~=&?%+,;:@!$()*.-]*(?:#[A-Za-z0-9/_~=&?%+,;:@!$()*.-]*)?$/;
const dotSegment = /\/\.|%2e/i;
// oxlint-disable-next-line no-control-regex -- the URL Standard strips these at both ends
const edges = /^[\0- \u00a0\u3000]+|[\0- \u00a0\u3000]+$/g;
const longest = 8192;
/** An ampersand that was escaped once more than its format asks for: no parameter's name begins with `amp;`. */
const escapedAmpersand = /&(?:amp|#0*38);/gi;

/**
 * The address in the URL Standard's serialized form, resolved against `base` if it is relative; undefined if it is
 * no `http:` or `https:` address with a host, or longer than 8,192 code units. Ampersands that are still escaped,
 * as in CDATA, are unescaped.
 */
export function resolveLink(raw: string, base?: string): string | undefined {
  if (raw.length > longest) return undefined;
  const text = raw.includes(";") ? raw.replace(escapedAmpersand, "&") : raw;
  if (canonical.test(text) && !text.includes(".xn--") && !dotSegment.test(text.slice(8))) return text;
  const trimmed = text.replace(edges, "");
  if (trimmed === "") return undefined;
  const url = URL.parse(trimmed) ?? (base === undefined ? null : URL.parse(trimmed, base));
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return undefined;
  return url.href;
}

/** The base that holds inside an element that declares `own` (xml:base, RFC 3986 section 5.1): nested bases add up. */
export function nestBase(own: string | undefined, outer: string | undefined): string | undefined {
  if (own === undefined || own.trim() === "") return outer;
  return resolveLink(own, outer) ?? outer;
}
