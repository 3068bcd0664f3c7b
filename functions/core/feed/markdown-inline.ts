import { escapeText } from "./entities.ts";

export interface Link {
  readonly label: string;
  readonly address: string;
  /** Index after the closing parenthesis. */
  readonly end: number;
}

const longestLabel = 4096;
const punctuation = /\\([!-/:-@[-`{-~])/g;

/** Title and address of a heading: the first link's address, the text with every link replaced by its label. */
export function headingOf(text: string): { title: string; address?: string } {
  let title = "";
  let address: string | undefined;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "\\") at++;
    if (character !== "[") continue;
    const link = linkAt(text, at);
    if (link === undefined) continue;
    title += text.slice(from, at) + link.label;
    address ??= link.address;
    from = link.end;
    at = link.end - 1;
  }
  const whole = unescapeMarkdown(title + text.slice(from));
  return { title: whole, ...(address === undefined ? undefined : { address }) };
}

/** Backslash escapes are dropped and emphasis marks with them; what they protected stays (CommonMark 0.31, section 2.4). */
export function unescapeMarkdown(text: string): string {
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

/** The inline link whose `[` stands at `at`; brackets and parentheses may nest, be escaped or hide in `<…>`. */
export function linkAt(text: string, at: number): Link | undefined {
  const close = matching(text, at, "[", "]", longestLabel);
  if (close < 0 || text.charAt(close + 1) !== "(") return undefined;
  const end = matching(text, close + 1, "(", ")", longestLabel * 2);
  if (end < 0) return undefined;
  const target = text.slice(close + 2, end).trim();
  const angled = /^<([^<>\n]*)>/.exec(target)?.[1];
  const titled = /^(\S+)\s+(?:"[^]*"|'[^]*'|\([^]*\))$/.exec(target)?.[1];
  return {
    label: text.slice(at + 1, close),
    address: (angled ?? titled ?? target).replace(punctuation, "$1"),
    end: end + 1,
  };
}

function matching(text: string, from: number, open: string, close: string, most: number): number {
  let depth = 0;
  for (let at = from; at < text.length && at - from < most; at++) {
    const character = text.charAt(at);
    if (character === "\\") at++;
    else if (character === open) depth++;
    else if (character === close && --depth === 0) return at;
  }
  return -1;
}
