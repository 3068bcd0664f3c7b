import { characterClass, classAt, withoutMarks } from "./characters.ts";
import { topicWords } from "./topic-words.ts";

/** Letters of a word that its inflected forms and compounds share. */
const stemLength = 6;
const hangulStemLength = 3;
/** The first Hangul letter. */
const firstHangul = 0x1100;

/** The key of a word as tokens have it. */
export const keyOfWord = (word: string): string => stem(withoutMarks(word));

/** `plain`: in lower case, without diacritics. */
export function stem(plain: string): string {
  // Letters and digits together are a product or a code: every character counts.
  if (/\d/.test(plain)) return plain;
  const isHangul = plain.charCodeAt(0) >= firstHangul && /^\p{Script=Hangul}/u.test(plain);
  return plain.slice(0, isHangul ? hangulStemLength : stemLength);
}

const topics = new Map<string, ReadonlySet<string>>();

/** Keys of tokens that say what kind of event a report is about rather than which one. `language`: primary subtag. */
export function topicKeys(language: string): ReadonlySet<string> {
  const before = topics.get(language);
  if (before) return before;
  const words = topicWords[language];
  const keys = new Set(
    words?.split(" ").map((word) => (classAt(word, 0) > characterClass.digit ? word : keyOfWord(word))),
  );
  if (words) topics.set(language, keys);
  return keys;
}
