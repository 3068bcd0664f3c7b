import { isUtf8 } from "node:buffer";

/** What the first bytes of a snapshot say of its encoding. */
export interface Declaration {
  /** WHATWG name. */
  readonly encoding?: string;
  /** The label that no decoder knows. */
  readonly unknown?: string;
  readonly from?: "transport" | "declaration" | "meta";
}

const utf16Sample = 512;
/** Labels that the WHATWG Encoding Standard doesn't list, as feeds write them. */
const nicknames: Readonly<Record<string, string>> = {
  utf8mb4: "utf-8",
  "utf-8-sig": "utf-8",
  unicode: "utf-8",
  "latin-1": "iso-8859-1",
  iso88591: "iso-8859-1",
  ansi: "windows-1252",
  cp932: "shift_jis",
  ms932: "shift_jis",
  "windows-31j": "shift_jis",
  cp936: "gbk",
  ms936: "gbk",
  gb_18030: "gb18030",
  cp949: "euc-kr",
  ks_c_5601: "euc-kr",
  cp950: "big5",
  big5hkscs: "big5",
  eucjp: "euc-jp",
};

/** The byte order mark's encoding and length: Encoding Standard, section 6.1. */
export function byteOrderMark(bytes: Uint8Array): { encoding: string; length: number } | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: "utf-8", length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: "utf-16le", length: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: "utf-16be", length: 2 };
  return undefined;
}

/**
 * UTF-16 without a mark shows by its first characters (XML 1.0, appendix F: `<`; `{`, `[`, `#` and white space begin
 * the other formats), or else by the zero halves of its ASCII, of which even a Chinese text has some.
 */
export function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, Math.min(bytes.length & ~1, utf16Sample));
  const [first = 0, second = 0, third = 0, fourth = 0] = sample;
  if (sample.length < 4) return undefined;
  if (opening.has(first) && second === 0 && (third !== 0 || fourth !== 0)) return "utf-16le";
  if (first === 0 && opening.has(second) && (third !== 0 || fourth !== 0)) return "utf-16be";
  let [high, low] = [0, 0];
  for (let at = 0; at < sample.length; at += 2) {
    if (sample[at] === 0 && sample[at + 1] !== 0) high++;
    if (sample[at] !== 0 && sample[at + 1] === 0) low++;
  }
  const most = sample.length / 2;
  if (low > most * 0.4 && high < most * 0.05) return "utf-16le";
  if (high > most * 0.4 && low < most * 0.05) return "utf-16be";
  // Stray zeros stand in UTF-8 too.
  if (isUtf8(sample)) return undefined;
  return low > 1 && high === 0 ? "utf-16le" : high > 1 && low === 0 ? "utf-16be" : undefined;
}

/** `<`, `{`, `[`, `#` and white space. */
const opening = new Set([0x3c, 0x7b, 0x5b, 0x23, 0x20, 0x09, 0x0a, 0x0d]);

/** What transport, XML declaration or `<meta>` declare, in this order; `head` is ASCII-compatible text read as Latin-1. */
export function declaredEncoding(head: string, contentType: string | undefined): Declaration {
  let unknown: string | undefined;
  for (const [from, label] of labels(head, contentType)) {
    const encoding = encodingOf(label);
    if (encoding !== undefined) return { encoding, from, ...(unknown === undefined ? {} : { unknown }) };
    unknown ??= label;
  }
  return unknown === undefined ? {} : { unknown };
}

/** The labels in their order; each is only looked for when those before it said nothing. */
function* labels(
  head: string,
  contentType: string | undefined,
): Generator<[NonNullable<Declaration["from"]>, string]> {
  const transport = /charset\s*=\s*["']?([^\s"';,]{1,40})/i.exec(contentType ?? "")?.[1];
  if (transport !== undefined) yield ["transport", transport];
  const xml = /<\?xml\s[^<>]{0,400}?encoding\s{0,40}=\s{0,40}["']([^"'<>]{1,60})["']/i
    .exec(head)?.[1]
    ?.trim();
  if (xml !== undefined && xml !== "") yield ["declaration", xml];
  const meta = /<meta\s[^<>]{0,400}?charset\s*=\s*["']?\s*([^\s"'<>;/]{1,40})/i.exec(head)?.[1];
  if (meta !== undefined) yield ["meta", meta];
}

/** The WHATWG name of a label, forgiving about spelling. */
function encodingOf(label: string): string | undefined {
  const lower = label.toLowerCase();
  for (const spelling of [
    lower,
    nicknames[lower],
    lower.replaceAll("_", "-"),
    lower.replace(/^cp-?/, "windows-"),
    lower.replace(/^x-/, ""),
  ]) {
    if (spelling === undefined) continue;
    try {
      return new TextDecoder(spelling).encoding;
    } catch {
      continue;
    }
  }
  return undefined;
}
