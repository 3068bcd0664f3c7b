import type { Block } from "./block.ts";
import { isByline } from "./bylines.ts";
import { isCaption } from "./credits.ts";
import { isDateLine } from "./date-lines.ts";
import { notices } from "./notices.ts";
import { oneOf } from "./one-of.ts";
import {
  alone,
  authorLabels,
  contacts,
  indexLabels,
  invitations,
  noteLabels,
  pictureLabels,
  pointers,
  teasers,
} from "./phrases.ts";
import { bare, isHan } from "./plain.ts";
import { isSubmission } from "./preambles.ts";
import { offers } from "./offers.ts";
import { podcastNotes } from "./podcasts.ts";
import { isReprintNote } from "./reprints.ts";
import { anyOf } from "./word-list.ts";

const isNotice = oneOf([...notices, ...podcastNotes]);
const isOffer = oneOf(offers);

const notLetter = "(?![\\p{L}\\p{M}])";
/** A slash parts a label from a name only where words are not joined by it (`photo/video`). */
const separator = "[）)\\]】]? ?(?:[:：／|｜©＝]|(?<=\\p{Lo} ?)/)";
const lead = "^[^\\p{L}\\p{N}]{0,8}";
const pictured = new RegExp(`${lead}${anyOf(pictureLabels)} ?\\d{0,3}${separator}`, "iu");
const signed = new RegExp(`${lead}${anyOf(authorLabels, indexLabels)}${separator}`, "iu");
const noted = new RegExp(`${lead}${anyOf(noteLabels)}${separator}`, "iu");
const contact = new RegExp(`${lead}${anyOf(contacts)}(?:${separator}|[^\\p{L}\\p{N}]{0,4}$)`, "iu");
const single = new RegExp(`${lead}${anyOf(alone, teasers, pointers)}[^\\p{L}\\p{N}]{0,4}$`, "iu");
const invites = new RegExp(`${lead}(?:${anyOf(invitations)}|${anyOf(indexLabels)}$)${notLetter}`, "iu");
const invitesSolid =
  /^[^\p{L}\p{N}]{0,8}[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Hangul}]/u;
const solidInvites = new RegExp(`${lead}${anyOf(invitations)}`, "iu");
/** UTF-16 code units above which a text that begins with an invitation says more than that. */
const INVITATION = 160;

/** Whether a sentence says nothing of the matter: a caption, a byline, a date line, a credit, an invitation, an offer, rights. */
export function isBoilerplate(text: string, title: string): boolean {
  return pictured.test(text) || isLabelled(text) || isAddition(text, title) || isOffer(text);
}

/** A headline with its own colon (`Source: the leak came from within.`) or an interview: names begin with a capital, and ask nothing. */
const isStatement = (text: string): boolean =>
  /[?？]/u.test(text) ||
  (text.length > 50 && /^[^:：]{1,40}[:：]\s+\p{Ll}/u.test(text) && endsAsSentence(text));

/** By its first words, which a text may also begin with. */
function isLabelled(text: string): boolean {
  if (contact.test(text) || noted.test(text) || (signed.test(text) && !isStatement(text))) return true;
  return text.length <= INVITATION && (invitesSolid.test(text) ? solidInvites : invites).test(text);
}

/** By the whole of it. */
function isAddition(text: string, title: string): boolean {
  if (single.test(text) || isDateLine(text) || isByline(text) || isReprintNote(text, title)) return true;
  return isNotice(text) || isSubmission(text);
}

