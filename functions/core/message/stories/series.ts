import { valueOfNumeral } from "./number-words.ts";
import { characterClass, classAt, withoutMarks } from "./characters.ts";

/**
 * Numbers that say which one of a series a report is about, by what they number: quarter, round, stage, version,
 * issue. Two reports with different numbers of the same series are about different events.
 */
export type Labels = ReadonlyMap<string, ReadonlySet<string>>;

/** Ordinals from the first to the fifth, without diacritics. */
const ordinals = [
  "first erste ersten erster premier premiere primer primero primera",
  "second zweite zweiten zweiter zweites deuxieme segundo segunda",
  "third dritte dritten dritter drittes troisieme tercer tercero tercera",
  "fourth vierte vierten vierter viertes quatrieme cuarto cuarta",
  "fifth funfte funften funfter funftes cinquieme quinto quinta",
];
const ordinalByWord = new Map(
  ordinals.flatMap((words, at) => words.split(" ").map((word) => [word, at + 1] as const)),
);
/** Nouns that form series which reports follow one by one, without diacritics. */
const nouns = new Set(
  `quarter quartal trimestre round runde stage etappe etape etapa test game spiel match edition season staffel saison
  temporada episode episodio teil part spieltag day tag jornada journee`.split(/\s+/),
);

/** The value of an ordinal from the first to the fifth. `word`: in lower case, without diacritics. */
export const ordinalOf = (word: string): number | undefined => ordinalByWord.get(word);

/** Whether a word, in lower case and without diacritics, forms series: a report says which one it is about. */
export const formsSeries = (word: string): boolean => nouns.has(word);

// Letters and digits around a match are found by their class: expressions with Unicode classes are slow to compile.
const numbered = /\d{1,3}(?:\.\d{1,3}){0,3}/g;
const version = /[vV]?\d{1,4}(?:\.\d{1,4}){0,3}/g;
const quarterSign = /[QTq][1-4]|[1-4][QT]/g;
/** A sentence of a court. */
const cjkTerm = /(?:懲役|徒刑|获刑|被判)([\d一二三四五六七八九十]{1,3})年/gu;
const cjkLabel =
  /第?([\d一二三四五六七八九十]{1,3})(号|號|期|轮|輪|回|届|屆|話|巻|季度|四半期|场|場|局|日目|回戦|回目|节|節)/gu;
const months = /(\d{1,2})\s?[~〜～－-]\s?(\d{1,2})月期?/gu;

/** A date in a title, which says which one of a column of every day it is. */
const cjkDate = /(\d{1,2})月(\d{1,2})[日号號]/gu;
/** The first three letters of months, without diacritics, in English, German, French and Spanish; June and July need four. */
const month = String.raw`(?:jan|ene|f[eé]b|m[aä]r|avr|apr|abr|ma[iy]|jun|juin|jul|juil|aug|ao[uû]|ago|sep|oct|okt|nov|de[czc]|d[eé]c)[a-zéäû]{0,8}`;
const spacedDate = new RegExp(
  String.raw`\b(\d{1,2})(?:\.|er|st|nd|rd|th)? (?:de )?(${month})\b|\b(${month}) (\d{1,2})\b`,
  "giu",
);

const digit = (text: string): string => (anyDigit.test(text) ? text : String(valueOfNumeral(text) ?? text));

const anyDigit = /\d/;
const anyHan = /[\u4e00-\u9fff]/;

/**
 * The labels of a report. `title` and `text`, which starts with the title: NFKC. `counted`: nouns of series with the
 * ordinals before them. A number after a word, as in `Stage 9`,
 * is a label only in the title: in running text it counts things.
 */
export function labelsOf(
  title: string,
  text: string,
  counted: readonly (readonly [noun: string, ordinal: number])[],
): Labels {
  const labels = new Map<string, Set<string>>();
  const add = (name: string, value: string): void => {
    const values = labels.get(name);
    if (values) values.add(value);
    else labels.set(name, new Set([value]));
  };
  for (const [noun, ordinal] of counted) add(seriesName(noun), String(ordinal));
  if (anyHan.test(text)) {
    for (const match of text.matchAll(cjkLabel)) add(match[2] ?? "", digit(match[1] ?? ""));
    for (const match of text.matchAll(cjkTerm)) add("term", digit(match[1] ?? ""));
    for (const match of text.matchAll(months)) add("months", `${match[1]}-${match[2]}`);
  }
  if (anyDigit.test(text))
    for (const match of text.matchAll(quarterSign))
      if (isApart(text, match)) add("quarter", match[0].replace(/\D/, ""));
  if (anyDigit.test(title)) {
    for (const [, one = "", two = ""] of title.matchAll(cjkDate)) add("date", `${one}-${two}`);
    for (const [, day, name, nameFirst, dayLast] of title.matchAll(spacedDate))
      add("date", `${withoutMarks(name ?? nameFirst ?? "").slice(0, 4)}-${day ?? dayLast}`);
    for (const match of title.matchAll(version)) {
      const parts = match[0].replace(/^v/i, "");
      if (isApart(title, match, ".") && (parts !== match[0] || parts.split(".").length > 2))
        add("version", parts);
    }
    for (const match of title.matchAll(numbered)) {
      const word = wordBefore(title, match.index);
      if (word !== undefined && isPlain(title.slice(match.index + match[0].length)))
        add(seriesName(word), match[0]);
    }
  }
  return labels;
}

