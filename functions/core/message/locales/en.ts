import { once } from "../../once.ts";
import type { LocaleWords } from "./locale-words.ts";

const number = once(() => new Intl.NumberFormat("en"));
const plural = once(() => new Intl.PluralRules("en"));

const count = (n: number, one: string, other: string): string =>
  `${number().format(n)} ${plural().select(n) === "one" ? one : other}`;

/** `42 min`, `1 h 5 min` */
const duration = (minutes: number): string =>
  minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;

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
  listen: (minutes) => (minutes === undefined ? "Listen:" : `Listen (${duration(minutes)}):`),
  topics: (categories) => `Topics: ${categories.join(", ")}`,
  linkOmitted: "Link omitted (too long).",
  feedPage: "This story has no link. Page of the feed:",
  headlines: (n) => count(n, "headline", "headlines"),
  moreHeadlines: (n) => count(n, "more headline", "more headlines"),
  fromFeeds: (headlines, n) => `${headlines} from ${count(n, "feed", "feeds")}`,
  sentBefore: (n) =>
    n === 1
      ? "The newest story was sent separately."
      : `The ${number().format(n)} newest stories were sent separately.`,
  more: (n) => `+${number().format(n)} more`,
  moreInSnapshot: (n) => `+${number().format(n)} more in this snapshot`,
  reason: (audience) =>
    `You get this mail because your address is subscribed to ${audience}. To stop, use the link below.`,
  replyStop: "Reply STOP to end",
  test: {
    title: "This is a test of feedbell",
    summary: "You can read this, so messages reach you. There is no news; nothing needs to be done.",
  },
};
