import type { Entry } from "../feed/entry.ts";
import { dateOf } from "../feed/shown-date.ts";
import type { RuleScope } from "../configuration.ts";
import { once } from "../once.ts";
import { foldLetters } from "./fold-letters.ts";

/** What rules look at. Everything is computed when a rule first needs it, and once for all rules and audiences. */
export interface RuleSubject {
  /** Slug of the entry's feed. */
  readonly feed: string;
  /** Age in whole days, because many feeds give a date without a time of day; `undefined` without a date. */
  readonly days: () => number | undefined;
  /** Primary language subtag, or `undefined` if the language is unknown. */
  readonly language: () => string | undefined;
  /** Host of the link, lower case. */
  readonly host: () => string | undefined;
  readonly authors: () => readonly string[];
  readonly categories: () => readonly string[];
  /** The texts that a scope covers, those that cost least first. */
  readonly texts: (scope: RuleScope | undefined) => Iterable<SubjectText>;
}

/** A text as it is written, with compatibility forms normalised, and folded for the comparison of words. */
export interface SubjectText {
  readonly written: () => string;
  readonly folded: () => string;
}

export interface RuleContext {
  /** Slug of the entry's feed. */
  readonly feed: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Plain text of the entry. */
  readonly text: () => string;
  /** BCP 47 tag, or `undefined` if the language is unknown. */
  readonly language: () => string | undefined;
}

const millisecondsPerDay = 86_400_000;

export function subjectOf(entry: Entry, context: RuleContext): RuleSubject {
  const title = subjectText(() => entry.title);
  const labels = subjectText(() => [...entry.authors, ...entry.categories].join("\n"));
  const text = subjectText(context.text);
  const scopes = { title: [title], text: [text], both: [title, text] };
  const everything = [title, labels, text];
  return {
    feed: context.feed,
    days: () => {
      const date = dateOf(entry);
      return date === undefined
        ? undefined
        : Math.floor((context.now - Date.parse(date)) / millisecondsPerDay);
    },
    language: once(() => context.language()?.split("-", 1)[0]?.toLowerCase() || undefined),
    host: () => (entry.link === undefined ? undefined : new URL(entry.link).hostname),
    authors: once(() => entry.authors.map((author) => foldLetters(author))),
    categories: once(() => entry.categories.map((category) => foldLetters(category.trim()))),
    texts: (scope) => (scope === undefined ? everything : scopes[scope]),
  };
}

const subjectText = (read: () => string): SubjectText => {
  const raw = once(read);
  return { written: once(() => raw().normalize("NFKC")), folded: once(() => foldLetters(raw())) };
};
