import { cjkLetters } from "../feed/text/spaceless-scripts.ts";
import { openers } from "./abbreviations.ts";
import { isByline, nameParticles } from "./bylines.ts";
import { isDateLine } from "./date-lines.ts";
import { latinStopWords } from "./language/stop-words.ts";

const endMark = /[\p{Sentence_Terminal}…][\s"'”’»)\]」』】）》〉]*$/u;
/** A line that ends so goes on in the next one. */
const openEnd = /[,，、،؛;；\-–—([（「『“„«/&+]$/u;
const cjkEnd = new RegExp(`[${cjkLetters}，、；。！？：）」』》】]$`, "u");
const cjkStart = new RegExp(`^[${cjkLetters}（「『《【，、；。！？：]`, "u");
const cjkMark = /[，、；。！？]/u;
/** Bullets, numbers of a list, addresses, and labels such as `Signed-off-by: ` or `时间：`. */
const itemStart =
  /^(?:[-*•·–—▪►●○◆■□✓✔➤→]\s|[-=_*~#]{2,}$|\(?\d{1,2}[.)]\s|[①-⑳]|[\da-f]{7,40} |https?:\/\/|www\.|\p{Lu}[\p{L}-]{1,24}(?: [\p{L}-]{1,24})?: |\p{Ll}{2,16}-[\p{Ll}-]{2,16}: |[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{1,6}：)/u;
const dashStart = /^[–—]\s/u;
const lastWord = /[\p{L}\p{M}'’]{1,24}$/u;
const firstWord = /^[^\p{L}\p{N}]{0,3}[\p{L}\p{M}\p{N}'’.,-]+/u;
const sentenceInside = /\p{L}[.!?؟।]["'”’»)]{0,2} ["'“„«(]?\p{Lu}/u;
const conjunctions = new Set("and but or und oder aber et ou mais y o pero mas e ma и но или".split(" "));
const functionWords = new Set(latinStopWords.flatMap(({ words }) => [...words]));

/** UTF-16 code units: the narrowest column that text is wrapped at, and the shortest lines that a sentence runs over. */
const minColumn = 30;
const minLine = 5;

/**
 * Joins the lines of a paragraph that a line break splits inside a sentence: a line that ends in a comma or without an end
 * mark and is continued by the next one, and the lines of text that was wrapped at a column. Lines that are items of
 * their own, such as a list or an address, stay apart. No text is added but the space between two words.
 */
export function joinLines(lines: readonly string[]): string[] {
  if (lines.length < 2) return [...lines];
  const paragraph = describe(lines);
  const joined: string[] = [];
  /** The lines so far of the current sentence or paragraph. */
  let run = "";
  let last = "";
  for (const line of lines) {
    if (last !== "" && continues(last, line, run, paragraph)) {
      run = joinText(run, line);
      joined.splice(-1, 1, run);
    } else {
      run = line;
      joined.push(run);
    }
    last = line;
  }
  return joined.filter((line) => bullet.test(line)).length < 2
    ? joined
    : joined.map((line) => line.replace(bullet, ""));
}

const bullet = /^[-*•▪►●○◆■□✓✔➤]\s+/u;

/** Two parts of one sentence: without a space between two CJK characters, after which none is written. */
export const joinText = (text: string, next: string): string =>
  cjkStart.test(next) && cjkEnd.test(text.slice(-2)) ? text + next : `${text} ${next}`;

/** Whether a block that ends without an end mark is continued by the next block: it begins in lower case, or a comma or a word such as `and` says so. */
export function isContinued(text: string, next: string): boolean {
  if (closed.has(text.at(-1) ?? "")) return false;
  const end = tailOf(text);
  if (cjkStart.test(next)) return /[，、；]$/u.test(end) && !itemStart.test(next);
  if (!/^\p{Ll}/u.test(next) && !conjunctions.has(lastWord.exec(end)?.[0] ?? "")) return false;
  return !/[:：]$/u.test(end) && !endMark.test(end) && !itemStart.test(next);
}

/** Usual last characters of a sentence: a check without a regular expression for the usual case. */
const closed = new Set(".!?…。！？:：");

/** The end of a text: as much as a last mark or a short last word takes. */
const tailOf = (text: string): string => text.slice(-24);

interface Paragraph {
  /** UTF-16 code units of the longest line. */
  readonly width: number;
  /** Its sentences run over its lines. */
  readonly isWrapped: boolean;
  /** It has the marks of sentences. */
  readonly isProse: boolean;
  readonly hasCjkMarks: boolean;
  /** Only one line begins with a dash: it is no list. */
  readonly hasOneDash: boolean;
}

function describe(lines: readonly string[]): Paragraph {
  const width = Math.max(...lines.map((line) => line.length));
  const isOpen = lines
    .slice(1)
    .some((line, index) => !endMark.test(tailOf(lines[index]!)) && /^\p{Ll}/u.test(line));
  const isProse =
    isOpen || lines.some((line) => sentenceInside.test(line)) || endMark.test(tailOf(lines.at(-1) ?? ""));
  return {
    width,
    isWrapped: lines.length > 1 && width >= minColumn && isProse,
    isProse,
    hasCjkMarks: lines.some((line) => cjkMark.test(line)),
    hasOneDash: lines.filter((line) => dashStart.test(line)).length === 1,
  };
}

function continues(line: string, next: string, run: string, paragraph: Paragraph): boolean {
  if (paragraph.hasOneDash && dashStart.test(next) && !endMark.test(tailOf(line))) return true;
  return readsOn(line, next, run, paragraph) && !itemStart.test(next) && !isByline(line) && !isDateLine(line);
}

/** Whether a line reads as the rest of the sentence before it. */
function readsOn(line: string, next: string, run: string, paragraph: Paragraph): boolean {
  const end = tailOf(line);
  if (/[:：]$/u.test(end)) return false;
  if (endMark.test(end))
    return paragraph.isWrapped && endMark.test(tailOf(next)) && fillsColumn(line, next, paragraph);
  if (openEnd.test(end) || /^\p{Ll}/u.test(next)) return true;
  if (cjkStart.test(next) || cjkEnd.test(end)) return cjkContinues(line, next, run, paragraph);
  if (/^\p{Lo}/u.test(next) || /\p{Lo}\p{M}?$/u.test(end)) return caselessContinues(line, next, paragraph);
  if (functionWords.has(lastWord.exec(end)?.[0] ?? "")) return true;
  const word = firstWord.exec(next)?.[0] ?? "";
  if (/^\p{Lu}/u.test(word) && startsSentence(word.toLowerCase())) return false;
  const isInside = run !== line || /^\d/u.test(next);
  return paragraph.isWrapped && (isInside || fillsColumn(line, next, paragraph));
}

/** Words such as articles and prepositions have a capital only where a sentence starts; `De` and the like also start names. */
const startsSentence = (word: string): boolean =>
  openers.has(word) || (functionWords.has(word) && !nameParticles.has(word));

/** Whether the first word of the next line had no room in this one, with a tolerance for ragged text. */
function fillsColumn(line: string, next: string, { width }: Paragraph): boolean {
  const word = firstWord.exec(next)?.[0] ?? next.slice(0, 1);
  return line.length + 1 + word.length >= width * 0.75;
}

/** For scripts without capitals such as Hangul and Arabic; Thai has no end marks either. */
function caselessContinues(line: string, next: string, { width, isProse }: Paragraph): boolean {
  if (isProse) return line.length >= minLine && (line.length >= minColumn || next.length <= 2 * line.length);
  return /\p{Script=Thai}$/u.test(line.slice(-2)) && width >= minColumn && line.length >= width * 0.75;
}

/** The same for CJK: a line continues after a comma, or unless it is as short as a heading or, as in a poem, no line has a mark. */
function cjkContinues(line: string, next: string, run: string, { hasCjkMarks }: Paragraph): boolean {
  if (/[，、；][^。！？]*$/u.test(run.slice(-200))) return true;
  const isHeading = next.length > 2 * line.length && !cjkMark.test(line);
  return hasCjkMarks && line.length >= minLine && !isHeading;
}
