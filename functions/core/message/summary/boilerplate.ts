import type { Block } from "./blocks.ts";
import {
  alone,
  authorLabels,
  indexLabels,
  invitations,
  patterns,
  pictureLabels,
  teasers,
  type Words,
} from "./phrases.ts";

const creditLabels = new Set(
  "caption captions credit credits byline bylines dateline photocredit imagecaption figcaption".split(" "),
);
const boxLabels = new Set(
  (
    "share sharing sharedaddy social related promo promotion newsletter subscribe subscription signup advert advertisement " +
    "ads sponsor sponsored disclaimer copyright breadcrumb breadcrumbs tags tagcloud comments toc footnotes relatedposts"
  ).split(" "),
);

/**
 * What a class or id says of its element: a `credit` (caption, byline) is never the text; a `box` (share bar, newsletter,
 * related stories) is not, unless nothing else is.
 */
export function labelOf(name: string | undefined): "credit" | "box" | undefined {
  if (name === undefined || name === "") return undefined;
  const words = name
    .slice(0, 300)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);
  if (words.some((word) => creditLabels.has(word))) return "credit";
  return words.some((word) => boxLabels.has(word)) ? "box" : undefined;
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
/** Longest first, so that no word hides a longer one that begins with it. */
const anyOf = (words: Words): string =>
  `(?:${Object.values(words)
    .flatMap((line) => line.split("|"))
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join("|")})`;

const notLetter = "(?![\\p{L}\\p{M}])";
const separator = "[）)\\]】]? ?[:：/／|｜©＝]";
const lead = "^[^\\p{L}\\p{N}]{0,8}";
const pictured = new RegExp(`${lead}${anyOf(pictureLabels)} ?\\d{0,3}${separator}`, "iu");
const signed = new RegExp(`${lead}(?:${anyOf(authorLabels)}|${anyOf(indexLabels)})${separator}`, "iu");
const single = new RegExp(`${lead}${anyOf(alone)}[^\\p{L}\\p{N}]{0,4}$`, "iu");
const invites = new RegExp(`${lead}(?:${anyOf(invitations)}|${anyOf(indexLabels)}$)${notLetter}`, "iu");
const invitesSolid =
  /^[^\p{L}\p{N}]{0,8}[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Hangul}]/u;
/** UTF-16 code units above which a text that begins with an invitation says more than that. */
const INVITATION = 160;

/** Whether a block or a sentence says nothing of the matter: a caption, a byline, a date line, a credit, an invitation, rights. */
export function isBoilerplate(text: string): boolean {
  return pictured.test(text) || isNote(text);
}

/** The same, but for captions. */
function isNote(text: string): boolean {
  if (signed.test(text) || single.test(text)) return true;
  if (text.length <= INVITATION && (invitesSolid.test(text) ? solidInvites : invites).test(text)) return true;
  return patterns.some((pattern) => pattern.test(text));
}

const solidInvites = new RegExp(`${lead}${anyOf(invitations)}`, "iu");

const cutMark =
  /\s*[[(（【]\s*(?:…|\.\.\.|(?:more|mehr|suite|más|mais|далее|全文)\s*(?:…|\.\.\.)?)\s*[\])）】]\s*[→»>]*$/iu;
const pointing = new RegExp(
  `\\s*(?:…|\\.\\.\\.)?\\s*[[(（]?${anyOf(teasers)} ?(?:…|\\.\\.\\.|[→»›>]+)[\\])）]?$`,
  "iu",
);
const afterEnd = new RegExp(
  `(?<=[\\p{Sentence_Terminal}…”"»」』）)\\]] ?)[[(（]?${anyOf(teasers)}[\\])）]?[.:]?$`,
  "iu",
);

/** The text without the invitations to read on that its end carries, such as `Read more…` or `[…]`; a cut that they hid shows as `…`. */
export function withoutTeaser(text: string): string {
  let rest = text;
  for (;;) {
    const tail = rest.slice(-TAIL);
    const shorter = tail.replace(cutMark, "").replace(pointing, "").replace(afterEnd, "").trimEnd();
    if (shorter === tail)
      return rest === text || rest === "" || endsAsSentence(rest) || thai.test(rest) ? rest : `${rest}…`;
    rest = rest.slice(0, rest.length - tail.length) + shorter;
  }
}

const TAIL = 80;
/** Thai has no end marks whose absence would tell of a cut. */
const thai = /\p{Script=Thai}$/u;

const endMark = /[\p{Sentence_Terminal}…:：][\s"'”’»)\]」』】）》〉]*$/u;

/** Whether a text ends with an end mark, a colon included, closing quotes and brackets aside. */
export function endsAsSentence(text: string): boolean {
  return endMark.test(text);
}

/** Characters below which a block without an end mark is no sentence, and above which a heading is a standfirst. */
const SHORT = { latin: 40, han: 15 } as const;
const STANDFIRST = { latin: 60, han: 25 } as const;

/** The blocks that carry the text itself, in order; where all look like something beside it, the least unlikely ones. */
export function* bodyBlocks(blocks: readonly Block[], title: string, han: boolean): Generator<Block> {
  const scale = han ? "han" : "latin";
  const firstParagraph = blocks.findIndex((block) => block.kind === "paragraph" && isSentence(block, scale));
  let found = false;
  for (const [index, block] of blocks.entries()) {
    if (!carriesText(block, index, scale, firstParagraph)) continue;
    found = true;
    yield block;
  }
  if (!found) yield* blocks.filter((block) => mayCarryText(block, title));
}

type Scale = keyof typeof SHORT;

function isSentence({ text }: Block, scale: Scale): boolean {
  return text.length >= SHORT[scale] || endsAsSentence(text);
}

function carriesText(block: Block, index: number, scale: Scale, firstParagraph: number): boolean {
  const { text, kind } = block;
  if (block.aside || block.labelled || block.small || kind === "cell") return false;
  if (block.linked > 0.6 && text.length < 4 * SHORT[scale]) return false;
  if (kind === "heading") return index < 6 && text.length >= STANDFIRST[scale];
  if (!isSentence(block, scale)) return false;
  if (index < firstParagraph && text.length < SHORT[scale]) return false;
  return !isNote(text) && (text.length > CAPTION || !pictured.test(text));
}

/** UTF-16 code units above which a block that begins with a picture's credit goes on to tell the story. */
const CAPTION = 120;

/** Notes of a few words, bodies in a table or in a wrapper with a misleading class; never captions, listings and menus. */
function mayCarryText(block: Block, title: string): boolean {
  if (block.aside || block.small || block.kind === "heading") return false;
  return block.linked < 0.9 && block.text !== title && !isBoilerplate(block.text);
}
