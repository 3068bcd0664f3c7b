import { decodeEntities, type Declared } from "../text/entities.ts";

/** Index after the name that starts at `from`: white space, `/`, `>` and `<` end it. */
export function nameEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit <= 32 || unit === 62 || unit === 47 || unit === 60) break;
  }
  return at;
}

/** Whether a tag's name may start with this code unit: a letter, `_`, `:` or any non-ASCII character. */
export function startsName(unit: number): boolean {
  const letter = unit | 32;
  return (letter >= 97 && letter <= 122) || unit === 95 || unit === 58 || unit > 127;
}

/**
 * Index of the `>` that ends the tag whose name ends at `from`, or -1. A quoted value may contain `>`. If a quote is
 * not closed before the next `<`, the first `>` ends the tag.
 */
export function tagEnd(text: string, from: number): number {
  if (text.charCodeAt(from) === 62) return from;
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 62) return at;
    // An unclosed tag ends before the next one.
    if (unit === 60) return at - 1;
    if (unit !== 34 && unit !== 39) continue;
    // A quote opens a value only after `=`; elsewhere it is an error.
    if (!followsEquals(text, at, from)) continue;
    const pair = text.indexOf(unit === 34 ? '"' : "'", at + 1);
    if (pair < 0) return text.indexOf(">", at);
    const opened = text.slice(at + 1, pair).indexOf("<");
    if (opened >= 0 && text.slice(at + 1, at + 1 + opened).includes(">")) return text.indexOf(">", at);
    at = pair;
  }
  return -1;
}

function followsEquals(text: string, quote: number, from: number): boolean {
  let at = quote - 1;
  while (at > from && text.charCodeAt(at) <= 32) at--;
  return text.charCodeAt(at) === 61;
}

export type TagAttributes = ReadonlyMap<string, string>;

const none: TagAttributes = new Map();

/**
 * The attributes of a tag, with lower-case names; of duplicates the first wins; values may be unquoted. `raw` is the
 * tag's text between name and `>`.
 */
export function attributesOf(
  raw: string,
  decode: (raw: string) => string,
  declared?: Declared,
): TagAttributes {
  if (raw.length < 3) return none;
  const found = new Map<string, string>();
  let at = 0;
  while (at < raw.length) {
    while (at < raw.length && (raw.charCodeAt(at) <= 32 || raw.charCodeAt(at) === 47)) at++;
    const start = at;
    while (
      at < raw.length &&
      raw.charCodeAt(at) > 32 &&
      raw.charCodeAt(at) !== 61 &&
      raw.charCodeAt(at) !== 47
    )
      at++;
    const name = raw.slice(start, at).toLowerCase();
    while (at < raw.length && raw.charCodeAt(at) <= 32) at++;
    if (raw.charCodeAt(at) !== 61) {
      if (at === start) at++;
      continue;
    }
    at++;
    while (at < raw.length && raw.charCodeAt(at) <= 32) at++;
    const quote = raw.charCodeAt(at);
    let from = at;
    let to: number;
    if (quote === 34 || quote === 39) {
      from = at + 1;
      const pair = raw.indexOf(quote === 34 ? '"' : "'", from);
      to = pair < 0 ? raw.length : pair;
      at = to + 1;
    } else {
      while (at < raw.length && raw.charCodeAt(at) > 32) at++;
      to = at;
      if (at === raw.length && raw.charCodeAt(at - 1) === 47) to--;
    }
    if (name !== "" && !found.has(name))
      found.set(name, decodeEntities(decode(raw.slice(from, to)), declared));
  }
  return found;
}
