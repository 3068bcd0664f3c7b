import { graphemesOf } from "../graphemes.ts";
import { neverEnds } from "./abbreviations.ts";
import { cjkLetters } from "../feed/text/spaceless-scripts.ts";

const protectedRun =
  /(?:https?:\/\/|www\.)[^\s<>"'，。、；：（）「」『』【】《》]+|<\/?[A-Za-z][^<>]{0,120}>|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+/gu;
const solidRun = /[A-Za-z0-9_@#$%&+~./:=?-]/;
/** Share of the limit that must be left for a further sentence to be worth cutting. */
export const worthCutting = 0.3;

const ellipsis = "…";

/**
 * The text within `limit` UTF-16 code units: whole where it fits, else cut at a clause, a word or, where there is neither,
 * at a grapheme, and ended with `…`. Instead of one word of a further sentence, it ends with the sentence before. Never
 * cuts a link, a mail address or a tag written as text. Returns `""` if nothing fits.
 */
export function fit(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = limit - ellipsis.length;
  if (room < 1) return "";
  const maxEnd = beforeProtected(text, room);
  const cut = clauseEnd(text, maxEnd) ?? wordEnd(text, maxEnd) ?? graphemeEnd(text, maxEnd);
  return withoutStump(text.slice(0, cut)) ?? ended(text, cut, room);
}

/**
 * As `fit`, but only at a clause: `undefined` if none ends in the last part of the room. `least` is the share of the room
 * that the text must take.
 */
export function clauseWithin(text: string, limit: number, least: number): string | undefined {
  const room = limit - ellipsis.length;
  const end = clauseEnd(text, beforeProtected(text, room), room * least);
  const kept = end === undefined ? "" : ended(text, end, room);
  return kept === "" ? undefined : kept;
}

/** The tidied text up to `end` with an ellipsis, in at most one code unit more than `room`; `""` if nothing is left. */
function ended(text: string, end: number, room: number): string {
  const kept = tidy(text.slice(0, end));
  if (kept === "") return "";
  return kept + (kept.length < room ? quoteClosedAfter(text, kept) : "") + ellipsis;
}

const openQuoteOf: Readonly<Record<string, string>> = {
  '"': '"',
  "”": "“",
  "»": "«",
  "」": "「",
  "』": "『",
};

/** The mark that closes a quotation right after the kept text, before or after a comma; `""` if there is none. */
function quoteClosedAfter(text: string, kept: string): string {
  const close = /^[,.;:，、。]?(["”»」』])/u.exec(text.slice(kept.length, kept.length + 3))?.[1] ?? "";
  const open = openQuoteOf[close];
  if (open === undefined) return "";
  const opened = kept.split(open).length - 1;
  const isOpen = open === close ? opened % 2 === 1 : opened > kept.split(close).length - 1;
  return isOpen ? close : "";
}

/**
 * The text without a single word after a sentence, which says nothing; `undefined` if it does not end with one. The full
 * stop of an abbreviation (`Prof. Smith`) ends no sentence.
 */
function withoutStump(text: string): string | undefined {
  const found = /(?<=\p{Ll}{3}[.!?…]["”)]?)\s\S{1,12}$/u.exec(text.slice(-20));
  if (found === null) return undefined;
  const kept = text.slice(0, text.length - found[0].length);
  const word = /[\p{L}.]{1,12}(?=\.$)/u.exec(kept.slice(-13))?.[0];
  return word !== undefined && neverEnds(word.toLowerCase(), undefined) ? undefined : kept;
}

/** The last index up to `room` that is not inside a link, an address or a tag. */
function beforeProtected(text: string, room: number): number {
  for (const found of text.slice(0, room + 2100).matchAll(protectedRun)) {
    if (found.index >= room) break;
    if (found.index + found[0].length > room) return found.index;
  }
  return room;
}

const clauseMark = new RegExp(
  `[;:；：](?=\\s|[${cjkLetters}])|,(?=\\s)|[，、,、،؛।](?!\\d)| [—–-](?= )|——|[!?。！？](?=[\\s\\p{Script=Han}"”」』])`,
  "gu",
);

/** The last clause that ends at `minEnd` or later; by default in the last two fifths of the room. */
function clauseEnd(text: string, maxEnd: number, minEnd = maxEnd * 0.6): number | undefined {
  let cut: number | undefined;
  for (const found of text.slice(0, maxEnd + 1).matchAll(clauseMark)) {
    const end = found.index + (/^[!?。！？]/u.test(found[0]) ? found[0].length : 0);
    if (end > maxEnd) break;
    if (end >= minEnd) cut = end;
  }
  return cut;
}

function wordEnd(text: string, maxEnd: number): number | undefined {
  const head = text.slice(0, maxEnd);
  if (/\s/u.test(text[maxEnd] ?? " ")) return maxEnd;
  const blank = Math.max(head.lastIndexOf(" "), head.lastIndexOf("\u00A0"));
  return blank >= maxEnd * 0.6 ? blank : undefined;
}

/** The end of the last whole grapheme (in Thai, word) that does not split a run of Latin letters and digits. */
function graphemeEnd(text: string, maxEnd: number): number {
  const from = text.slice(0, maxEnd + 64);
  const thai = /\p{Script=Thai}/u.test(text.slice(Math.max(0, maxEnd - 8), maxEnd + 8));
  const parts = thai ? new Intl.Segmenter("th", { granularity: "word" }).segment(from) : graphemesOf(from);
  let cut = 0;
  let word = 0;
  for (const { index, segment } of parts) {
    const end = index + segment.length;
    if (end > maxEnd) break;
    cut = end;
    if (!(solidRun.test(text[end - 1] ?? "") && solidRun.test(text[end] ?? ""))) word = end;
  }
  return word > 0 && word >= maxEnd * 0.5 ? word : cut;
}

const dangling = /[\s.,;:，、；：،؛（(「『“"«‘[【《〈—–-]/u;
const pairs: Readonly<Record<string, string>> = {
  ")": "(",
  "）": "（",
  "]": "[",
  "」": "「",
  "』": "『",
  "》": "《",
  "】": "【",
  "»": "«",
};
const openers = new Set(Object.values(pairs));

/** Without marks at the end, and without a bracket opened near the end and not closed. */
function tidy(text: string): string {
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (openers.has(character)) open.push(at);
    else if (open.length > 0 && pairs[character] === text[open.at(-1)!]) open.pop();
  }
  const first = open.find((at) => at >= text.length * 0.6);
  let end = first ?? text.length;
  while (end > 0 && dangling.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
