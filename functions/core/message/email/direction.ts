/** Scripts that are written from right to left (UAX #9, bidirectional classes R and AL). */
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\p{Script=Mende_Kikakui}\p{Script=Yezidi}]/u;

/** First strong isolate, and the mark that ends one (UAX #9, 2.4 and 2.5). */
export const FSI = "\u2068";
export const PDI = "\u2069";
const RLI = "\u2067";
const RLM = "\u200F";

/**
 * Whether more than half of the letters are of right-to-left scripts. Not the first letter alone (UAX #9, P2): an
 * Arabic headline that begins with the name of a product is still Arabic.
 */
export function isRightToLeft(text: string): boolean {
  let balance = 0;
  for (const [letter] of text.matchAll(/\p{L}/gu)) balance += rightToLeft.test(letter) ? 1 : -1;
  return balance > 0;
}

/**
 * Text of a feed inside a line of other words: where it has right-to-left letters it stands in an isolate, so that
 * it orders neither the words nor the numbers around it (UAX #9, 2.4). Other text is returned as it is.
 */
export function inline(text: string): string {
  return rightToLeft.test(text) ? FSI + text + PDI : text;
}

/**
 * A line of its own that belongs to a right-to-left paragraph: the mark gives the line its direction in mail
 * clients that look for the first strong character, the isolate keeps its order in those that take every line of
 * plain text as left-to-right. `before` is what stands in front of the text, such as a number.
 */
export function rightToLeftLine(text: string, before = ""): string {
  return text === "" ? before : RLM + before + RLI + text + PDI;
}

/**
 * A line of an SMS, which has no room for isolates: a right-to-left line that begins with a word of another direction,
 * such as the name of a product, gets a mark in front, since telephones direct a line by its first letter (UAX #9, P2).
 */
export function directed(line: string): string {
  const [first = ""] = /\p{L}/u.exec(line) ?? [];
  return isRightToLeft(line) && !rightToLeft.test(first) ? RLM + line : line;
}
