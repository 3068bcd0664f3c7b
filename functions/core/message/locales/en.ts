import type { LocaleWords } from "./locale-words.ts";

const number = new Intl.NumberFormat("en");
const plural = new Intl.PluralRules("en");

const count = (n: number, one: string, other: string): string =>
  `${number.format(n)} ${plural.select(n) === "one" ? one : other}`;

/** English. */
export const en: LocaleWords = {
  tag: "en",
  updated: "Updated: ",
  untitled: (feed) => `New entry from ${feed}`,
  dateUnknown: "Date unknown",
  unknownDate: "(date unknown)",
  date: (time, zone, notes) =>
    [
      time,
      ...(zone === undefined ? [] : [zone]),
      ...(notes.length === 0 ? [] : [`(${notes.join(", ")})`]),
    ].join(" "),
  changed: (date) => `Last changed ${date}`,
  inferred: (from) => (from === undefined ? "inferred" : `inferred from ${from}`),
  zoneAssumed: "time zone assumed",
  future: "in the future",
  by: (authors) => `by ${authors.join(", ")}`,
  linkLeftOut: (characters) => `The link is left out: it has ${characters} characters.`,
  feedPage: "This story has no link. Page of the feed:",
  headlines: (n) => count(n, "headline", "headlines"),
  moreHeadlines: (n) => count(n, "more headline", "more headlines"),
  fromFeeds: (headlines, n) => `${headlines} from ${count(n, "feed", "feeds")}`,
  ofFeed: (feed, headlines) => `${headlines} from ${feed}`,
  closing: (before, shown, more) => {
    const sent =
      before === 0
        ? []
        : [
            before === 1
              ? "The newest has reached you already."
              : `The newest ${number.format(before)} reached you one by one.`,
          ];
    if (shown === 0) return [...sent, "The rest are only counted."].join(" ");
    const are = plural.select(shown) === "one" ? "is" : "are";
    if (more > 0)
      return [
        ...sent,
        `Here ${are} the next ${shown === 1 ? "one" : number.format(shown)}; the rest are counted at the end.`,
      ].join(" ");
    return before === 0 ? "" : [...sent, `Here ${are} the rest.`].join(" ");
  },
  excerpt: (shown, more) =>
    shown === 0
      ? ""
      : `The newest ${shown === 1 ? "is" : `${number.format(shown)} are`} shown; ${number.format(more)} more ${more === 1 ? "is" : "are"} counted at the end.`,
  more: (n) => `+${number.format(n)} more`,
  moreInSnapshot: (n) => `+${number.format(n)} more in this snapshot`,
};
