import type { Rules, RuleScope } from "../../../functions/core/configuration.ts";

const or = new Intl.ListFormat("en", { type: "disjunction" });
const and = new Intl.ListFormat("en", { type: "conjunction" });
const languageNames = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

/** An audience's rules as sentences; none where it gets all entries. */
export function rulesInWords(rules: Rules): readonly string[] {
  const { exclude, not, ...others } = rules;
  return [
    ...conditionsOf(others).map((condition) => `Only entries ${condition}.`),
    ...(exclude ? [`No entries ${contain(exclude, rules.in)}.`] : []),
    ...(not ? [`No entries ${and.format(conditionsOf(not))}.`] : []),
  ];
}

/** What the entries of a rule have in common: `of the feed voa`. */
function conditionsOf(rules: Rules): readonly string[] {
  const { feeds, languages, include, exclude, matches, authors, categories, hosts } = rules;
  const { maximumAgeDays, any, all, not, in: scope } = rules;
  return [
    ...(feeds ? [`of the ${feeds.length === 1 ? "feed" : "feeds"} ${or.format(feeds)}`] : []),
    ...(languages ? [`in ${or.format(languages.map(nameOfLanguage))}`] : []),
    ...(include ? [contain(include, scope)] : []),
    ...(exclude ? [contain(exclude, scope, "do not contain")] : []),
    ...(matches ? [`that match ${or.format(matches.map((source) => `/${source}/`))}${where(scope)}`] : []),
    ...(authors ? [`by ${or.format(authors)}`] : []),
    ...(categories
      ? [`in the ${categories.length === 1 ? "category" : "categories"} ${or.format(categories)}`]
      : []),
    ...(hosts ? [`with a link on ${or.format(hosts)}`] : []),
    ...(maximumAgeDays === undefined
      ? []
      : [`at most ${maximumAgeDays} ${maximumAgeDays === 1 ? "day" : "days"} old`]),
    ...(all ?? []).flatMap(conditionsOf),
    ...(any ? [or.format(any.map((nested) => `(${and.format(conditionsOf(nested))})`))] : []),
    ...(not ? [`but not those ${and.format(conditionsOf(not))}`] : []),
  ];
}

const contain = (words: readonly string[], scope: RuleScope | undefined, verb = "contain"): string =>
  `that ${verb} ${or.format(words.map((word) => `‘${word}’`))}${where(scope)}`;

const where = (scope: RuleScope | undefined): string =>
  scope === "title" || scope === "text" ? ` in the ${scope}` : "";

const nameOfLanguage = (code: string): string => languageNames.of(code) ?? code;
