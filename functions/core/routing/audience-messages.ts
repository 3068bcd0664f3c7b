import type { Audience, Configuration } from "../configuration.ts";
import type { SnapshotReport } from "../feed/entry.ts";
import type { Picked } from "../dedupe/run-state.ts";
import { summariseEntry } from "../message/alert.ts";
import { composeAlert, composeDigest } from "../message/index.ts";
import type { Alert, Message, SourceFeed } from "../message/message.ts";
import type { TopN } from "./newest.ts";

/** New entries of a feed's first snapshot that an audience in mode `alerts` still gets one by one. */
const maxFirstAlerts = 3;

export interface ComposeContext {
  /** Name of the feed and its slug. */
  readonly feedName: string;
  readonly feed: string;
  /** No snapshot of the feed was finished before. */
  readonly isFirst: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

interface Selection {
  /** By audience: the newest of the entries to be sent, and how many there are in all. */
  readonly picked: ReadonlyMap<string, TopN<Picked>>;
  readonly report?: SnapshotReport;
}

/** The messages for all audiences, each audience's in the order in which they are sent. */
export function composeForAudiences(
  { picked, report }: Selection,
  { feedName, feed, isFirst, now }: ComposeContext,
  configuration: Configuration,
): readonly Message[] {
  const settings = configuration.feeds[feed];
  const link = report?.feed.link;
  const source: SourceFeed = {
    slug: feed,
    title: settings?.title ?? report?.feed.title ?? feedName,
    ...(link !== undefined && { link }),
  };
  const isMarked = settings?.updates === "mark";
  const toAlert = ({ entry, key, revised, at }: Picked) =>
    summariseEntry(entry, { key, source, now, revised: revised && isMarked, place: at });
  return configuration.audiences.flatMap((audience) => {
    const selected = picked.get(audience.name);
    return selected ? composeFor(audience, selected, { isFirst, toAlert, source }) : [];
  });
}

/**
 * The messages for one audience: an alert per entry, oldest first, up to its `maxAlerts`, and one closing message for the
 * rest; or one digest of all. A feed's first snapshot with more than three entries is a digest for everybody.
 */
function composeFor(
  audience: Audience,
  { items, count }: TopN<Picked>,
  {
    isFirst,
    toAlert,
    source,
  }: { readonly isFirst: boolean; readonly toAlert: (picked: Picked) => Alert; readonly source: SourceFeed },
): readonly Message[] {
  const isDigest = audience.mode === "digest" || (isFirst && count > maxFirstAlerts);
  const singles = isDigest ? [] : items.slice(0, audience.maxAlerts);
  const shown = items.slice(singles.length, singles.length + audience.digestItems);
  const alerts = singles
    .map(toAlert)
    .toReversed()
    .map((alert) => composeAlert(alert, audience));
  if (shown.length === 0) return alerts;
  const more = count - singles.length - shown.length;
  return [
    ...alerts,
    ...composeDigest({ shown: shown.map(toAlert), more, before: singles.length, source }, audience),
  ];
}
