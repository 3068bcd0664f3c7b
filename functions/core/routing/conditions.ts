import type { Rules } from "../configuration.ts";
import { foldLetters } from "./fold-letters.ts";
import { hasWord } from "./has-word.ts";
import type { Patterns } from "./patterns.ts";
import { matchesFeed } from "./feed-names.ts";
import type { RuleSubject } from "./rule-subject.ts";

/** `unknown`: the entry does not say, for example because it has no date. */
export type Truth = "yes" | "no" | "unknown";

/** Whether a condition holds, and why. */
export interface Finding {
  readonly truth: Truth;
  readonly says: string;
}

/** A rule that is not made of other rules. */
export type Condition = Exclude<keyof Rules, "in" | "any" | "all" | "not">;

/** What a condition looks at besides its own values. */
export interface ConditionContext {
  readonly subject: RuleSubject;
  readonly scope: Rules["in"];
  readonly patterns: Patterns;
}

const yes = (says: string): Finding => ({ truth: "yes", says });
const no = (says: string): Finding => ({ truth: "no", says });
const unknown = (says: string): Finding => ({ truth: "unknown", says });

/** The conditions, in the order in which they are evaluated: those that cost least first. */
export const conditions: {
  readonly [Name in Condition]: (value: NonNullable<Rules[Name]>, context: ConditionContext) => Finding;
} = {
  feeds: (names, { subject: { feed } }) =>
    names.some((name) => matchesFeed(name, feed))
      ? yes(`its feed is ${feed}`)
      : no(`the feed ${feed} is not among its feeds`),

  maximumAgeDays: (limit, { subject }) => {
    const days = subject.days();
    if (days === undefined) return unknown("it has no date");
    return days > limit
      ? no(`it is ${days} days old; the limit is ${limit}`)
      : yes(`it is at most ${limit} days old`);
  },

  hosts: (hosts, { subject }) => {
    const host = subject.host();
    if (host === undefined) return no("it has no link");
    return hosts.some((wanted) => host === wanted || host.endsWith(`.${wanted}`))
      ? yes(`its link is on ${host}`)
      : no(`its link is on ${host}`);
  },

  authors: (names, { subject }) => {
    const found = names.find((name) =>
      subject.authors().some((author) => hasWord(author, foldLetters(name))),
    );
    return found === undefined ? no("it is by none of the authors") : yes(`it is by ‘${found}’`);
  },

  categories: (names, { subject }) => {
    const found = names.find((name) => subject.categories().includes(foldLetters(name.trim())));
    return found === undefined
      ? no("it is in none of the categories")
      : yes(`it is in the category ‘${found}’`);
  },

  languages: (languages, { subject }) => {
    const language = subject.language();
    if (language === undefined) return unknown("its language is unknown");
    return languages.includes(language)
      ? yes(`its language is ${language}`)
      : no(`its language is ${language}`);
  },

  include: (words, context) => {
    const found = words.find((word) => contains(word, context));
    return found === undefined
      ? no("it contains none of the words to include")
      : yes(`it contains ‘${found}’`);
  },

  exclude: (words, context) => {
    const found = words.find((word) => contains(word, context));
    return found === undefined
      ? yes("it contains no excluded word")
      : no(`it contains the excluded word ‘${found}’`);
  },

  matches: (sources, context) => {
    const found = sources.find((source) => isMatched(source, context));
    return found === undefined ? no("it matches none of the expressions") : yes(`it matches /${found}/`);
  },
};

function contains(word: string, { subject, scope }: ConditionContext): boolean {
  const wanted = foldLetters(word);
  for (const text of subject.texts(scope)) if (hasWord(text.folded(), wanted)) return true;
  return false;
}

function isMatched(source: string, { subject, scope, patterns }: ConditionContext): boolean {
  const pattern = patterns.get(source);
  if (!pattern) throw new Error(`The expression /${source}/ was not compiled.`);
  for (const text of subject.texts(scope)) if (pattern(text.written())) return true;
  return false;
}
