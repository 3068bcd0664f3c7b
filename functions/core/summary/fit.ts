const protectedRun =
  /(?:https?:\/\/|www\.)[^\s<>"'，。、；：（）「」『』【】《》]+|<\/?[A-Za-z][^<>]{0,120}>|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+/gu;
const solidRun = /[A-Za-z0-9_@#$%&+~./:=?-]/;
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
/** Share of the limit that must be left for a further sentence to be worth cutting. */
export const worthCutting = 0.3;

const ellipsis = "…";

/**
 * The text within `limit` UTF-16 code units: whole where it fits, else cut at a clause, a word or, where there
 * is neither, at a grapheme, and closed with `…`. Never cuts through a link, a mail address or a tag written as text; `""`
 * where nothing fits.
 */
export function fit(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = limit - ellipsis.length;
  if (room < 1) return "";
  const wall = beforeProtected(text, room);
  const cut = clauseEnd(text, wall) ?? wordEnd(text, wall) ?? graphemeEnd(text, wall);
  const kept = tidy(text.slice(0, cut));
  return kept === "" ? "" : kept + ellipsis;
}

/** The last place, not beyond `room`, that does not lie inside a link, an address or a tag. */
function beforeProtected(text: string, room: number): number {
  for (const found of text.slice(0, room + 2100).matchAll(protectedRun)) {
    if (found.index >= room) break;
    if (found.index + found[0].length > room) return found.index;
  }
  return room;
}

const clauseMark =
  /[;:；：](?=\s|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])|,(?=\s)|[，、,、،؛।](?!\d)| [—–-](?= )|——|[!?。！？](?=[\s\p{Script=Han}"”」』])/gu;

/** The last clause that ends in the last two fifths of the room. */
function clauseEnd(text: string, wall: number): number | undefined {
  let cut: number | undefined;
  for (const found of text.slice(0, wall + 1).matchAll(clauseMark)) {
    const end = found.index + (/^[!?。！？]/u.test(found[0]) ? found[0].length : 0);
    if (end > wall) break;
    if (end >= wall * 0.6) cut = end;
  }
  return cut;
}

function wordEnd(text: string, wall: number): number | undefined {
  const head = text.slice(0, wall);
  if (/\s/u.test(text[wall] ?? " ")) return wall;
  const blank = Math.max(head.lastIndexOf(" "), head.lastIndexOf("\u00A0"));
  return blank >= wall * 0.6 ? blank : undefined;
}

/** The end of the last whole grapheme (in Thai, of the last whole word) that neither splits a run of Latin letters and digits. */
function graphemeEnd(text: string, wall: number): number {
  const from = text.slice(0, wall + 64);
  const thai = /\p{Script=Thai}/u.test(text.slice(Math.max(0, wall - 8), wall + 8));
  const parts = thai
    ? new Intl.Segmenter("th", { granularity: "word" }).segment(from)
    : graphemes.segment(from);
  let cut = 0;
  let word = 0;
  for (const { index, segment } of parts) {
    const end = index + segment.length;
    if (end > wall) break;
    cut = end;
    if (!(solidRun.test(text[end - 1] ?? "") && solidRun.test(text[end] ?? ""))) word = end;
  }
  return word > 0 && word >= wall * 0.5 ? word : cut;
}

const dangling = /[\s.,;:，、；：،؛（(「『“"«‘[【《〈—–-]+$/u;
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

/** Without dangling marks, and without a bracket that has only just been opened. */
function tidy(text: string): string {
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (openers.has(character)) open.push(at);
    else if (open.length > 0 && pairs[character] === text[open.at(-1)!]) open.pop();
  }
  const first = open.find((at) => at >= text.length * 0.6);
  return text.slice(0, first).replace(dangling, "");
}
