import type { Audience } from "../configuration.ts";
import type { Alert } from "./message.ts";
import { quotedBytes } from "./channel-limits.ts";
import { machineEntry, machineJson } from "./machine/machine.ts";
import { reportsOf } from "./reports-of.ts";
import { isSponsoredOrCartoon } from "./sponsored-and-cartoons.ts";
import { groupCopies, groupStories } from "./stories.ts";
import type { Report } from "./stories/profiles.ts";

/**
 * The entries of a digest with one alert per story: the best report, with the others in `also`. In a digest of one feed
 * only copies are joined, because a feed seldom reports an event twice. The alerts keep the order of their first reports.
 */
export function mergeStories(alerts: readonly Alert[], audience: Audience): readonly Alert[] {
  if (audience.stories === "separate" || alerts.length < 2) return alerts;
  const feeds = new Set(alerts.map(({ source }) => source.slug));
  const reports = alerts.map(toReport);
  return merged(alerts, feeds.size > 1 ? groupStories(reports) : groupCopies(reports), audience);
}

/** Alerts of one snapshot with one alert per text: copies are joined, other reports of the same event are not. */
export function mergeCopies(alerts: readonly Alert[], audience: Audience): readonly Alert[] {
  if (audience.stories === "separate" || alerts.length < 2) return alerts;
  return merged(alerts, groupCopies(alerts.map(toReport)), audience);
}

const toReport = ({ title, summary, source, language, date, link, linkSource }: Alert): Report => ({
  title,
  summary,
  feed: source.slug,
  site: source.title,
  language,
  date,
  // The page of a feed is not the page of an entry.
  ...(linkSource !== "feed" && { link }),
});

function merged(
  alerts: readonly Alert[],
  groups: readonly (readonly number[])[],
  audience: Audience,
): readonly Alert[] {
  return groups.flatMap((group) => {
    const members = group.map((index) => alerts[index]!);
    const reports = members.flatMap(reportsOf);
    if (members.length === 1 || bytesOf(reports) > maxStoryBytes) return members;
    const [best = reports[0]!] = reports.toSorted((a, b) => compareReports(a, b, audience));
    return { ...alone(best), also: reports.filter((report) => report !== best).map(alone) };
  });
}

/** The alert without an Also line. */
function alone(alert: Alert): Alert {
  const { also: _, ...report } = alert;
  return report;
}

/** Bytes of all reports of a story in the machine-readable variant: larger ones stay separate, so that a message holds any story. */
const maxStoryBytes = 100_000;

const bytesOf = (reports: readonly Alert[]): number =>
  reports.reduce((bytes, report) => bytes + quotedBytes(machineJson(machineEntry(report))), 0);

/** UTF-16 code units by which a summary is more complete than another one. */
const completeness = 80;

/** The preferred feed first, then the report with a title, a link and the fuller summary, then the earliest. */
function compareReports(a: Alert, b: Alert, { preferredFeeds }: Audience): number {
  const rank = ({ source }: Alert): number => {
    const at = preferredFeeds.indexOf(source.slug);
    return at < 0 ? preferredFeeds.length : at;
  };
  const lacks = (alert: Alert): number =>
    Number(isSponsoredOrCartoon(alert)) + Number(alert.title === "") + Number(!alert.link);
  const fullness = ({ summary }: Alert): number => Math.floor(summary.length / completeness);
  const time = ({ date }: Alert): number => Date.parse(date ?? "") || Infinity;
  return (
    rank(a) - rank(b) ||
    lacks(a) - lacks(b) ||
    fullness(b) - fullness(a) ||
    (time(a) === time(b) ? 0 : time(a) < time(b) ? -1 : 1)
  );
}
