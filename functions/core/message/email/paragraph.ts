import { graphemesOf } from "../../graphemes.ts";
import { FSI, PDI, isolate, isRightToLeft, rightToLeftLine } from "./direction.ts";
import { limits } from "./mail-limits.ts";

/** The end of a sentence, with the marks that close it. */
const sentenceEnd = /[.!?…][)\]”’»"']? |[。！？][）」』”’]?/gu;

/** Bytes of the direction marks that a line can get. */
const markBytes = 12;

/** The last grapheme boundary within `max` bytes of UTF-8; a code point boundary if the first grapheme is longer. */
function graphemeEnd(text: string, max: number): number {
  let end = 0;
  let bytes = 0;
  // A UTF-16 code unit has at least one byte.
  for (const { segment } of graphemesOf(text.slice(0, max + 64))) {
    bytes += Buffer.byteLength(segment);
    if (bytes > max) break;
    end += segment.length;
  }
  if (end > 0) return end;
  for (const character of text) {
    if (Buffer.byteLength(text.slice(0, end + character.length)) > max) break;
    end += character.length;
  }
  return end;
}

/** Where a text breaks: after the last sentence in the second half, else at the last space there, else between graphemes. */
function breakBefore(text: string, end: number): number {
  let sentence = 0;
  for (const { index, 0: mark } of text.slice(0, end).matchAll(sentenceEnd)) sentence = index + mark.length;
  if (sentence >= end / 2) return sentence;
  const space = text.lastIndexOf(" ", end);
  return space >= end / 2 ? space : end;
}

/** The text in pieces of at most `max` bytes of UTF-8. A text that fits is one piece. */
function pieces(text: string, max: number): readonly string[] {
  const list: string[] = [];
  let rest = text;
  while (Buffer.byteLength(rest) > max) {
    const at = breakBefore(rest, graphemeEnd(rest, max));
    list.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return rest === "" ? list : [...list, rest];
}

/**
 * A paragraph as one line, after a number or a label: mail clients wrap it at the width of their window. Only a
 * paragraph of more than 998 bytes is broken (RFC 5322, 2.1.1). Each line of a right-to-left paragraph is isolated.
 */
export function paragraph(text: string, before = ""): readonly string[] {
  const isRight = isRightToLeft(text);
  const max = limits.line - markBytes - Buffer.byteLength(before);
  return pieces(text, max).map((line, index) => {
    const label = index === 0 ? before : "";
    if (isRight) return rightToLeftLine(line, label);
    return label === "" ? line : label + isolate(line);
  });
}

/**
 * A line of our own words that contains isolated text of a feed. An isolate ends at a line break (UAX #9, P1), so it is
 * reopened in the next line.
 */
export function ownLine(text: string): readonly string[] {
  let open = "";
  return pieces(text, limits.line - markBytes).map((line) => {
    const begun = open + line;
    open = begun.lastIndexOf(FSI) > begun.lastIndexOf(PDI) ? FSI : "";
    return open === "" ? begun : begun + PDI;
  });
}
