import { characterClass, classAt } from "./characters.ts";
import { eventWords } from "./event-words.ts";
import { keyOfWord } from "./word-keys.ts";

/** How much a report says of each kind of event, by the kind's number in `eventWords`. */
export type EventKinds = ReadonlyMap<number, number>;

/** Kinds by the keys of their words. */
export type KindsByKey = ReadonlyMap<string, readonly number[]>;

const languages = new Map<string, KindsByKey>();
const none: KindsByKey = new Map();

/** The kinds that a token's key may mean. `language`: primary subtag. */
export function kindsByKey(language: string): KindsByKey {
  const lists = eventWords[language];
  if (!lists) return none;
  const before = languages.get(language);
  if (before) return before;
  const kinds = new Map<string, number[]>();
  for (const [kind, words] of lists.entries())
    for (const word of words.split(" ")) {
      const key = classAt(word, 0) > characterClass.digit ? word : keyOfWord(word);
      const others = kinds.get(key);
      if (!others) kinds.set(key, [kind]);
      else if (!others.includes(kind)) others.push(kind);
    }
  languages.set(language, kinds);
  return kinds;
}

/** Adds the kinds that a word may mean; one that may mean several counts less for each. */
export function addKinds(
  found: Map<number, number>,
  kinds: readonly number[] | undefined,
  count: number,
): void {
  if (kinds === undefined) return;
  for (const kind of kinds) found.set(kind, (found.get(kind) ?? 0) + count / kinds.length);
}

/** Cosine of the kinds of two reports; `undefined` where one of them has none. */
export function similarityOf(a: EventKinds, b: EventKinds): number | undefined {
  if (a.size === 0 || b.size === 0) return undefined;
  let product = 0;
  for (const [kind, count] of a) product += count * (b.get(kind) ?? 0);
  return product / Math.sqrt(lengthOf(a) * lengthOf(b));
}

function lengthOf(kinds: EventKinds): number {
  let sum = 0;
  for (const count of kinds.values()) sum += count * count;
  return sum;
}
