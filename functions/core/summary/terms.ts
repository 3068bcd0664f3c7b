import { latinStopWords } from "./language/stop-words.ts";
import { classOf, letterClass } from "./letter-class.ts";

const stopWords = new Set(latinStopWords.flatMap(({ words }) => Array.from(words)));

/** Numbers the terms of the texts of one entry, equal terms alike, from 0 on. */
export interface Vocabulary {
  /** The different terms of a text in order: content words, and pairs of characters in scripts without spaces. */
  termsOf(text: string): readonly number[];
  /** How many different terms were found so far. */
  size(): number;
}

/** A vocabulary for the texts of one entry. */
export function newVocabulary(): Vocabulary {
  /** By word; -1 for stop words. */
  const words = new Map<string, number>();
  const pairs = new Map<number, number>();
  /** By term, the last text that holds it. */
  const lastText: number[] = [];
  let texts = 0;

  const add = (): number => lastText.push(0) - 1;
  const wordTerm = (word: string): number => {
    let term = words.get(word);
    if (term === undefined) {
      term = word.length < 2 || stopWords.has(word) ? -1 : add();
      words.set(word, term);
    }
    return term;
  };
  const pairTerm = (first: number, second: number): number => {
    const key = first * 0x11_0000 + second;
    let term = pairs.get(key);
    if (term === undefined) pairs.set(key, (term = add()));
    return term;
  };

  return {
    size: () => lastText.length,
    termsOf(text) {
      texts += 1;
      const terms: number[] = [];
      const push = (term: number) => {
        if (term < 0 || lastText[term] === texts) return;
        lastText[term] = texts;
        terms.push(term);
      };
      let wordStart = -1;
      let previous = 0;
      for (let at = 0; at <= text.length; at += 1) {
        const code = text.codePointAt(at) ?? 0;
        const found = classOf(code);
        if (found === letterClass.word) {
          if (wordStart < 0) wordStart = at;
        } else if (wordStart >= 0) {
          push(wordTerm(text.slice(wordStart, at).toLowerCase()));
          wordStart = -1;
        }
        if (found === letterClass.spaceless && previous !== 0) push(pairTerm(previous, code));
        previous = found === letterClass.spaceless ? code : 0;
        if (code > 0xffff) at += 1;
      }
      return terms;
    },
  };
}
