import { decodeEntities } from "./entities.ts";

/** Elements that HTML has or had; any other name in angle brackets is text that somebody wrote. */
const inline = new Set(
  (
    "a abbr acronym applet area audio b base basefont bdi bdo big blink canvas cite code data datalist del dfn em embed font " +
    "i img input ins kbd keygen label link map mark math meta meter nobr noscript object option output param picture progress q rb " +
    "rp rt rtc ruby s samp script select slot small source spacer span strike strong style sub sup svg template textarea time " +
    "track tt u var video wbr svg path"
  ).split(" "),
);
const block = new Set(
  (
    "address article aside blockquote body br button caption center col colgroup dd details dialog dir div dl dt " +
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li main " +
    "marquee menu nav ol optgroup p pre search section summary table tbody td tfoot th thead title tr ul"
  ).split(" "),
);
/** Their text is for programs, not for readers. */
const silent = new Set(["script", "style", "template"]);

// Everything up to U+001F but white space, DEL, C1, embeddings, overrides and isolates, byte order marks, noncharacters.
// oxlint-disable-next-line no-control-regex -- these are what is removed
const unwanted = /[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;
// oxlint-disable-next-line no-control-regex -- the separators U+001C to U+001F and NEL fold like white space
const folding = /[\s\x1c-\x1f\x85]+/g;
const plainAscii = /^[!-~]+(?: [!-~]+)*$/;
/** Whatever cleaning may change, surrogates included. */
const suspicious =
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  /[\0-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028-\u202f\u205f\u2066-\u2069\u3000\ud800-\udfff\ufeff\ufffe\uffff]|  |^ | $/;

/**
 * One line of text that is safe to show: no control, no bidirectional embedding, override or isolate (Unicode
 * Technical Report 36, section 2.6), no lone surrogate, white space folded and trimmed.
 */
export function cleanLine(text: string): string {
  if (plainAscii.test(text) || !suspicious.test(text)) return text;
  return text.replace(unwanted, "").replace(folding, " ").trim().toWellFormed();
}

/**
 * The text of an HTML fragment as one clean line: tags of HTML's own vocabulary and comments are dropped (a block's
 * edges become a space), character references are replaced once. `<T>` in a title about generics stays.
 */
export function plainText(html: string): string {
  if (!html.includes("<")) return cleanLine(decodeEntities(html));
  let out = "";
  let from = 0;
  let at = html.indexOf("<");
  while (at >= 0) {
    const tag = tagAt(html, at);
    if (tag === undefined) {
      at = html.indexOf("<", at + 1);
      continue;
    }
    out += html.slice(from, at) + tag.gap;
    from = tag.end;
    at = html.indexOf("<", from);
  }
  return cleanLine(decodeEntities(out + html.slice(from)));
}

function tagAt(html: string, at: number): { end: number; gap: string } | undefined {
  if (html.startsWith("<!--", at)) {
    const end = html.indexOf("-->", at + 4);
    return { end: end < 0 ? html.length : end + 3, gap: "" };
  }
  const closing = html.charCodeAt(at + 1) === 47;
  let end = at + (closing ? 2 : 1);
  const start = end;
  while (end - start < 12 && isAlphanumeric(html.charCodeAt(end))) end++;
  const name = html.slice(start, end).toLowerCase();
  const isBlock = block.has(name);
  if ((!isBlock && !inline.has(name)) || !endsName(html.charCodeAt(end))) return undefined;
  const close = tagEnd(html, end);
  if (close < 0) return undefined;
  if (silent.has(name) && !closing) return { end: afterSilent(html, close, name), gap: "" };
  return { end: close, gap: isBlock ? " " : "" };
}

/** Index after the `>` that ends a tag, quoted values passed over; an unbalanced quote counts for nothing. */
function tagEnd(html: string, from: number): number {
  const plain = html.indexOf(">", from);
  if (plain < 0) return -1;
  let at = from;
  for (;;) {
    const quote = html.charCodeAt(at);
    if (quote === 62) return at + 1;
    if (quote === 34 || quote === 39) {
      const pair = html.indexOf(quote === 34 ? '"' : "'", at + 1);
      if (pair < 0 || pair - at > 4096) return plain + 1;
      at = pair;
    }
    if (++at >= html.length) return plain + 1;
  }
}

function afterSilent(html: string, from: number, name: string): number {
  for (let at = html.indexOf("</", from); at >= 0; at = html.indexOf("</", at + 2)) {
    if (html.slice(at + 2, at + 2 + name.length).toLowerCase() !== name) continue;
    const end = html.indexOf(">", at);
    return end < 0 ? html.length : end + 1;
  }
  return html.length;
}

function isAlphanumeric(unit: number): boolean {
  const letter = unit | 32;
  return (letter >= 97 && letter <= 122) || (unit >= 48 && unit <= 57);
}

/** White space, `/` or `>`. */
function endsName(unit: number): boolean {
  return unit === 62 || unit === 47 || unit === 32 || (unit >= 9 && unit <= 13);
}
