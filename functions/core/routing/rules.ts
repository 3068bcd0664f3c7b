import { spacelessLetters } from "../feed/text/spaceless-scripts.ts";
import type { Audience } from "../configuration.ts";
import type { Entry } from "../feed/entry.ts";

/** Whether an audience receives an entry, and if not, which rule excludes it. */
export type Verdict =
  | { readonly outcome: "accepted" }
  | { readonly outcome: "skipped"; readonly reason: string };

export interface RuleContext {
  /** Slug of the entry's feed. */
  readonly feed: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Plain text of the entry. Called only if title, authors and categories do not decide. */
  readonly text: () => string;
  /** BCP 47 tag, or `undefined` if the language is unknown. Called only if the audience has a language rule. */
  readonly language: () => string | undefined;
}

const millisecondsPerDay = 86_400_000;

/**
 * Applies an audience's rules in this order: feed, age, language, include, exclude. The first rule that excludes the
 * entry gives the reason.
 */
export function judge(entry: Entry, { rules }: Audience, context: RuleContext): Verdict {
  if (rules.feeds && !rules.feeds.includes(context.feed))
    return skipped(`the feed ${context.feed} is not among its feeds`);

  const date = entry.published ?? entry.updated;
  if (rules.maximumAgeDays !== undefined && date !== undefined) {
    // Whole days, because many feeds give a date without a time of day.
    const days = Math.floor((context.now - Date.parse(date)) / millisecondsPerDay);
    if (days > rules.maximumAgeDays)
      return skipped(`it is ${days} days old; the limit is ${rules.maximumAgeDays}`);
  }
  if (rules.languages) {
    const language = context.language()?.split("-", 1)[0]?.toLowerCase();
    if (language && !rules.languages.includes(language)) return skipped(`its language is ${language}`);
  }
  if (rules.include || rules.exclude) {
    const head = fold([entry.title, ...entry.authors, ...entry.categories].join("\n"));
    let body: string | undefined;
    const contains = (word: string) => hasWord(head, word) || hasWord((body ??= fold(context.text())), word);
    if (rules.include && !rules.include.some(contains))
      return skipped("it contains none of the words to include");
    const excluded = rules.exclude?.find(contains);
    if (excluded !== undefined) return skipped(`it contains the excluded word ‘${excluded}’`);
  }
  return { outcome: "accepted" };
}

const skipped = (reason: string): Verdict => ({ outcome: "skipped", reason });

/** Compatibility form without case, so that full-width and half-width letters are equal. */
const fold = (text: string): string => text.normalize("NFKC").toLowerCase();

/**
 * Whether a folded text contains a word: between word boundaries in scripts that separate words, anywhere in
 * scripts that do not, such as Chinese, Japanese and Thai.
 */
function hasWord(text: string, word: string): boolean {
  const wanted = fold(word);
  if (wanted === "") return false;
  const needsBoundaryBefore = /^[\p{L}\p{N}]/u.test(wanted) && !startsSpaceless.test(wanted);
  const needsBoundaryAfter = /[\p{L}\p{N}]$/u.test(wanted) && !endsSpaceless.test(wanted);
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    // Two UTF-16 code units hold the neighbouring character, a surrogate pair included.
    const before = text.slice(Math.max(0, at - 2), at);
    const after = text.slice(at + wanted.length, at + wanted.length + 2);
    const isJoined =
      (needsBoundaryBefore && /[\p{L}\p{N}\p{M}]$/u.test(before)) ||
      (needsBoundaryAfter && /^[\p{L}\p{N}\p{M}]/u.test(after));
    if (!isJoined) return true;
  }
  return false;
}

/** Scripts that do not put spaces between words, or attach particles to them. */
const spaceless = `[${spacelessLetters}\\p{Script=Hangul}]`;
const startsSpaceless = new RegExp(`^${spaceless}`, "u");
const endsSpaceless = new RegExp(`${spaceless}$`, "u");
