import { once } from "../../once.ts";
import type { LocaleWords } from "./locale-words.ts";

const number = once(() => new Intl.NumberFormat("de"));

const count = (n: number, one: string, other: string): string =>
  n === 1 ? one : `${number().format(n)} ${other}`;

const sources: Readonly<Record<string, string>> = { "snapshot time": "der Zeit des Snapshots" };

/** `42 Min.`, `1 Std. 5 Min.` */
const duration = (minutes: number): string =>
  minutes < 60 ? `${minutes} Min.` : `${Math.floor(minutes / 60)} Std. ${minutes % 60} Min.`;

/** German. */
export const de: LocaleWords = {
  tag: "de",
  updated: "Aktualisiert: ",
  untitled: (feed) => `Neuer Eintrag von ${feed}`,
  dateUnknown: "Datum unbekannt",
  dateUnknownNote: "(Datum unbekannt)",
  date: (time, zone, notes) =>
    [
      time,
      ...(zone === undefined ? [] : [zone]),
      ...(notes.length === 0 ? [] : [`(${notes.join(", ")})`]),
    ].join(" "),
  changed: (date) => `Zuletzt geändert: ${date}`,
  inferred: (from) => (from === undefined ? "abgeleitet" : `abgeleitet aus ${sources[from] ?? from}`),
  zoneAssumed: "Zeitzone angenommen",
  future: "in der Zukunft",
  also: (sources) => `Auch bei: ${sources.join(", ")}`,
  by: (authors) => `von ${authors.join(", ")}`,
  listen: (minutes) => (minutes === undefined ? "Anhören:" : `Anhören (${duration(minutes)}):`),
  topics: (categories) => `Themen: ${categories.join(", ")}`,
  linkOmitted: "Link weggelassen (zu lang).",
  feedPage: "Dieser Eintrag hat keinen Link. Seite des Feeds:",
  headlines: (n) => count(n, "1 Schlagzeile", "Schlagzeilen"),
  moreHeadlines: (n) => count(n, "1 weitere Schlagzeile", "weitere Schlagzeilen"),
  fromFeeds: (headlines, n) => `${headlines} aus ${count(n, "1 Feed", "Feeds")}`,
  sentBefore: (n) =>
    n === 1
      ? "Die neueste Meldung wurde einzeln gesendet."
      : `Die ${number().format(n)} neuesten Meldungen wurden einzeln gesendet.`,
  more: (n) => `+${number().format(n)} weitere`,
  moreInSnapshot: (n) => `+${number().format(n)} weitere in diesem Snapshot`,
  reason: (audience) =>
    `Sie erhalten diese Mail, weil Ihre Adresse ${audience} abonniert hat. Zum Abbestellen dient der Link unten.`,
  replyStop: "Antwort STOP beendet",
  test: {
    title: "Das ist ein Test von feedbell",
    summary: "Sie können das lesen: Nachrichten kommen also an. Es gibt nichts Neues und nichts zu tun.",
  },
};
