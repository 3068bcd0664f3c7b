import { calendarNames } from "../../feed/dates/calendar-names.ts";
import { latinStopWords } from "../../summary/language/stop-words.ts";
import { after, characterClass, classAt, withoutMarks } from "./characters.ts";
import { formsSeries, ordinalOf } from "./series.ts";
import { combined, numberWord, withDigits } from "./number-words.ts";
import { stem } from "./word-keys.ts";
import { numberOf, unitAfter } from "./numbers.ts";

/** `number`: a count, an amount or a part of a score; `letters`: a word, or a group of letters in scripts without spaces. */
export type TokenKind = "letters" | "number";

/** One comparable piece of a text. */
export interface Token {
  /** Equal for inflected forms of a word, and for all spellings of a number. */
  readonly key: string;
  readonly kind: TokenKind;
  /** Written as a name is: a capital within a sentence, or katakana; `undefined` where the place decides nothing. */
  readonly isName: boolean | undefined;
  /** What a number counts, such as `%`, `€` or the next word; empty if it is not known. */
  readonly unit: string;
}

/** UTF-16 code units after a number that its unit is looked for in. */
const maxUnit = 24;

/** A number with its separators, from its first digit. */
const numberFrom = /\p{Nd}{1,3}(?: \p{Nd}{3}){1,3}(?!\p{Nd})|\p{Nd}+(?:[.,:]\p{Nd}+)*/uy;
/** Chinese and Japanese characters that are grammar, or units of a date. */
const functionCharacters = new Set(
  "的了在是和与與等已被将將为為于於也就都而其这這那有对對从從向到及或之日月年时時",
);

const stopWords = new Map(latinStopWords.map(({ language, words }) => [language, words]));

/** Words of dates have at least this many letters; shorter ones are words of the language too, such as `may`. */
const minCalendarWord = 4;
const wordsOfDates = new Map(
  Object.entries(calendarNames).map(([language, names]) => [
    language,
    new Set(names.flatMap((list) => list.split(/[ |/]/)).filter((word) => word.length >= minCalendarWord)),
  ]),
);

/** Whether the language is written without spaces, so that its terms are pairs of ideographs. */
export const isSpaceless = (language: string): boolean => language === "zh" || language === "ja";

/** Languages that write all nouns with a capital: there a name follows one of these prepositions or another noun. */
const withCapitalNouns = new Set(["de", "lb"]);
const beforeNames = new Set("in bei aus von nach gegen für mit zwischen um und".split(" "));

/** What is known of a word wherever it occurs. */
interface Word {
  readonly key: string;
  /** The value of a number word. */
  readonly value: number | undefined;
  readonly isIgnored: boolean;
  readonly isCapital: boolean;
  readonly ordinal: number | undefined;
  readonly formsSeries: boolean;
}

/** The tokens of a text in their order. */
export interface TokenizedText {
  readonly tokens: readonly Token[];
  /** Nouns of series with the ordinals directly before them, as in `third quarter`. */
  readonly counted: readonly (readonly [noun: string, ordinal: number])[];
}

/**
 * A function that reads a plain text (NFKC) as tokens, without function words. Words are cut to their
 * first letters; Chinese and Japanese text is read as pairs of ideographs and as words in katakana. The function
 * remembers the words that it has read: use one for each batch. `language`: primary subtag.
 */
