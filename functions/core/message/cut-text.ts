/**
 * What a message may not carry whatever the feed says: lone surrogates and noncharacters, which other programs
 * refuse (Unicode 17, D14 and 23.7), and the controls by which text of one field could reorder what stands around
 * it (UAX #9, 2.1 to 2.4: embeddings, overrides and isolates); and what only says where a line may end (soft hyphen,
 * zero width space, word joiner), which nobody can see nor search for. Marks such as U+200F say what is there, and the
 * joiners U+200C and U+200D are spelling: they stay.
 */
const forbidden =
  /[\p{Cs}\p{Noncharacter_Code_Point}\u00AD\u200B\u2060\u202A-\u202E\u2066-\u2069\u206A-\u206F\uFEFF\uFFF9-\uFFFB]/gu;

/** Line ends, tabs and every other control character part words. */
const breaks = /[ \p{Cc}\u2028\u2029]+/gu;

/** What may not stand before a mark of omission. */
const dangling = /[\s,;:.，、；：。]/u;

/** The text without such characters at its end; a loop, because `+$` takes quadratic time on a long run of them. */
function trimEnd(text: string, characters: RegExp): string {
  let end = text.length;
  while (end > 0 && characters.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Text of nothing but marks, spaces and format characters is none. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Text of a feed as one line of plain text; reads no further than is needed for `limit` UTF-16 code units, and shortens to them. */
export function line(text: string, limit: number): string {
  const window = text.length > 4 * limit + 1_000 ? text.slice(0, 4 * limit + 1_000) : text;
  const clean = window.replace(forbidden, "").replace(breaks, " ").trim();
  return visible.test(clean) ? cut(clean, limit) : "";
}

/** The largest end of a grapheme at or before `max` UTF-16 code units; of a code point, where the first grapheme alone is longer. */
export function graphemeEnd(text: string, max: number): number {
  if (text.length <= max) return text.length;
  let end = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, max + 64))) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  if (end > 0 || max <= 0) return end;
  const last = text.charCodeAt(max - 1);
  return last >= 0xd800 && last <= 0xdbff ? max - 1 : max;
}

/**
 * Shortens text to at most `limit` UTF-16 code units, `mark` included: at a space where one stands in the last
 * two fifths, else between graphemes. Text that fits is returned as it is.
 */
export function cut(text: string, limit: number, mark = "…"): string {
  if (text.length <= limit) return text;
  const room = limit - mark.length;
  if (room <= 0) return "";
  const end = graphemeEnd(text, room);
  const space = text.lastIndexOf(" ", end);
  const at = space >= end * 0.6 ? space : end;
  return trimEnd(text.slice(0, at), dangling) + mark;
}

/**
 * A link as it may stand on a line: what would end it in the eyes of a mail client, or hide or reorder it, is
 * percent-encoded as the URL Standard does in a query (WHATWG URL, 1.3); all else is left as the feed has it.
 */
export function linkText(link: string): string {
  return link
    .toWellFormed()
    .replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}<>"]/gu, (character) =>
      encodeURIComponent(character),
    );
}
