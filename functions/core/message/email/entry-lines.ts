import { line } from "../cut-text.ts";
import { maxShown, shownLink } from "../headline.ts";
import type { LocaleWords } from "../locales/locale-words.ts";
import type { Alert } from "../message.ts";
import { authorNames, feedName } from "../names.ts";
import { isolate } from "./direction.ts";
import { limits } from "./mail-limits.ts";
import { ownLine, paragraph } from "./paragraph.ts";

/** The first few authors; `undefined` if there is none. */
export function byline(alert: Alert, words: LocaleWords): string | undefined {
  const names = authorNames(alert);
  if (names.length === 0) return undefined;
  const listed = names.slice(0, maxShown.authors).map(isolate);
  const rest = names.length - listed.length;
  return words.by(rest > 0 ? [...listed, words.more(rest)] : listed);
}

/** Short facts on one line. */
export function factLine(facts: readonly (string | undefined)[]): readonly string[] {
  return ownLine(facts.filter((fact) => fact !== undefined).join(" · "));
}

/** The link of a mail: whole, or `undefined` if it does not fit one line, because a relay could break it. */
function mailLink(link: string | undefined): string | undefined {
  const text = shownLink(link);
  return text !== undefined && Buffer.byteLength(text) <= limits.line ? text : undefined;
}

/** The bare link on its own line, so that every mail client detects where it starts and ends; then that of the audio file. */
export function linkLines(alert: Alert, words: LocaleWords): readonly string[] {
  const { link, linkSource, audio } = alert;
  const isAudio = audio !== undefined && linkSource !== undefined && linkSource !== "feed";
  if (link === undefined || link === "" || (isAudio && audio.link === link)) return audioLines(alert, words);
  const text = mailLink(link);
  const lines = text === undefined ? [words.linkOmitted] : [text];
  return [
    ...(linkSource === "feed" && text !== undefined ? [words.feedPage] : []),
    ...lines,
    ...audioLines(alert, words),
  ];
}

function audioLines({ audio }: Alert, words: LocaleWords): readonly string[] {
  if (audio === undefined) return [];
  const { seconds } = audio;
  const minutes = seconds === undefined ? undefined : Math.max(1, Math.round(seconds / 60));
  return [words.listen(minutes), mailLink(audio.link) ?? words.linkOmitted];
}

/** The summary; of a text that is a list its points, each on its own line, after the part of the summary before them. */
export function textLines({ points = [] }: Alert, summary: string, maxPoints: number): readonly string[] {
  const [first] = points;
  if (first === undefined) return summary === "" ? [] : paragraph(summary);
  const start = summary.indexOf(line(first, maxShown.point).slice(0, pointStart).replace(/…$/u, ""));
  const before = start < 0 ? summary : summary.slice(0, start).trimEnd();
  const isCut = points.length > maxPoints;
  const shown = isCut ? [...points.slice(0, maxPoints).filter((point) => point !== "…"), "…"] : points;
  return [
    ...(before === "" ? [] : paragraph(before)),
    ...shown.flatMap((point) => (point === "…" ? [point] : paragraph(line(point, maxShown.point), "- "))),
  ];
}

/** UTF-16 code units by which the first point of a list is found in a summary. */
const pointStart = 20;

/**
 * `Also: The Guardian, BBC News`, and the links of these reports below, in the same order and each on its own line. A
 * report of the same feed is named by its title if that is another one. What the entry shows itself is not repeated: its
 * link, and the name of its feed for a report with that link, as two feeds of one site have it.
 */
export function alsoLines(alert: Alert, words: LocaleWords): readonly string[] {
  const { source, title, also = [] } = alert;
  const ownLink = mailLink(alert.link);
  const isOwn = ({ link }: Alert) => link === undefined || link === alert.link;
  const names = also.flatMap((report) => {
    const own = line(report.title, maxShown.lead);
    const isSameFeed = report.source.slug === source.slug;
    if (isSameFeed && own !== "" && report.title !== title) return own;
    const name = feedName(report.source);
    return isOwn(report) && name === feedName(source) ? [] : name;
  });
  if (names.length === 0) return [];
  const links = also.flatMap((report) => mailLink(report.link) ?? []).filter((link) => link !== ownLink);
  return [...ownLine(words.also([...new Set(names)].map(isolate))), ...new Set(links)];
}

/** The page of a feed, if its link fits. */
export const feedLink = (link: string | undefined): readonly string[] => {
  const text = mailLink(link);
  return text === undefined ? [] : [text];
};
