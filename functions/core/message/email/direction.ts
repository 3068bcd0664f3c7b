/** Right-to-left scripts (UAX #9, bidirectional classes R and AL). */
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\p{Script=Mende_Kikakui}\p{Script=Yezidi}]/u;

/** First strong isolate and pop directional isolate (UAX #9, 2.4 and 2.5). */
export const FSI = "\u2068";
export const PDI = "\u2069";
const RLI = "\u2067";
const RLM = "\u200F";

/**
 * Whether more than half of the letters belong to right-to-left scripts. The first letter (UAX #9, P2) is not enough:
 * an Arabic headline may start with a Latin product name.
 */
export function isRightToLeft(text: string): boolean {
  if (!rightToLeft.test(text)) return false;
  let balance = 0;
  for (const [letter] of text.matchAll(/\p{L}/gu)) balance += rightToLeft.test(letter) ? 1 : -1;
  return balance > 0;
}

/**
 * Text of a feed within a line of our own words. Text with right-to-left letters is isolated, so that it does not
 * reorder the words and numbers around it (UAX #9, 2.4); other text is returned unchanged.
 */
export function isolate(text: string): string {
  return rightToLeft.test(text) ? FSI + text + PDI : text;
}

/**
 * A whole line of a right-to-left paragraph. The mark sets the direction in mail clients that use the first strong
 * character; the isolate keeps the order in clients that treat every line as left-to-right. `before` is a prefix such
 * as a number.
 */
export function rightToLeftLine(text: string, before = ""): string {
  return text === "" ? before : RLM + before + RLI + text + PDI;
}

/**
 * A line of an SMS, which has no room for isolates. Telephones take the direction of a line from its first letter
 * (UAX #9, P2), so a right-to-left line that starts with a left-to-right word gets a mark in front.
 */
export function withDirectionMark(line: string): string {
  const [first = ""] = /\p{L}/u.exec(line) ?? [];
  return isRightToLeft(line) && !rightToLeft.test(first) ? RLM + line : line;
}
