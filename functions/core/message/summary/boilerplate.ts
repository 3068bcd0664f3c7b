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

/** The blocks that carry the text itself, in order. */
export function bodyBlocks(blocks: readonly Block[], title: string, han: boolean): Block[] {
  const scale = han ? "han" : "latin";
  const firstParagraph = blocks.findIndex((block) => block.kind === "paragraph");
  return blocks.filter((block, index) => {
    const { text } = block;
    if (block.aside || block.labelled || block.small) return false;
    if (block.linked > 0.6 && text.length < 4 * SHORT[scale]) return false;
    if (block.kind === "heading") return index < 6 && text.length >= STANDFIRST[scale] && text !== title;
    if (isBoilerplate(text)) return false;
    if (text.length < SHORT[scale] && !endsAsSentence(text)) return false;
    return !(index < firstParagraph && text.length < SHORT[scale]);
  });
}
