import type { Audience } from "../configuration.ts";
import { shortDate } from "./format-dates.ts";
import { isSponsoredOrCartoon } from "./sponsored-and-cartoons.ts";
import type { Alert } from "./message.ts";

const millisecondsPerHour = 3_600_000;

/** Hours after which an entry counts half as fresh. */
const halfLife = 12;

/** Places in a feed after which an entry's place counts half. */
const halfPlaces = 4;

/**
 * Epoch milliseconds; -Infinity for entries without a date or with a date in the future: such a date does not say when
 * the entry was published.
 */
function timeOf(alert: Alert): number {
  const isOpen = alert.dateSource === "missing" || alert.dateNote?.future === true;
  const at = isOpen ? Number.NaN : Date.parse(alert.date ?? "");
  return Number.isNaN(at) ? -Infinity : at;
}

/**
 * The time of day in its shown day, as text in the order of time; `""` for entries without a usable date. A day without a
 * time has an instant that may fall on another day in the audience's time zone: without its day, the headings of the days
 * would alternate.
 */
function shownTime(alert: Alert, timeZone: string): string {
  const time = timeOf(alert);
  return time === -Infinity ? "" : `${shortDate(alert, timeZone) ?? ""} ${new Date(time).toISOString()}`;
}

/** Number of feeds that report the story of an alert. */
const feedsReporting = ({ source, also = [] }: Alert): number =>
  new Set([source, ...also.map((report) => report.source)].map(({ slug }) => slug)).size;

/**
 * How important an entry is within its digest. Each doubling of the number of feeds that report it counts 2, the first
 * place in its feed 1 (half of it four places below), and the newest entry 1 (half of it twelve hours before).
 */
function importance(alert: Alert, newest: number): number {
  const age = (newest - timeOf(alert)) / millisecondsPerHour;
  const freshness = Number.isFinite(age) ? 0.5 ** (age / halfLife) : 0;
  const place = alert.place === undefined ? 0 : 1 / (1 + alert.place / halfPlaces);
  return 2 * Math.log2(feedsReporting(alert)) + place + freshness;
}

const descending = <T extends number | string>(a: T, b: T): number => (a === b ? 0 : a > b ? -1 : 1);

/** Newest first, those with a date in the future after the others, those without a date last. Stable. */
function byTime(alerts: readonly Alert[], timeZone: string): readonly Alert[] {
  const keys = new Map(
    alerts.map((alert) => [
      alert,
      { usable: shownTime(alert, timeZone), any: shortDate(alert, timeZone) ?? "" },
    ]),
  );
  const compare = (a: Alert, b: Alert): number => {
    const [one, other] = [keys.get(a), keys.get(b)];
    return descending(one?.usable ?? "", other?.usable ?? "") || descending(one?.any ?? "", other?.any ?? "");
  };
  return alerts.toSorted(compare);
}

/**
 * The entries of a digest in an audience's order. `newest`: newest day first, newest first in each, entries without a
 * usable date last. `feed`: by feed, the feed with the newest entry first, newest first in each. `importance`: see above,
 * then newest first. Sponsored posts and cartoons are last; with `feed`, last in their feed. Stable.
 */
export function inOrder(
  alerts: readonly Alert[],
  { order, timeZone }: Pick<Audience, "order" | "timeZone">,
): readonly Alert[] {
  const newestFirst = byTime(alerts, timeZone);
  if (order === "newest") return minorLast(newestFirst);
  if (order === "feed") {
    const feeds = Map.groupBy(minorLast(newestFirst), ({ source }) => source.slug);
    const slugs = new Set(newestFirst.map(({ source }) => source.slug));
    return [...slugs].flatMap((slug) => feeds.get(slug) ?? []);
  }
  const newest = Math.max(...alerts.map(timeOf));
  const scores = new Map(alerts.map((alert) => [alert, importance(alert, newest)]));
  return minorLast(newestFirst.toSorted((a, b) => descending(scores.get(a) ?? 0, scores.get(b) ?? 0)));
}

function minorLast(alerts: readonly Alert[]): readonly Alert[] {
  const { major = [], minor = [] } = Object.groupBy(alerts, (alert) =>
    isSponsoredOrCartoon(alert) ? "minor" : "major",
  );
  return [...major, ...minor];
}
