import type { EntryFacts, Sentence } from "./sentence.ts";
import { endsAsSentence } from "./boilerplate.ts";
import { comparable, isHan } from "./plain.ts";

/** Letters and digits that must be equal for a text to count as the start of another. */
const minShared = 24;

/** Letters of a description without an end mark at least; words (letters in Chinese and Japanese) of one with it. */
const minText = { latin: { letters: 25, words: 3 }, han: { letters: 10, words: 5 } } as const;

/**
 * Whether a description is a summary written for the entry: more than a word, a name, a link or a list of tags, and neither
 * the start of the content (whole or cut) nor a repetition of the title or an author. Both texts come without boilerplate.
 */
export function ownDescription(
  own: readonly Sentence[],
  content: readonly Sentence[],
  { title, authors }: EntryFacts,
): boolean {
  const shown = own.map((sentence) => sentence.text).join(" ");
  const text = comparable(shown);
  if (text === "" || text === comparable(title) || !isText(shown)) return false;
  if (authors.some((author) => comparable(author) === text)) return false;
  const start = comparable(content.map((sentence) => sentence.text).join(" "));
  return !start.includes(text.slice(0, Math.max(minShared, Math.floor(text.length * 0.6))));
}

const links =
  /(?:https?:\/\/|www\.)\S+|(?<!\S)[#@]\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}/gu;
const separators = /[,;|·•/、，；]/u;

function isText(text: string): boolean {
  const words = text.replace(links, " ").trim();
  const letters = comparable(words).length;
  const minimum = minText[isHan(words) ? "han" : "latin"];
  if (endsAsSentence(words))
    return isHan(words) ? letters >= minimum.words : words.split(/\s+/u).length >= minimum.words;
  return letters >= minimum.letters && !isList(words);
}

/** At minimum three parts of at most three words each: categories, names, keywords. */
function isList(text: string): boolean {
  const parts = text.split(separators);
  return (
    parts.length >= 3 && parts.every((part) => part.trim().split(/\s+/u).length <= 3 && part.length <= 24)
  );
}
