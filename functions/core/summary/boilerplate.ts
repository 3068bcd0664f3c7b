import { spacelessLetters } from "../feed/text/spaceless-scripts.ts";
import type { Block } from "./block.ts";
import { isByline } from "./bylines.ts";
import { isCaption } from "./credits.ts";
import { isDateLine } from "./date-lines.ts";
import { boilerplatePatterns, isContribution, isLinkLine } from "./boilerplate-patterns.ts";
import { matchesAny } from "./matches-any.ts";
import { authorLabels, indexLabels, noteLabels, pictureLabels, pressContacts } from "./label-phrases.ts";
import { callsToAction, readMorePhrases, readMoreWords, standaloneLines } from "./line-phrases.ts";
import { anyOf } from "./phrase-table.ts";
import { comparable, isHan } from "./plain.ts";
import { isSubmission } from "./preambles.ts";
import { affiliatePatterns } from "./affiliate-patterns.ts";
import { isSupportNote, podcastPatterns } from "./podcast-patterns.ts";
import { isReprintNote } from "./reprints.ts";

const matchesBoilerplate = matchesAny([...boilerplatePatterns, ...podcastPatterns]);
const isAffiliateNote = matchesAny(affiliatePatterns);

const notLetter = "(?![\\p{L}\\p{M}])";
/** A slash ends a label only in scripts without spaces: elsewhere it joins words (`photo/video`). */
const separator = "[）)\\]】]? ?(?:[:：／|｜©＝]|(?<=\\p{Lo} ?)/)";
const lead = "^[^\\p{L}\\p{N}]{0,8}";
const pictureLabel = new RegExp(`${lead}${anyOf(pictureLabels)} ?\\d{0,3}${separator}`, "iu");
const authorLabel = new RegExp(`${lead}${anyOf(authorLabels, indexLabels)}${separator}`, "iu");
const noteLabel = new RegExp(`${lead}${anyOf(noteLabels)}${separator}`, "iu");
const pressContact = new RegExp(`${lead}${anyOf(pressContacts)}(?:${separator}|[^\\p{L}\\p{N}]{0,4}$)`, "iu");
const standalone = new RegExp(
  `${lead}${anyOf(standaloneLines, readMorePhrases, readMoreWords)}[^\\p{L}\\p{N}]{0,4}$`,
  "iu",
);
const call = new RegExp(`${lead}(?:${anyOf(callsToAction)}|${anyOf(indexLabels)}$)${notLetter}`, "iu");
const startsCaseless = new RegExp(`^[^\\p{L}\\p{N}]{0,8}[${spacelessLetters}\\p{Script=Hangul}]`, "u");
const caselessCall = new RegExp(`${lead}${anyOf(callsToAction)}`, "iu");
/** UTF-16 code units of a call to action at most. */
const maxCall = 160;

/** Whether a sentence is not part of the text: a caption, byline, date line, credit, call to action, offer or copyright note. */
function isBoilerplate(text: string, title: string): boolean {
  return pictureLabel.test(text) || isLabelled(text) || isAddition(text, title) || isAffiliateNote(text);
}

/** As `isBoilerplate`, for a sentence of a block that `bodyBlocks` yields: a block of one sentence is checked once. */
export function isBoilerplateIn(block: Block, sentence: string, title: string): boolean {
  const isChecked = sentence === block.text && block.kind !== "heading" && sentence.length <= maxAddition;
  return isChecked
    ? pictureLabel.test(sentence) || isAffiliateNote(sentence)
    : isBoilerplate(sentence, title);
}

/** A sentence with a colon (`Source: the leak came from within.`) or an interview, and not a label with a name. */
const isStatement = (text: string): boolean =>
  /[?？]/u.test(text) ||
  (text.length > 50 && /^[^:：]{1,40}[:：]\s+\p{Ll}/u.test(text) && endsAsSentence(text));

/** Boilerplate by its first words, with which a text may also begin. */
function isLabelled(text: string): boolean {
  if (pressContact.test(text) || noteLabel.test(text) || (authorLabel.test(text) && !isStatement(text)))
    return true;
  return text.length <= maxCall && (startsCaseless.test(text) ? caselessCall : call).test(text);
}

/** Boilerplate as a whole. */
function isAddition(text: string, title: string): boolean {
  if (standalone.test(text) || isDateLine(text) || isByline(text) || isReprintNote(text, title)) return true;
  if (matchesBoilerplate(text) || isContribution(text)) return true;
  return isLinkLine(text) || isSupportNote(text) || isSubmission(text);
}

