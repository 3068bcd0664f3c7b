import type { Audience } from "../configuration.ts";
import type { Entry } from "../feed/entry.ts";

/** Why an audience passes an entry over; `undefined` where it is to have it. */
export type Verdict = string | undefined;

export interface RuleContext {
  /** Slug of the entry's feed. */
  readonly feed: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Plain text of the entry; asked for only where title, authors and categories do not decide. */
  readonly text: () => string;
  readonly language: () => string | undefined;
}

const day = 86_400_000;

/** Letters are compared in compatibility form and without case, so that full-width and half-width words are equal. */
const fold = (text: string): string => text.normalize("NFKC").toLowerCase();

/** Whether a word stands in a text: between word boundaries where its script has them, anywhere in Chinese, Japanese or Thai. */
export function hasWord(text: string, word: string): boolean {
  const wanted = fold(word);
  if (wanted === "") return false;
  const joinsLeft = /^[\p{L}\p{N}]/u.test(wanted) && !startsSpaceless.test(wanted);
  const joinsRight = /[\p{L}\p{N}]$/u.test(wanted) && !endsSpaceless.test(wanted);
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const before = text.slice(Math.max(0, at - 2), at);
    const after = text.slice(at + wanted.length, at + wanted.length + 2);
    if (
      !(joinsLeft && /[\p{L}\p{N}\p{M}]$/u.test(before)) &&
      !(joinsRight && /^[\p{L}\p{N}\p{M}]/u.test(after))
    )
      return true;
  }
  return false;
}

/** Scripts that write words without spaces, or join particles to them. */
const spaceless =
  "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]";
const startsSpaceless = new RegExp(`^${spaceless}`, "u");
const endsSpaceless = new RegExp(`${spaceless}$`, "u");

/** Applies an audience's rules in their order: feed, age, language, include, exclude. The first that fails is the answer. */
export function judge(entry: Entry, { rules }: Audience, context: RuleContext): Verdict {
  if (rules.feeds && !rules.feeds.includes(context.feed))
    return `the feed ${context.feed} is not among its feeds`;

  const date = entry.published ?? entry.updated;
  if (rules.maximumAgeDays !== undefined && date !== undefined) {
    const days = Math.floor((context.now - Date.parse(date)) / day);
    if (days > rules.maximumAgeDays)
      return `it is ${days} days old, at most ${rules.maximumAgeDays} are wanted`;
  }
  if (rules.languages) {
    const language = context.language()?.split("-", 1)[0]?.toLowerCase();
    if (language && !rules.languages.includes(language)) return `its language is ${language}`;
  }
  if (rules.include || rules.exclude) {
    const head = fold([entry.title, ...entry.authors, ...entry.categories].join("\n"));
    let body: string | undefined;
    const stands = (word: string) => hasWord(head, word) || hasWord((body ??= fold(context.text())), word);
    if (rules.include && !rules.include.some(stands)) return "none of the words to include stands in it";
    const excluded = rules.exclude?.find(stands);
    if (excluded !== undefined) return `the excluded word ‘${excluded}’ stands in it`;
  }
  return undefined;
}
