import { cjkLetters } from "../../feed/text/spaceless-scripts.ts";
import { calendarNames } from "../../feed/dates/calendar-names.ts";
import { latinStopWords } from "../../summary/language/stop-words.ts";
import { topicWords } from "./topic-words.ts";
import { numberOf, numberWord } from "./numbers.ts";

/** `number`: a count, an amount or a part of a score; `letters`: a word, or a group of letters in scripts without spaces. */
export type TokenKind = "letters" | "number";

/** One comparable piece of a text. */
export interface Token {
  /** Equal for inflected forms of a word, and for all spellings of a number. */
  readonly key: string;
  readonly kind: TokenKind;
  /** Written as a name is: a capital within a sentence, or katakana; `undefined` where the place decides nothing. */
  readonly isName?: boolean;
  /** What a number counts, such as `%`, `€` or the next word. */
  readonly unit?: string;
}

/** UTF-16 code units of a text that are compared. */
const maxRead = 600;

/** Letters of a word that its inflected forms and compounds share. */
const stemLength = 6;
const hangulStemLength = 3;
/** The first Hangul letter. */
const firstHangul = 0x1100;

const cjk = `[${cjkLetters}ー々〆]`;
const piece = new RegExp(
  `${cjk}+|\\p{Nd}{1,3}(?: \\p{Nd}{3}){1,3}(?!\\p{Nd})|\\p{Nd}+(?:[.,:]\\p{Nd}+)*|[[\\p{L}\\p{M}\\p{N}]--${cjk}]+`,
  "gv",
);
/** No Chinese or Japanese character is below: the start of CJK Radicals Supplement. */
const firstCjk = 0x2e80;
const startsCjk = new RegExp(`^${cjk}`, "u");
const han = /[\p{Script=Han}々〆]+|[\p{Script=Katakana}ー]+/gu;
/** Chinese and Japanese characters that are grammar, or units of a date. */
const functionCharacters =
  /[的了在是和与與等已被将將为為于於也就都而其这這那有对對从從向到及或之日月年时時]/u;
const sentenceEnd = /[.!?:…。！？："“”„«»‘]/u;
const ascii = /^[\x20-\x7e]*$/;

const stopWords = new Map(latinStopWords.map(({ language, words }) => [language, words]));

/** Words of dates have at least this many letters; shorter ones are words of the language too, such as `may`. */
const minCalendarWord = 4;
const wordsOfDates = new Map(
  Object.entries(calendarNames).map(([language, names]) => [
    language,
    new Set(names.flatMap((list) => list.split(/[ |/]/)).filter((word) => word.length >= minCalendarWord)),
  ]),
);

const topics = new Map(
  Object.entries(topicWords).map(([language, words]) => [
    language,
    new Set(words.split(" ").map((word) => (startsCjk.test(word) ? word : stem(word)))),
  ]),
);

/** Whether a token says what kind of event a report is about rather than which one. `language`: primary subtag. */
export const isTopicWord = (key: string, language: string): boolean =>
  topics.get(language)?.has(key) ?? false;

/** Languages that write all nouns with a capital: there a name follows one of these prepositions or another noun. */
const withCapitalNouns = new Set(["de", "lb"]);
const beforeNames = new Set("in bei aus von nach gegen für mit zwischen um und".split(" "));

/** Lower case without diacritics, so that spellings with and without them are equal. */
export function folded(word: string): string {
  const lower = word.toLowerCase();
  return ascii.test(lower) ? lower : lower.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC");
}

/**
 * The tokens of a plain text in their order, without function words. Words are cut to their first letters; Chinese and
 * Japanese text is read as pairs of ideographs and as words in katakana. `language`: primary subtag.
 */
export function tokensOf(text: string, language: string): readonly Token[] {
  const sample = text.slice(0, maxRead).normalize("NFKC");
  const ignored = stopWords.get(language);
  const dates = wordsOfDates.get(language);
  const hasCapitalNouns = withCapitalNouns.has(language);
  const isHeadline = isTitleCase(sample);
  const tokens: Token[] = [];
  let end = 0;
  let before = "";
  for (const match of sample.matchAll(piece)) {
    const word = match[0];
    const gap = sample.slice(end, match.index);
    const startsSentence = end === 0 || sentenceEnd.test(gap);
    end = match.index + word.length;
    if (word.charCodeAt(0) >= firstCjk && startsCjk.test(word)) tokens.push(...ideographs(word));
    else if (startsWithDigit(word)) {
      const number = numberOf(word, { before: gap, after: sample.slice(end, end + 24) });
      if (number && isVersion(word, { before, gap, unit: number.unit }))
        tokens.push({ key: `#${word}`, kind: "letters" });
      else if (number) tokens.push({ key: `#${number.value}`, kind: "number", unit: number.unit });
    } else {
      const lower = word.toLowerCase();
      const value = numberWord(lower, language);
      if (value !== undefined) tokens.push({ key: `#${value}`, kind: "number" });
      else if (word.length > 1 && !ignored?.has(lower) && !dates?.has(lower))
        tokens.push({
          key: stem(word),
          kind: "letters",
          ...(!isHeadline &&
            !startsSentence && {
              isName: capital.test(word) && (!hasCapitalNouns || precedesName(before, gap)),
            }),
        });
    }
    before = word;
  }
  return tokens;
}

/** Whether a decimal number belongs to the name before it, as in `iOS 15.5`: it is no evidence of its own. */
const isVersion = (
  word: string,
  { before, gap, unit }: { readonly before: string; readonly gap: string; readonly unit: string },
): boolean => gap === " " && word.includes(".") && /\p{Lu}/u.test(before) && !/[%€$£¥°]/.test(unit);

const capital = /^\p{Lu}/u;

const precedesName = (before: string, gap: string): boolean =>
  gap === " " && (capital.test(before) || beforeNames.has(before));

/** Whether most words start with a capital, as in the headlines of some English newspapers. */
function isTitleCase(text: string): boolean {
  let words = 0;
  let capitals = 0;
  for (const [, first] of text.matchAll(/\p{Z}(\p{L})\p{L}{3,}/gu)) {
    words++;
    if (/\p{Lu}/u.test(first!)) capitals++;
  }
  return words > 3 && capitals > words * 0.7;
}

const startsWithDigit = (word: string): boolean => {
  const unit = word.charCodeAt(0);
  return unit < 0x80 ? unit >= 48 && unit <= 57 : /^\p{Nd}/u.test(word);
};

function stem(word: string): string {
  const plain = folded(word);
  // Letters and digits together are a product or a code: every character counts.
  if (/\d/.test(plain)) return plain;
  const isHangul = plain.charCodeAt(0) >= firstHangul && /^\p{Script=Hangul}/u.test(plain);
  return plain.slice(0, isHangul ? hangulStemLength : stemLength);
}

function ideographs(run: string): Token[] {
  const tokens: Token[] = [];
  for (const [part] of run.matchAll(han)) {
    if (/^[\p{Script=Katakana}ー]/u.test(part)) {
      if (part.length > 1) tokens.push({ key: part, kind: "letters", isName: part.length > 3 });
      continue;
    }
    const characters = Array.from(part);
    for (let at = 1; at < characters.length; at++) {
      const key = `${characters[at - 1]}${characters[at]}`;
      if (!functionCharacters.test(key)) tokens.push({ key, kind: "letters" });
    }
  }
  return tokens;
}