const endMark = /[\p{Sentence_Terminal}…:：][\s"'”’»)\]」』】）》〉]*$/u;

/** Whether a text ends with an end mark or a colon, before any closing quotes and brackets. */
export function endsAsSentence(text: string): boolean {
  return endMark.test(text.slice(-24));
}

/** UTF-16 code units from which a block without an end mark is a sentence, and a heading is a standfirst. */
const minSentence = { latin: 40, han: 15 } as const;
const minStandfirst = { latin: 60, han: 25 } as const;

/** The blocks of the text, in order; if all look like boilerplate, the most likely ones. */
export function* bodyBlocks(blocks: readonly Block[], title: string, han: boolean): Generator<Block> {
  const scale = han ? "han" : "latin";
  const points = pointsOf(blocks, scale);
  const firstParagraph = blocks.findIndex((block) => block.kind === "paragraph" && isSentence(block, scale));
  let found = false;
  for (const [index, block] of blocks.entries()) {
    if (found && pressContact.test(block.text)) return;
    const beginsText = index >= firstParagraph || block.text.length >= minSentence[scale];
    const complete = points.has(block) || (isSentence(block, scale) && beginsText);
    if (!(block.kind === "heading" ? isStandfirst(block, index, scale) : complete)) continue;
    if (!carriesText(block, title, scale)) continue;
    found = true;
    yield block;
  }
  if (!found) yield* rowsOf(blocks.filter((block) => mayCarryText(block, title)));
}

/** The cells of a table's row as one line; cells with sentences stay blocks. A label without a value is left out. */
function* rowsOf(blocks: readonly Block[]): Generator<Block> {
  let last: Block | undefined;
  for (const block of blocks) {
    const joins = last?.row !== undefined && last.row === block.row && !endsAsSentence(last.text);
    if (last !== undefined && !joins) yield last;
    last = joins && last !== undefined ? { ...last, text: `${last.text}, ${block.text}` } : block;
  }
  if (last !== undefined) yield last;
}

type Scale = keyof typeof minSentence;

const isSentence = ({ text }: Block, scale: Scale): boolean =>
  text.length >= minSentence[scale] || endsAsSentence(text);

const isStandfirst = ({ text }: Block, index: number, scale: Scale): boolean =>
  index < 6 && text.length >= minStandfirst[scale];

/** The items of lists with at least one item of a sentence's length. */
function pointsOf(blocks: readonly Block[], scale: Scale): ReadonlySet<Block> {
  const points = new Set<Block>();
  let list: Block[] = [];
  for (const block of [...blocks, undefined]) {
    if (block?.kind === "item") {
      list.push(block);
      continue;
    }
    const isText = list.some(({ text, linked }) => text.length >= minSentence[scale] && linked <= 0.6);
    if (isText) for (const point of list) points.add(point);
    list = [];
  }
  return points;
}

function carriesText(block: Block, title: string, scale: Scale): boolean {
  const { text, kind } = block;
  if (block.aside || block.labelled || block.small || kind === "cell") return false;
  if (block.linked > 0.6 && text.length < 4 * minSentence[scale]) return false;
  if (kind === "heading") return true;
  if (isLabelled(text) || isShortAddition(text, title) || isCaption(text)) return false;
  return text.length > maxCaption || !pictureLabel.test(text);
}

/** UTF-16 code units up to which a block can be boilerplate as a whole; longer blocks are checked by sentence. */
const maxAddition = 400;

const isShortAddition = (text: string, title: string): boolean =>
  text.length <= maxAddition && isAddition(text, title);

/** UTF-16 code units up to which a block that begins with a picture's credit is a caption. */
const maxCaption = 120;

/** Short notes, and texts in a table or under a misleading class; never captions, listings and menus. */
function mayCarryText(block: Block, title: string): boolean {
  if (block.aside || block.small || block.kind === "heading") return false;
  const { text, linked } = block;
  if (linked >= 0.9 || text === title || isCaption(text) || pictureLabel.test(text)) return false;
  return !isLabelled(text) && !isShortAddition(text, title);
}

/** Letters and digits from which a text that begins like boilerplate is better than none. */
const minSpared = { latin: 40, han: 18 } as const;

/** Blocks that look like boilerplate only by their first words or their credit, and are long enough to be text. */
export function sparedBlocks(blocks: readonly Block[], title: string): readonly Block[] {
  const heading = comparable(title);
  return blocks.filter(({ aside, linked, text }) => {
    if (aside || linked > 0.6 || isAddition(text, title)) return false;
    if (heading !== "" && comparable(text).startsWith(heading)) return false;
    return text.replace(/[^\p{L}\p{N}]/gu, "").length > minSpared[isHan(text) ? "han" : "latin"];
  });
}
