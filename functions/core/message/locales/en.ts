import type { Words } from "../words.ts";

const number = new Intl.NumberFormat("en");
const plural = new Intl.PluralRules("en");

const count = (n: number, one: string, other: string): string =>
  `${number.format(n)} ${plural.select(n) === "one" ? one : other}`;

/** English. */
export const en: Words = {
  tag: "en",
  updated: "Updated: ",
  untitled: (feed) => `New entry from ${feed}`,
  dateUnknown: "date unknown",
  changed: (date) => `last changed ${date}`,
  inferred: (from) => (from === undefined ? "inferred" : `inferred from ${from}`),
  zoneAssumed: "time zone assumed",
  future: "in the future",
  by: (authors) => `by ${authors}`,
  linkLeftOut: (characters) => `The link is left out: it has ${characters} characters.`,
  headlines: (n) => count(n, "headline", "headlines"),
  moreHeadlines: (n) => count(n, "more headline", "more headlines"),
  from: (headlines, feed) => `${headlines} from ${feed}`,
  fromFeeds: (headlines, n) => `${headlines} from ${count(n, "feed", "feeds")}`,
  closing: (before, shown, more) =>
    [
      before > 1 ? `The newest ${number.format(before)} reached you one by one.` : "",
      before === 1 ? "The newest one has reached you already." : "",
      more > 0
        ? `Here ${plural.select(shown) === "one" ? "is" : "are"} the next ${number.format(shown)}; the rest ${plural.select(more) === "one" ? "is" : "are"} counted at the end.`
        : before > 0
          ? `Here ${plural.select(shown) === "one" ? "is the other one" : "are the others"}.`
          : "",
    ]
      .filter((sentence) => sentence !== "")
      .join(" "),
  excerpt: (shown, more) =>
    `The newest ${number.format(shown)} are shown; ${number.format(more)} more ${plural.select(more) === "one" ? "is" : "are"} counted at the end.`,
  more: (n) => `+${number.format(n)} more`,
  moreInSnapshot: (n) => `+${number.format(n)} more in this snapshot`,
  part: (n, of) => `${n}/${of}`,
};
