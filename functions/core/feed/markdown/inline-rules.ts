import type { Tokenizer, Tokens } from "marked";

/** Stars and underscores of one paragraph: each of them may be compared with each other one. */
const maxEmphasisMarks = 500;

/**
 * Inline rules that replace the library's: `false` leaves a text to the library, `undefined` means that no markup starts
 * here.
 */
export function inlineRules() {
  let counted = "";
  let isCrowded = false;
  return {
    /** A bare address is text: the end of one is not known in scripts that write no spaces. */
    url: () => undefined,
    /** A single tilde is a range: 3~5. */
    del: (source: string) => (/^~(?!~)/.test(source) ? undefined : (false as const)),
    /** The library's own expression looks for a mail address at each character. */
    inlineText(this: Tokenizer, source: string): Tokens.Text {
      const raw = source.slice(0, textEnd(source));
      return { type: "text", raw, text: raw, escaped: this.lexer.state.inRawBlock };
    },
    emStrong(
      this: Tokenizer,
      source: string,
      masked: string,
      previous = "",
    ): Tokens.Strong | Tokens.Em | false | undefined {
      if (masked !== counted) {
        counted = masked;
        isCrowded = (masked.match(/[*_]/g)?.length ?? 0) > maxEmphasisMarks;
      }
      // 3*4*5 is no emphasis.
      if (isCrowded || (/\d$/.test(previous) && /^\*\d/.test(source))) return undefined;
      return cjkEmphasis(this, source, previous) ?? false;
    },
  };
}

/** Index after the text that a source starts with, up to what may be markup or a hard line break. */
function textEnd(source: string): number {
  let at = Math.max(1, /^[`~]+/.exec(source)?.[0].length ?? 0);
  for (; at < source.length; at++) {
    const character = source.charAt(at);
    if ("\\<![`*~_".includes(character)) return at;
    if (character !== " ") continue;
    const start = at;
    while (source.charCodeAt(at + 1) === 32) at++;
    if (at > start && source.charCodeAt(at + 1) === 10) return start;
  }
  return at;
}

const cjk =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\u3000-\u303f\uff00-\uffef]/u;
const starred = /^(\*{1,3})(?=[^\s*])([^*\n]{1,1000})\1(?!\*)/;

/**
 * Emphasis that starts or ends with punctuation next to a letter, as in `**「橋」**は`: CommonMark (0.31, section 6.2) expects
 * a space there, which Chinese, Japanese and often Korean don't write.
 */
function cjkEmphasis(
  { lexer }: Tokenizer,
  source: string,
  previous: string,
): Tokens.Strong | Tokens.Em | undefined {
  const [raw, marks = "", text = ""] = starred.exec(source) ?? [];
  if (raw === undefined || /\s$/.test(text)) return undefined;
  if (!/^\p{P}/u.test(text) && !/\p{P}$/u.test(text)) return undefined;
  if (!cjk.test(previous + text + source.charAt(raw.length))) return undefined;
  const tokens = lexer.inlineTokens(text);
  return marks === "*" ? { type: "em", raw, text, tokens } : { type: "strong", raw, text, tokens };
}
