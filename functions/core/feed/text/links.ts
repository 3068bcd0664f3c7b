/** An address that is already in the form that the URL Standard's serializer gives. */
const canonical =
  /^https?:\/\/(?!xn--)(?:[a-z0-9-]+\.)+[a-z]{2,24}\/[A-Za-z0-9/_~=&?%+,;:@!$()*.-]*(?:#[A-Za-z0-9/_~=&?%+,;:@!$()*.-]*)?$/;
const dotSegment = /\/\.|%2e/i;
// oxlint-disable-next-line no-control-regex -- the URL Standard strips these at both ends
const edges = /^[\0- \u00a0\u3000]+|[\0- \u00a0\u3000]+$/g;
const longest = 8192;
/** What starts like this is a host whose scheme was forgotten, no path. */
const bareHost = /^www\.(?:[\p{L}\p{N}-]+\.)+\p{L}{2,24}(?:[/?#:]|$)/iu;
/** An ampersand that was escaped once more than its format asks for: no parameter's name begins with `amp;`. */
const escapedAmpersand = /&(?:amp|#0*38);/gi;

/**
 * The address in the URL Standard's serialized form, resolved against `base` if it is relative; undefined if it is
 * no `http:` or `https:` address with a host, or longer than 8,192 code units. `www.` starts a host. Ampersands that are still escaped,
 * as in CDATA, are unescaped.
 */
export function resolveLink(raw: string, base?: string): string | undefined {
  if (raw.length > longest) return undefined;
  const text = raw.includes(";") ? raw.replace(escapedAmpersand, "&") : raw;
  if (canonical.test(text) && !text.includes(".xn--") && !dotSegment.test(text.slice(8))) return text;
  const trimmed = text.replace(edges, "");
  if (trimmed === "") return undefined;
  const address = bareHost.test(trimmed) ? `https://${trimmed}` : trimmed;
  const url = URL.parse(address) ?? (base === undefined ? null : URL.parse(address, base));
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return undefined;
  return url.href;
}

/** Why an address is no link, for a note. */
export function whyDropped(raw: string): string {
  const shown = JSON.stringify(raw.length > 100 ? `${raw.slice(0, 99)}…` : raw);
  if (raw.length > longest) return `The link ${shown} is longer than ${longest} characters.`;
  const scheme = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(raw.trim())?.[0].toLowerCase();
  return scheme === undefined
    ? `The link ${shown} is relative, and the snapshot gives no address to resolve it against.`
    : `The link ${shown} is no http or https address.`;
}

/** The base that holds inside an element that declares `own` (xml:base, RFC 3986 section 5.1): nested bases add up. */
export function nestBase(own: string | undefined, outer: string | undefined): string | undefined {
  if (own === undefined || own.trim() === "") return outer;
  return resolveLink(own, outer) ?? outer;
}
