import { escapeText } from "../text/entities.ts";
import { foldLabel, type Definitions } from "./reference-definitions.ts";
import { bracketPairs } from "./bracket-pairs.ts";

interface InlineLink {
  readonly label: string;
  readonly address: string;
  /** Index after the closing parenthesis. */
  readonly end: number;
}

const maxLabelLength = 4096;
const punctuation = /\\([!-/:-@[-`{-~])/g;

/** Title and address of a heading: the first link's address, the text with every link replaced by its label. */
export function readHeadingText(
  text: string,
  definitions?: Definitions,
): { readonly title: string; readonly address?: string } {
  const bare = /^<(https?:\/\/[^\s<>]{1,4000})>$/i.exec(text)?.[1];
  if (bare !== undefined) return { title: bare, address: bare };
  const pairs = bracketPairs(text);
  let title = "";
  let address: string | undefined;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "\\") at++;
    if (character !== "[") continue;
    const link = linkAt(text, at, pairs) ?? referenceAt(text, at, pairs, definitions);
    if (link === undefined) continue;
    title += text.slice(from, at) + link.label;
    address ??= link.address;
    from = link.end;
    at = link.end - 1;
  }
  const whole = unescapeMarkdown(title + text.slice(from));
  return { title: whole, ...(address === undefined ? undefined : { address }) };
}

/** The link by reference whose `[` is at `at`: `[text][label]`, `[text][]`, and `[text]` where it is defined. */
function referenceAt(
  text: string,
  at: number,
  pairs: Int32Array,
  definitions: Definitions | undefined,
): (Omit<InlineLink, "address"> & { readonly address: string | undefined }) | undefined {
  const close = pairs[at] ?? 0;
  if (close === 0 || close - at > maxLabelLength) return undefined;
  const label = text.slice(at + 1, close);
  const open = close + 1;
  const second = text.charAt(open) === "[" ? (pairs[open] ?? 0) : 0;
  const isFull = second > 0 && second - open < 1000;
  const address = definitions?.get(
    foldLabel(isFull && second > open + 1 ? text.slice(open + 1, second) : label),
  );
  // Without a definition two brackets are text, but a heading that consists of them is meant as a link.
  const isWhole = isFull && at === 0 && second === text.length - 1;
  if (address === undefined && !isWhole) return undefined;
  return { label, address, end: isFull ? second + 1 : close + 1 };
}

/** Removes backslash escapes and emphasis marks; escaped characters stay (CommonMark 0.31, section 2.4). */
function unescapeMarkdown(text: string): string {
  return text
    .split(/(\\[!-/:-@[-`{-~])/)
    .map((piece, index) =>
      index % 2 === 1
        ? escapeText(piece.charAt(1))
        : piece
            .replace(/(\*\*|__|~~)(?=\S)([^*_~\n]{1,400})\1/g, "$2")
            .replace(/(^|[\s(])([*_])(?=\S)([^*_\n]{1,400})\2(?=$|[\s).,;:!?])/g, "$1$3")
            .replace(/`([^`\n]{1,400})`/g, "$1"),
    )
    .join("");
}

/** The inline link whose `[` is at `at`; brackets and parentheses may be nested, escaped or within `<…>`. */
function linkAt(text: string, at: number, pairs: Int32Array): InlineLink | undefined {
  const close = pairs[at] ?? 0;
  if (close === 0 || close - at > maxLabelLength || text.charAt(close + 1) !== "(") return undefined;
  const end = pairs[close + 1] ?? 0;
  if (end === 0 || end - close > maxLabelLength * 2) return undefined;
  const target = text.slice(close + 2, end).trim();
  const angled = /^<([^<>\n]*)>/.exec(target)?.[1];
  const titled = /^(\S+)\s+(?:"[^]*"|'[^]*'|\([^]*\))$/.exec(target)?.[1];
  return {
    label: text.slice(at + 1, close),
    address: (angled ?? titled ?? target).replace(punctuation, "$1"),
    end: end + 1,
  };
}
