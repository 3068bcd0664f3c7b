import type { Audience } from "../configuration.ts";
import type { WaitingWriter } from "../waiting.ts";
import { isQuiet, scheduleOf } from "../schedule/audience-schedule.ts";

/** New entries of a feed's first snapshot that an audience in mode `alerts` still gets one by one. */
const maxFirstAlerts = 3;

/** How an audience gets its new entries of one snapshot. */
export interface Split {
  /** Entries that it gets, the newest ones: fewer than are new if a first import is limited. */
  readonly count: number;
  /** The newest of them, which are sent one by one. */
  readonly alerts: number;
  /** How the others are sent: in one digest at once, or at the next slot of the audience's schedule. */
  readonly rest: "digest" | "waits" | "none";
}

export interface SplitContext {
  /** No snapshot of the feed was finished before. */
  readonly isFirst: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Splits `entries` new entries, without regard to `maxPerHour`. */
export function split(audience: Audience, entries: number, { isFirst, now }: SplitContext): Split {
  const { mode, maxAlerts, firstImport } = audience;
  const count = isFirst ? Math.min(entries, maxFirstEntries(firstImport)) : entries;
  if (count === 0) return { count, alerts: 0, rest: "none" };
  if (mode === "digest") return { count, alerts: 0, rest: scheduleOf(audience) ? "waits" : "digest" };
  if (isQuiet(audience, now)) return { count, alerts: 0, rest: "waits" };
  if (isFirst && firstImport === "digest" && count > maxFirstAlerts)
    return { count, alerts: 0, rest: "digest" };
  return count > maxAlerts
    ? { count, alerts: maxAlerts, rest: "digest" }
    : { count, alerts: count, rest: "none" };
}

/** Most entries of a feed's first snapshot that an audience gets. */
function maxFirstEntries(firstImport: Audience["firstImport"]): number {
  if (firstImport === "digest") return Infinity;
  return firstImport === "silent" ? 0 : Number(firstImport.slice("newest ".length));
}

/**
 * Lets entries wait that would exceed `maxPerHour` in this clock hour. The messages are counted before they are sealed,
 * so that two runs never share a place; a run that dies in between only makes later entries wait.
 */
export async function withinHour(
  found: Split,
  { name, maxPerHour }: Pick<Audience, "name" | "maxPerHour">,
  now: number,
  ledger: Pick<WaitingWriter, "countMessages">,
): Promise<Split> {
  const messages = found.alerts + (found.rest === "digest" ? 1 : 0);
  if (maxPerHour === undefined || messages === 0) return found;
  const allowed = Math.max(0, maxPerHour - (await ledger.countMessages(name, now, messages)));
  if (messages <= allowed) return found;
  return { ...found, alerts: Math.min(found.alerts, allowed), rest: "waits" };
}
