/** The marks that close a quotation, by the mark that opens it. */
const closersOf: Readonly<Record<string, string>> = {
  "“": "”",
  "„": "“”",
  "‟": "”",
  "”": "”",
  "«": "»",
  "»": "«",
  '"': '"',
  "＂": "＂",
};

const mark = /["“”„‟«»＂]/gu;

/** An em dash joined to the words on both sides, which a hyphen in its place would make one word. */
const joinedDash = /(?<=[^\s—―])[—―]{1,2}(?=[^\s—―])/gu;
const space = /^[\s\u00A0\u202F]$/u;

/**
 * Double quotation marks as `"`, so that pairs stay pairs: the spaces that French puts inside go, and a mark without its
 * partner between two spaces is a dash. An em dash between two words gets the spaces that keep them apart.
 */
export function plainQuotesAndDashes(text: string): string {
  const characters = Array.from(text.replace(joinedDash, " — "));
  const open: number[] = [];
  for (const [at, character] of characters.entries()) {
    if (closersOf[character] === undefined) continue;
    const last = open.at(-1);
    if (last !== undefined && closersOf[characters[last]!]!.includes(character)) {
      open.pop();
      if (isSpace(characters[last + 1]) && last + 1 < at - 1) characters[last + 1] = "";
      if (isSpace(characters[at - 1])) characters[at - 1] = "";
    } else open.push(at);
  }
  for (const at of open) if (isSpace(characters[at - 1]) && isSpace(characters[at + 1])) characters[at] = "-";
  return characters.join("").replace(mark, '"');
}

const isSpace = (character: string | undefined): boolean => character !== undefined && space.test(character);
