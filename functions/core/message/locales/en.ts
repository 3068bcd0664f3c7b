import type { LocaleWords } from "./locale-words.ts";

const number = new Intl.NumberFormat("en");
const plural = new Intl.PluralRules("en");

const count = (n: number, one: string, other: string): string =>
  `${number.format(n)} ${plural.select(n) === "one" ? one : other}`;

/** `the next 50 are below` */
const below = (which: string, n: number): string =>
  plural.select(n) === "one" ? `the ${which} one is below` : `the ${which} ${number.format(n)} are below`;

/** `340 more are not shown` */
const notShown = (n: number): string =>
  `${number.format(n)} more ${plural.select(n) === "one" ? "is" : "are"} not shown`;

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** English. */
export const en: LocaleWords = {
  tag: "en",
  updated: "Updated: ",
  untitled: (feed) => `New entry from ${feed}`,
  dateUnknown: "Date unknown",
  dateUnknownNote: "(date unknown)",
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
  also: (sources) => `Also: ${sources.join(", ")}`,
  by: (authors) => `by ${authors.join(", ")}`,
  linkOmitted: "Link omitted (too long).",
  feedPage: "This story has no link. Page of the feed:",
  headlines: (n) => count(n, "headline", "headlines"),
  moreHeadlines: (n) => count(n, "more headline", "more headlines"),
  fromFeeds: (headlines, n) => `${headlines} from ${count(n, "feed", "feeds")}`,
  ofFeed: (feed, headlines) => `${headlines} from ${feed}`,
  closing: (before, shown, more) => {
    const sent =
      before === 0
        ? ""
        : before === 1
          ? "The newest story was sent separately."
          : `The ${number.format(before)} newest stories were sent separately.`;
    const rest =
      shown === 0
        ? notShown(more)
        : more > 0
          ? `${below("next", shown)}; ${notShown(more)}`
          : before > 0
            ? below("other", shown)
            : "";
    return [sent, ...(rest === "" ? [] : [sentence(rest)])].filter((part) => part !== "").join(" ");
  },
  excerpt: (shown, more) => (shown === 0 ? "" : sentence(`${below("newest", shown)}; ${notShown(more)}`)),
  more: (n) => `+${number.format(n)} more`,
  moreInSnapshot: (n) => `+${number.format(n)} more in this snapshot`,
};