export function tokenizerOf(language: string): (text: string) => TokenizedText {
  const ignored = stopWords.get(language);
  const dates = wordsOfDates.get(language);
  const hasCapitalNouns = withCapitalNouns.has(language);
  const words = new Map<string, Word>();

  function wordOf(text: string): Word {
    const before = words.get(text);
    if (before) return before;
    const lower = text.toLowerCase();
    const plain = withoutMarks(lower);
    const key = stem(plain);
    const word = {
      key,
      value: numberWord(plain, language),
      isIgnored: text.length < 2 || key === "" || ignored?.has(lower) === true || dates?.has(lower) === true,
      isCapital: capital.test(text),
      ordinal: ordinalOf(plain),
      formsSeries: formsSeries(plain),
    };
    words.set(text, word);
    return word;
  }

  return (text) => {
    const sample = isSpaceless(language) ? withDigits(text) : text;
    const tokens: Token[] = [];
    const counted: [string, number][] = [];
    let ordinal: number | undefined;
    let value: number | undefined;
    const longWords = { all: 0, capitals: 0 };
    let before = "";
    let gapStart = 0;
    let startsSentence = true;
    for (let at = 0; at < sample.length;) {
      const kind = classAt(sample, at);
      if (kind < characterClass.letter) {
        startsSentence ||= kind === characterClass.sentenceEnd;
        at = after(sample, at);
        continue;
      }
      const end = endOf(sample, at, kind);
      const piece = sample.slice(at, end);
      const gap = sample.slice(gapStart, at);
      const ordinalBefore = gap === " " || gap === "-" ? ordinal : undefined;
      const valueBefore = value;
      value = ordinal = undefined;
      if (kind === characterClass.han) addIdeographs(tokens, piece);
      else if (kind === characterClass.katakana) {
        if (piece.length > 1) tokens.push(letters(piece, piece.length > 3));
      } else if (kind === characterClass.hiragana) {
        // Grammar.
      } else if (kind === characterClass.digit) {
        const number = numberOf(piece, { before: gap, after: sample.slice(end, end + maxUnit) });
        if (number && isVersion(piece, { before, gap, unit: number.unit })) tokens.push(letters(`#${piece}`));
        else if (number)
          tokens.push({ key: `#${number.value}`, kind: "number", isName: undefined, unit: number.unit });
      } else {
        const word = wordOf(piece);
        ordinal = word.ordinal;
        if (ordinalBefore !== undefined && word.formsSeries) counted.push([piece, ordinalBefore]);
        if (piece.length > 3 && gap.endsWith(" ")) {
          longWords.all++;
          if (word.isCapital) longWords.capitals++;
        }
        if (word.value !== undefined && !(word.value >= 100 && isScale(before))) {
          const isNext = gap === " " || gap === "-";
          const whole = isNext && valueBefore !== undefined ? combined(valueBefore, word.value) : undefined;
          if (whole !== undefined) tokens.pop();
          value = whole ?? word.value;
          const unit = unitAfter(sample.slice(end, end + maxUnit));
          tokens.push({ key: `#${value}`, kind: "number", isName: undefined, unit });
        } else if (!word.isIgnored) {
          const isName = word.isCapital && (!hasCapitalNouns || precedesName(before, gap));
          tokens.push(letters(word.key, startsSentence ? undefined : isName));
        }
      }
      before = piece;
      startsSentence = false;
      at = end;
      gapStart = end;
    }
    return {
      tokens: isHeadline(longWords) ? tokens.map((token) => ({ ...token, isName: undefined })) : tokens,
      counted,
    };
  };
}

const letters = (key: string, isName?: boolean): Token => ({ key, kind: "letters", isName, unit: "" });

/** The end of the piece at `at`: a number, characters of one Japanese script, or a word, which may have digits. */
function endOf(text: string, at: number, kind: number): number {
  if (kind === characterClass.digit) {
    numberFrom.lastIndex = at;
    numberFrom.test(text);
    return numberFrom.lastIndex;
  }
  let end = after(text, at);
  while (end < text.length) {
    const next = classAt(text, end);
    const isSame = next === kind || (kind === characterClass.letter && next === characterClass.digit);
    if (!isSame) break;
    end = after(text, end);
  }
  return end;
}

/** Whether a decimal number belongs to the name before it, as in `iOS 15.5`: it is no evidence of its own. */
const isVersion = (
  word: string,
  { before, gap, unit }: { readonly before: string; readonly gap: string; readonly unit: string },
): boolean => gap === " " && word.includes(".") && /\p{Lu}/u.test(before) && !/[%€$£¥°]/.test(unit);

/** Whether a word such as `thousand` after a piece is the scale of its digits, or a part of `per cent`. */
const isScale = (before: string): boolean =>
  before !== "" && (classAt(before, 0) === characterClass.digit || /^(?:por|pour|per)$/i.test(before));

const capital = /^\p{Lu}/u;

const precedesName = (before: string, gap: string): boolean =>
  gap === " " && (capital.test(before) || beforeNames.has(before));

/** Whether most of the longer words start with a capital, as in the headlines of some English newspapers. */
const isHeadline = ({ all, capitals }: { readonly all: number; readonly capitals: number }): boolean =>
  all > 3 && capitals > all * 0.7;

/** Adds the pairs of ideographs. */
function addIdeographs(tokens: Token[], run: string): void {
  let isBeforeGrammar = true;
  for (let first = 0, at = 0; at < run.length; first = at, at = after(run, at)) {
    const isGrammar = functionCharacters.has(run.charAt(at));
    if (at > 0 && !isGrammar && !isBeforeGrammar) tokens.push(letters(run.slice(first, after(run, at))));
    isBeforeGrammar = isGrammar;
  }
}
