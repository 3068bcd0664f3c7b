import type { EntryFacts, Sentence } from "./sentence.ts";
import { endsAsSentence } from "./boilerplate.ts";
import { bare, isHan } from "./plain.ts";

/** Letters and digits that two texts must share from the start on for one to be the start of the other. */
const SHARED = 24;

/** Letters from which a text without an end mark may be a description, and words (in Chinese and Japanese letters) from which one with it is. */
const TELLING = { latin: { letters: 25, words: 3 }, han: { letters: 10, words: 5 } } as const;

/**
 * Whether a description says something of its own: it is more than a word, a name, a link or a list of tags,
 * and neither the start of the content (whole or cut) nor the title or an author again. Both are given without their boilerplate.
 */
export function ownDescription(
  own: readonly Sentence[],
  content: readonly Sentence[],
  { title, authors }: EntryFacts,
): boolean {
  const shown = own.map((sentence) => sentence.text).join(" ");
  const text = bare(shown);
  if (text === "" || text === bare(title) || !tells(shown)) return false;
  if (authors.some((author) => bare(author) === text)) return false;
  const start = bare(content.map((sentence) => sentence.text).join(" "));
  return !start.includes(text.slice(0, Math.max(SHARED, Math.floor(text.length * 0.6))));
}

const links = /(?:https?:\/\/|www\.)\S+|(?<!\S)[#@]\S+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}/gu;
const separators = /[,;|·•/、，；]/u;

function tells(text: string): boolean {
  const words = text.replace(links, " ").trim();
  const letters = bare(words).length;
  const least = TELLING[isHan(words) ? "han" : "latin"];
  if (endsAsSentence(words))
    return isHan(words) ? letters >= least.words : words.split(/\s+/u).length >= least.words;
  return letters >= least.letters && !isList(words);
}

/** Three parts or more, none longer than three words: categories, names, key words. */
function isList(text: string): boolean {
  const parts = text.split(separators);
  return (
    parts.length >= 3 && parts.every((part) => part.trim().split(/\s+/u).length <= 3 && part.length <= 24)
  );
}
