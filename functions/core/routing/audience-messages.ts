import type { Audience, Configuration } from "../configuration.ts";
import type { SnapshotReport } from "../feed/entry.ts";
import type { Picked } from "../dedupe/run-state.ts";
import { summariseEntry } from "../message/alert.ts";
import { composeAlert, composeDigest } from "../message/index.ts";
import { mergeCopies } from "../message/merge-stories.ts";
import { boundedAlert } from "../message/bounded-alert.ts";
import type { Alert, Message, SourceFeed } from "../message/message.ts";
import type { WaitingShare } from "../waiting.ts";
import type { TopN } from "./newest.ts";
import type { Split } from "./split.ts";

export interface ComposeContext {
  /** Name of the feed and its slug. */
  readonly feedName: string;
  readonly feed: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** How each audience gets its entries, by its name. */
  readonly splits: ReadonlyMap<string, Split>;
}

/** What is sent at once, and what waits for the schedules of audiences. */
export interface ComposedShares {
  /** Each audience's in the order in which they are sent. */
  readonly messages: readonly Message[];
  readonly waiting: readonly WaitingShare[];
}

interface Selection {
  /** By audience: the newest of the entries to be sent, and how many there are in all. */
  readonly picked: ReadonlyMap<string, TopN<Picked>>;
  readonly report?: SnapshotReport;
}

/** Composes what all audiences get of a snapshot. */
export function composeForAudiences(
  { picked, report }: Selection,
  { feedName, feed, now, splits }: ComposeContext,
  configuration: Configuration,
): ComposedShares {
  const settings = configuration.feeds[feed];
  const link = report?.feed.link;
  const source: SourceFeed = {
    slug: feed,
    title: settings?.title ?? report?.feed.title ?? feedName,
    ...(link !== undefined && { link }),
  };
  const isMarked = settings?.updates === "mark";
  // Audiences share their entries, and a summary takes longer than all the rest.
  const alerts = new Map<Picked, Alert>();
  const toAlert = (picked: Picked): Alert => {
    const known = alerts.get(picked);
    if (known) return known;
    const { entry, key, revised, at } = picked;
    const alert = summariseEntry(entry, { key, source, now, revised: revised && isMarked, place: at });
    alerts.set(picked, alert);
    return alert;
  };
  const shares = configuration.audiences.flatMap((audience) => {
    const selected = picked.get(audience.name);
    const split = splits.get(audience.name);
    return selected && split ? [composeShare(audience, selected.items, { split, toAlert, source })] : [];
  });
  return {
    messages: shares.flatMap(({ messages }) => messages),
    waiting: shares.flatMap(({ waiting }) => waiting ?? []),
  };
}

interface ShareContext {
  readonly split: Split;
  readonly toAlert: (picked: Picked) => Alert;
  readonly source: SourceFeed;
}

/**
 * What one audience gets: an alert per entry, oldest first, and the others in one digest, the closing message of a flood,
 * or at the next slot of its schedule. `items`: its entries, newest first.
 */
function composeShare(
  audience: Audience,
  items: readonly Picked[],
  { split, toAlert, source }: ShareContext,
): { readonly messages: readonly Message[]; readonly waiting?: WaitingShare } {
  const { count, alerts, rest } = split;
  const singles = items.slice(0, alerts).map(toAlert).toReversed();
  const messages = mergeCopies(singles, audience).map((alert) => composeAlert(alert, audience));
  if (count === alerts) return { messages };
  const shown = items.slice(alerts, Math.min(count, alerts + audience.digestItems)).map(toAlert);
  const more = count - alerts - shown.length;
  if (rest === "digest")
    return {
      messages: [...messages, ...composeDigest({ shown, more, before: alerts, source }, audience)],
    };
  const counted = more > 0 && { rest: { count: more, source } };
  return { messages, waiting: { audience: audience.name, entries: shown.map(boundedAlert), ...counted } };
}
