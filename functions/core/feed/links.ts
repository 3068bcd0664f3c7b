/** An address that is already in the form that the URL Standard's serializer gives. */
const canonical =
  /^https?:\/\/(?!xn--)(?:[a-z0-9-]+\.)+[a-z]{2,24}\/[A-Za-z0-9/_~=&?%+,;:@!$()*.-]*(?:#[A-Za-z0-9/_~=&?%+,;:@!$()*.-]*)?$/;
const dotSegment = /\/\.|%2e/i;
// oxlint-disable-next-line no-control-regex -- the URL Standard strips these at both ends
const edges = /^[\0- \u00a0\u3000]+|[\0- \u00a0\u3000]+$/g;
const longest = 8192;

/**
 * The address in the URL Standard's serialized form, resolved against `base` if it is relative; undefined if it is
 * no `http:` or `https:` address with a host, or longer than 8,192 code units.
 */
export function resolveLink(raw: string, base?: string): string | undefined {
  if (raw.length > longest) return undefined;
  if (canonical.test(raw) && !raw.includes(".xn--") && !dotSegment.test(raw.slice(8))) return raw;
  const trimmed = raw.replace(edges, "");
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