const endMark = /[\p{Sentence_Terminal}…:：][\s"'”’»)\]」』】）》〉]*$/u;

/** Whether a text ends with an end mark, a colon included, closing quotes and brackets aside. */
export function endsAsSentence(text: string): boolean {
  return endMark.test(text.slice(-24));
}

/** Characters below which a block without an end mark is no sentence, and above which a heading is a standfirst. */
const SHORT = { latin: 40, han: 15 } as const;
const STANDFIRST = { latin: 60, han: 25 } as const;

/** The blocks that carry the text itself, in order; where all look like something beside it, the least unlikely ones. */
export function* bodyBlocks(blocks: readonly Block[], title: string, han: boolean): Generator<Block> {
  const scale = han ? "han" : "latin";
  const points = pointsOf(blocks, scale);
  const firstParagraph = blocks.findIndex((block) => block.kind === "paragraph" && isSentence(block, scale));
  let found = false;
  for (const [index, block] of blocks.entries()) {
    if (found && contact.test(block.text)) return;
    const beginsText = index >= firstParagraph || block.text.length >= SHORT[scale];
    const complete = points.has(block) || (isSentence(block, scale) && beginsText);
    if (!(block.kind === "heading" ? isStandfirst(block, index, scale) : complete)) continue;
    if (!carriesText(block, title, scale)) continue;
    found = true;
    yield block;
  }
  if (!found) yield* rowsOf(blocks.filter((block) => mayCarryText(block, title)));
}

/** The cells of a row of figures read as one line; those that hold sentences are blocks of their own. */
function* rowsOf(blocks: readonly Block[]): Generator<Block> {
  let last: Block | undefined;
  for (const block of blocks) {
    const joins = last?.row !== undefined && last.row === block.row && !endsAsSentence(last.text);
    if (last !== undefined && !joins) yield last;
    last = joins && last !== undefined ? { ...last, text: `${last.text}, ${block.text}` } : block;
  }
  if (last !== undefined) yield last;
}

type Scale = keyof typeof SHORT;

const isSentence = ({ text }: Block, scale: Scale): boolean =>
  text.length >= SHORT[scale] || endsAsSentence(text);

const isStandfirst = ({ text }: Block, index: number, scale: Scale): boolean =>
  index < 6 && text.length >= STANDFIRST[scale];

/** The points of lists that say something: beside one of a sentence's length the others are as short as they please. */
function pointsOf(blocks: readonly Block[], scale: Scale): ReadonlySet<Block> {
  const points = new Set<Block>();
  let list: Block[] = [];
  for (const block of [...blocks, undefined]) {
    if (block?.kind === "item") {
      list.push(block);
      continue;
    }
    const tells = list.some(({ text, linked }) => text.length >= SHORT[scale] && linked <= 0.6);
    if (tells) for (const point of list) points.add(point);
    list = [];
  }
  return points;
}

function carriesText(block: Block, title: string, scale: Scale): boolean {
  const { text, kind } = block;
  if (block.aside || block.labelled || block.small || kind === "cell") return false;
  if (block.linked > 0.6 && text.length < 4 * SHORT[scale]) return false;
  if (kind === "heading") return true;
  if (isLabelled(text) || isShortAddition(text, title) || isCaption(text)) return false;
  return text.length > CAPTION || !pictured.test(text);
}

/** UTF-16 code units above which a block is looked at sentence by sentence: what a publisher adds is short. */
const ADDITION = 400;

const isShortAddition = (text: string, title: string): boolean =>
  text.length <= ADDITION && isAddition(text, title);

/** UTF-16 code units above which a block that begins with a picture's credit goes on to tell the story. */
const CAPTION = 120;

/** Notes of a few words, bodies in a table or in a wrapper with a misleading class; never captions, listings and menus. */
function mayCarryText(block: Block, title: string): boolean {
  if (block.aside || block.small || block.kind === "heading") return false;
  const { text, linked } = block;
  if (linked >= 0.9 || text === title || isCaption(text) || pictured.test(text)) return false;
  return !isLabelled(text) && !isShortAddition(text, title);
}

/** Letters and digits from which a text that only begins like boilerplate is worth more than none. */
const SPARED = { latin: 40, han: 18 } as const;

/** Of blocks that all look like something beside a text, those that may be one after all: long enough, and in doubt by their first words or their credit alone. */
export function sparedBlocks(blocks: readonly Block[], title: string): readonly Block[] {
  const heading = bare(title);
  return blocks.filter(({ aside, linked, text }) => {
    if (aside || linked > 0.6 || isAddition(text, title)) return false;
    if (heading !== "" && bare(text).startsWith(heading)) return false;
    return text.replace(/[^\p{L}\p{N}]/gu, "").length > SPARED[isHan(text) ? "han" : "latin"];
  });
}
