import { decodeEntities } from "./entities.ts";
import { afterSilent, isSilent, isVoid, tagAt, type Tag } from "./html-tags.ts";
import { unsafeInText } from "./unsafe-characters.ts";

// oxlint-disable-next-line no-control-regex -- the separators U+001C to U+001F and NEL fold like white space
const folding = /[\s\x1c-\x1f\x85]+/g;
const plainAscii = /^[!-~]+(?: [!-~]+)*$/;
/** Characters that cleaning may change, surrogates included. */
const suspicious =
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  /[\0-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028-\u202f\u205f\u2066-\u2069\u3000\ud800-\udfff\ufeff\ufffe\uffff]|  |^ | $/;

/**
 * One line of text that is safe to show: no control, no bidirectional embedding, override or isolate (Unicode
 * Technical Report 36, section 2.6), no lone surrogate, white space folded and trimmed.
 */
export function cleanLine(text: string): string {
  if (plainAscii.test(text) || !suspicious.test(text)) return text;
  return text.replace(unsafeInText, "").replace(folding, " ").trim().toWellFormed();
}

/**
 * The text of an HTML fragment as one clean line: tags of HTML's own vocabulary and comments are removed (a space
 * replaces the tags of a block), character references are decoded once. `<T>` in a title about generics is kept.
 */
export function plainText(html: string): string {
  if (!html.includes("<")) return cleanLine(decodeEntities(html));
  return cleanLine(decodeEntities(withoutTags(html, () => true)));
}

/**
 * As `plainText`, for a text that may be HTML or may be about HTML: a tag is dropped only if it is void, has its start or end
 * tag in the text, or has attributes. `How to center a <div>?` is kept.
 */
export function titleText(text: string): string {
  if (!text.includes("<")) return cleanLine(decodeEntities(text));
  return cleanLine(decodeEntities(withoutTags(text, markupOf(text))));
}

/** As `titleText`, for a text that counts as plain unless it has an end tag. */
export function plainTitle(text: string): string {
  return text.includes("</") ? titleText(text) : cleanLine(decodeEntities(text));
}

function withoutTags(html: string, isMarkup: (tag: Tag) => boolean): string {
  let out = "";
  let from = 0;
  let at = html.indexOf("<");
  while (at >= 0) {
    const tag = tagAt(html, at);
    if (tag === undefined || !isMarkup(tag)) {
      at = html.indexOf("<", at + 1);
      continue;
    }
    out += html.slice(from, at) + (tag.isBlock ? " " : "");
    from = isSilent(tag) ? afterSilent(html, tag) : tag.end;
    at = html.indexOf("<", from);
  }
  return out + html.slice(from);
}

/** A test that distinguishes a text's tags from words in angle brackets. */
function markupOf(text: string): (tag: Tag) => boolean {
  const opened = new Set<string>();
  /** Index of the last end tag by name. */
  const closed = new Map<string, number>();
  const start = text.search(/\S/);
  for (let at = text.indexOf("<"); at >= 0;) {
    const tag = tagAt(text, at);
    if (tag?.closing === true) closed.set(tag.name, tag.from);
    else if (tag !== undefined) opened.add(tag.name);
    at = text.indexOf("<", tag?.end ?? at + 1);
  }
  return (tag) => {
    const { name, from, end, closing } = tag;
    if (name === "!" || isVoid(name)) return true;
    if (isSilent(tag)) return (closed.get(name) ?? 0) >= end;
    if (opened.has(name) && closed.has(name)) return true;
    // A tag whose other half is missing still touches the words that it marks.
    if (closing) return from > 0 && !isSpace(text.charCodeAt(from - 1));
    return text.slice(from, end).includes("=") || (from === start && /[\p{L}\p{N}]/u.test(text.charAt(end)));
  };
}

function isSpace(unit: number): boolean {
  return unit === 32 || unit === 160 || (unit >= 9 && unit <= 13);
}
