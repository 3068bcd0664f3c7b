import { graphemesOf } from "../../graphemes.ts";
import { once } from "../../once.ts";

/** Emoji sequences recommended for general interchange (UTS #51); the expression takes 8 ms when it is made. */
const emoji = once(() => /^\p{RGI_Emoji}$/v);
/** Starts and ends that are certainly no emoji: for most texts nothing needs to be segmented. */
const plainStart = /^(?:(?!\p{Emoji})[\p{L}\p{P}]|\d(?![\uFE0F\u20E3]))/u;
const plainEnd = /[\p{L}\p{N}\p{P}]$/u;
const space = /^\s$/u;

/** A text without the emoji at its start and at its end. */
export interface Undecorated {
  readonly text: string;
  readonly hadAtStart: boolean;
  readonly hadAtEnd: boolean;
}

/**
 * Removes the emoji at the start and at the end, where they decorate; those between words stay, because they can replace
 * one. A text that has nothing else stays as it is.
 */
export function withoutDecoration(text: string): Undecorated {
  if (plainStart.test(text) && plainEnd.test(text)) return { text, hadAtStart: false, hadAtEnd: false };
  const parts = Array.from(graphemesOf(text), ({ segment }) => segment);
  const isDecoration = (part: string | undefined): boolean =>
    part !== undefined && (emoji().test(part) || space.test(part));
  let from = 0;
  let to = parts.length;
  while (from < to && isDecoration(parts[from])) from += 1;
  while (to > from && isDecoration(parts[to - 1])) to -= 1;
  const kept = parts.slice(from, to).join("");
  if (kept === "") return { text, hadAtStart: false, hadAtEnd: false };
  const had = (edge: readonly string[]): boolean => edge.some((part) => emoji().test(part));
  return { text: kept, hadAtStart: had(parts.slice(0, from)), hadAtEnd: had(parts.slice(to)) };
}
