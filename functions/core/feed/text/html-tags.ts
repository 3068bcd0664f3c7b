/** A tag, or a comment, whose name is `!`. */
export interface Tag {
  readonly name: string;
  readonly from: number;
  /** Index after its `>`. */
  readonly end: number;
  readonly closing: boolean;
  readonly isBlock: boolean;
}

/** Elements of HTML, obsolete ones included; any other name in angle brackets is text. */
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
/** Elements whose text is not shown. */
const silent = new Set(["script", "style", "template"]);

const maxValue = 4096;
const maxTag = 4 * maxValue;

const voids = new Set(
  "area base basefont br col embed frame hr img input keygen link meta param source track wbr".split(" "),
);

/** Whether HTML has, or had, an element of this name, in lower case. */
export function isElement(name: string): boolean {
  return inline.has(name) || block.has(name);
}

/** Elements without an end tag (HTML Living Standard, section 13.1.2), obsolete ones included. */
export function isVoid(name: string): boolean {
  return voids.has(name);
}

/** Whether a tag opens an element whose text is not shown. */
export function isSilent({ name, closing }: Tag): boolean {
  return !closing && silent.has(name);
}

/** The tag of HTML's own vocabulary, or the comment, that starts at `at`. */
export function tagAt(html: string, at: number): Tag | undefined {
  if (html.startsWith("<!--", at)) {
    const end = html.indexOf("-->", at + 4);
    return { name: "!", from: at, end: end < 0 ? html.length : end + 3, closing: false, isBlock: false };
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
  return { name, from: at, end: close, closing, isBlock };
}

/**
 * Index after the `>` that ends a tag, quoted values skipped; -1 if another `<` comes first. An unbalanced quote is ignored.
 * Each character is read once.
 */
function tagEnd(html: string, from: number): number {
  const limit = Math.min(html.length, from + maxTag);
  for (let at = from; at < limit; at++) {
    const unit = html.charCodeAt(at);
    if (unit === 62) return at + 1;
    if (unit === 60) return -1;
    if (unit !== 34 && unit !== 39) continue;
    const pair = html.indexOf(unit === 34 ? '"' : "'", at + 1);
    if (pair >= 0 && pair - at <= maxValue) at = pair;
  }
  return -1;
}

/** Index after the element that a tag for which `isSilent` holds opens. */
export function afterSilent(html: string, { name, end: from }: Tag): number {
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