const isPartOfWord = (text: string, at: number): boolean =>
  at >= 0 && at < text.length && classAt(text, at) >= characterClass.letter;

const isPartOfSpacedWord = (text: string, at: number): boolean =>
  isPartOfWord(text, at) && classAt(text, at) <= characterClass.digit;

/** Whether no letter, no digit and none of `others` is next to a match. Chinese and Japanese write words without a space. */
function isApart(text: string, match: RegExpExecArray, others = ""): boolean {
  const isFree = (at: number): boolean =>
    at < 0 || at >= text.length || !(isPartOfSpacedWord(text, at) || others.includes(text.charAt(at)));
  return isFree(match.index - 1) && isFree(match.index + match[0].length);
}

/** The word of at least three letters before a number, with one or two spaces or hyphens between them. */
function wordBefore(text: string, at: number): string | undefined {
  const gap = /[\s-]{1,2}$/.exec(text.slice(Math.max(0, at - 2), at))?.[0].length ?? 0;
  const end = at - gap;
  let start = end;
  while (isPartOfWord(text, start - 1)) start--;
  const word = text.slice(start, end);
  return gap > 0 && word.length >= 3 && word.length <= 21 && !/\p{N}/u.test(word) ? word : undefined;
}

/** Whether a number ends where `rest` starts, and counts nothing. */
const isPlain = (rest: string): boolean =>
  !/^(?:[.,%]|:\d|[\s-]?[€$£%])/.test(rest) &&
  !isPartOfWord(rest, 0) &&
  !(/^[\s-]/.test(rest) && isLetter(rest, 1));

const isLetter = (text: string, at: number): boolean =>
  isPartOfWord(text, at) && classAt(text, at) !== characterClass.digit;

function seriesName(noun: string): string {
  const name = withoutMarks(noun);
  return /^(?:quart|trimes)/.test(name) ? "quarter" : name.slice(0, 6);
}

const score = /(\d{1,3})\s?([-–−:比])\s?(\d{1,3})/g;
/** Results of votes, as in `41 votes to 33` and `38 zu 31 Stimmen`. */
const voteResult =
  /(\d{1,3}) (?:votes? to|votos a|votos contra|votos frente a|voix contre) (\d{1,3})|(\d{1,3}) zu (\d{1,3}) Stimmen|(\d{1,3})票赞成、?(\d{1,3})票反对|賛成(\d{1,3})、?反対(\d{1,3})/g;
/** What counts or dates after two numbers: a range, not a result. */
const rangeUnit = /^\s?[年月日周週天号號時时点點分秒歳岁人名件度円元米枚]/u;
const timeOfDay = /^(?:[01]?\d|2[0-3]):[0-5]\d$/;

/** The results of matches and votes in a text (NFKC), the larger number first. */
export function scoresOf(text: string): ReadonlySet<string> {
  const scores = new Set<string>();
  if (!anyDigit.test(text)) return scores;
  for (const match of text.matchAll(score)) {
    const [whole, left = "", sign, right = ""] = match;
    const rest = text.slice(match.index + whole.length);
    if (
      !isApart(text, match, ":–-") ||
      /[.,]/.test(text.charAt(match.index - 1)) ||
      /^[.,]\d/.test(rest) ||
      rangeUnit.test(rest)
    )
      continue;
    if (sign === ":" && timeOfDay.test(whole.replace(/\s/g, ""))) continue;
    scores.add(scoreOf(left, right));
  }
  for (const match of text.matchAll(voteResult)) {
    const [left = "", right = ""] = match.slice(1).filter((part) => part !== undefined);
    scores.add(scoreOf(left, right));
  }
  return scores;
}

function scoreOf(left: string, right: string): string {
  const [high, low] = [Number(left), Number(right)].sort((a, b) => b - a);
  return `${high}-${low}`;
}

/** Whether both have numbers of the same series, or results, and none in common. */
export function contradicts(a: Labels, b: Labels): boolean {
  for (const [name, values] of a) {
    const others = b.get(name);
    if (others && isDisjoint(values, others)) return true;
  }
  return false;
}

/** Whether both sets have members and none in common. */
export function isDisjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size === 0 || b.size === 0) return false;
  for (const value of a) if (b.has(value)) return false;
  return true;
}
