import { mayEnd, neverEnds, openers, ordinalLanguages } from "./abbreviations.ts";

const scan = /[\p{Sentence_Terminal}…｡]+/gu;
/** Quotes, brackets and footnote marks after an end mark belong to the sentence (in French after a no-break space). */
const closers =
  /^(?:[»›](?![\p{L}\p{N}])|[\s\u00A0\u202F][»›](?![\p{L}\p{N}])|["'”’」』】）》〉〕)\]]|“(?=\s|$)|\[\d\]|\[\d\d\]|\[\d\d\d\])+/u;
const wideMark = /[。！？｡．]/u;
/** Names that end in an ideographic full stop. */
const dottedNames = /(?:モーニング娘|ゲスの極み乙女|藤岡弘|hitomi|つんく♂)$/u;
/** The sentence continues after a closing bracket: particles, and verbs of saying. */
const continuation =
  /^(?:と|って|など|という|といった|の|は|が|を|に|も|で|、|，|,|說|说|道|称|稱|表示|라고|라는|고 |며 )/u;

/**
 * Splits one block of plain text into sentences, marks and closing quotes included; joined with a space (or
 * without, in Chinese and Japanese) they are the text again. Full stops of abbreviations, initials, ordinals,
 * decimals and addresses do not split; Thai, which has no end marks, stays whole. `language` is a BCP 47
 * primary subtag. Rules beyond Unicode Standard Annex 29 are the tables of `abbreviations.ts`.
 */
export function splitSentences(text: string, language?: string): string[] {
  const sentences: string[] = [];
  const brackets = bracketCounter(text);
  let start = 0;
  for (const found of text.matchAll(scan)) {
    const from = found.index;
    if (from < start) continue;
    const mark = from + found[0].length;
    const tail = closers.exec(text.slice(mark, mark + 16))?.[0] ?? "";
    const end = mark + tail.length;
    if (brackets.openAt(end) && end - start < maxQuotation && closingAhead.test(text.slice(end, end + 300)))
      continue;
    if (!endsHere({ text, start, from, mark: found[0], end, quoted: tail !== "", language })) continue;
    brackets.reset();
    const sentence = text.slice(start, end).trim();
    if (sentence !== "") sentences.push(sentence);
    start = end;
  }
  const rest = text.slice(start).trim();
  if (rest !== "") sentences.push(rest);
  return sentences;
}

/** UTF-16 code units up to which the sentences of a quotation are kept together. */
const maxQuotation = 400;
const quotationMark = 0x22;
/** The first of the other marks that are followed: `“`. */
const firstQuotation = 0x201c;
const opening = "「『（《〈【";
const closing = "」』）》〉】";
const closingAhead = /[」』）》〉】”“"]/u;

/** Follows the brackets and quotation marks that enclose whole sentences, from the last reset on. */
function bracketCounter(text: string) {
  let depth = 0;
  let low = 0;
  let straight = false;
  let at = 0;
  return {
    openAt(to: number): boolean {
      for (; at < to; at += 1) {
        const unit = text.charCodeAt(at);
        if (unit !== quotationMark && unit < firstQuotation) continue;
        const character = text[at]!;
        if (character === '"') straight = !straight;
        else if (character === "„") low += 1;
        // German and other languages close with the mark that opens a quotation elsewhere.
        else if (character === "“" && low > 0) low -= 1;
        else if (character === "“" || opening.includes(character)) depth += 1;
        else if (character === "”" || closing.includes(character)) depth = Math.max(0, depth - 1);
      }
      return straight || depth + low > 0;
    },
    reset() {
      depth = 0;
      low = 0;
      straight = false;
    },
  };
}

/** A mark that may end a sentence. */
interface PossibleEnd {
  readonly text: string;
  /** Start of the sentence. */
  readonly start: number;
  /** Position of the mark. */
  readonly from: number;
  readonly mark: string;
  /** End of the mark and its closing quotes. */
  readonly end: number;
  readonly quoted: boolean;
  readonly language: string | undefined;
}

function endsHere(possible: PossibleEnd): boolean {
  const { text, start, from, mark, end, quoted } = possible;
  const rest = text.slice(end, end + 48);
  if (rest.trim() === "") return true;
  if (wideMark.test(mark)) {
    if (quoted) return !continuation.test(rest.trimStart());
    if (/^[のを]/u.test(rest) || dottedNames.test(text.slice(start, from))) return false;
    return true;
  }
  if (!/^\s/u.test(rest)) {
    // A full stop typed without its blank after Chinese or before it; never inside words, numbers and addresses.
    return /[।॥۔؟]/u.test(mark) || (/[!?…]/u.test(mark) && /^\p{Script=Han}/u.test(rest));
  }
  const next = rest.trimStart();
  const opener = /^["'“”‘’«„‚([¿¡「『—–-]*\s*([\p{L}\p{N}\p{M}'’]*)/u.exec(next);
  const word = opener?.[1] ?? "";
  if (/^\p{Ll}/u.test(word) && !/^(?:iP|iO|eB|mR)/u.test(word)) return false;
  if (mark.endsWith(".") && mark.length === 1) return !belongsToWord(possible, word, next);
  if (mark === "…" || mark.startsWith("..")) return word !== "";
  return true;
}

function belongsToWord(
  { text, start, from, language }: PossibleEnd,
  nextWord: string,
  next: string,
): boolean {
  const before = text.slice(Math.max(start, from - 40), from);
  const token = /(?<![^\s([{"'“‘’«„—–/])[^\s([{"'“‘’«„—–/]*$/u.exec(before)?.[0] ?? "";
  const lower = token.toLowerCase();
  if (token === "") return false;
  const opens = openers.has(nextWord.toLowerCase()) && !/^\S\./u.test(next);
  if (neverEnds(lower, language)) return !(opens && mayEnd.has(lower) && nextWord.length > 1);
  // `u. a.`, `z. B.`, `т. е.`: the space inside does not separate them.
  if (/^\p{Ll}$/u.test(token) && /(?:^|[\s(])\p{L}\.\s\p{Ll}$/u.test(before)) return !opens;
  if (/^\p{L}$/u.test(token)) return !opens && /^[\p{Lu}\p{Lo}]$/u.test(token);
  if (/^\p{L}{1,3}(?:\.-?\p{L}{1,3})+$/u.test(token)) return !opens && next !== "";
  if (/^\d{1,3}$/u.test(token)) {
    if (text.slice(start, from).trim() === token) return true;
    return ordinalLanguages.has(language ?? "") && !opens;
  }
  if (/^[IVXLC]{1,5}$/u.test(token)) return ordinalLanguages.has(language ?? "") && !opens;
  return /^(?:ee|uu|cc|aa|ss|ff|pp|dd|rr)$/u.test(lower) && !opens;
}

/**
 * The end, in UTF-16 code units, of the last sentence that ends with its mark at or before `limit`; 0 where the first
 * is longer. `language` is a BCP 47 tag.
 */
export function wholeSentences(text: string, limit: number, language?: string): number {
  let end = 0;
  for (const sentence of splitSentences(text, language?.split("-")[0])) {
    const next = text.indexOf(sentence, end) + sentence.length;
    if (next > limit || !marked.test(sentence)) break;
    end = next;
  }
  return end;
}

const marked = /[\p{Sentence_Terminal}…][^\p{L}\p{N}]*$/u;
