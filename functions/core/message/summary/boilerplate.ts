import type { Block } from "./blocks.ts";
import { phrases, teasers } from "./phrases.ts";

const labels = new Set(
  (
    "caption captions credit credits byline bylines dateline share sharing sharedaddy social related promo promotion " +
    "newsletter subscribe subscription signup advert advertisement ads sponsor sponsored disclaimer copyright " +
    "breadcrumb breadcrumbs tags tagcloud comments toc jp-relatedposts footnotes photocredit imagecaption"
  ).split(" "),
);

/** Whether a class or id says that its element stands beside the text: a caption, byline, share bar, newsletter box. */
export function saysAside(name: string | undefined): boolean {
  if (name === undefined || name === "") return false;
  const words = name
    .slice(0, 300)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => labels.has(word));
}

/** Whether a whole block (or sentence) says nothing of the matter: a credit, a date line, an invitation to subscribe, a copyright. */
export function isBoilerplate(text: string): boolean {
  return phrases.some((phrase) => phrase.test(text));
}

/** The text without the invitations to read on that its end carries, such as `Read more…` or `[…]`. */
export function withoutTeaser(text: string): string {
  let rest = text;
  for (;;) {
    const before = rest;
    for (const teaser of teasers) rest = rest.replace(teaser, "").trimEnd();
    if (rest === before) return rest;
  }
}

const endMark = /[\p{Sentence_Terminal}…:：][\s"'”’»)\]」』】）》〉]*$/u;

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
  return !isBoilerplate(text);
}

/** Notes of a few words, bodies in a table or in a wrapper with a misleading class; never captions, listings and menus. */
function mayCarryText(block: Block, title: string): boolean {
  if (block.aside || block.small || block.kind === "heading") return false;
  return block.linked < 0.9 && block.text !== title && !isBoilerplate(block.text);
}
