import { addTargets } from "../../core/dedupe/look-up.ts";
import { keyOf } from "../../core/dedupe/identity.ts";
import { isPointer, type LedgerItem } from "../../core/ports.ts";
import type { SnapshotPlan } from "../../core/plan.ts";
import { lastEntries } from "./reread.ts";
import type { StackRecords } from "./stack-records.ts";

/** An entry that matches, and what is known of it before its messages are looked at. */
export interface FoundEntry {
  /** Its ledger key. */
  readonly key: string;
  /** Slug. */
  readonly feed: string;
  readonly title?: string;
  readonly link?: string;
  /** Absent if the ledger does not remember it any more. */
  readonly item?: LedgerItem;
  /** Plans that name it. */
  readonly plans: readonly SnapshotPlan[];
}

export interface Search {
  /** Slug. */
  readonly feed?: string;
  /** Epoch milliseconds. */
  readonly since?: number;
}

/** The feed of a ledger key. */
const feedOf = (key: string): string => key.split("#")[1] ?? "";

/** The ledger's items at these keys, pointers followed. */
async function itemsAt(
  wanted: readonly string[],
  { ledger }: StackRecords,
): Promise<ReadonlyMap<string, LedgerItem>> {
  const all = new Set(wanted);
  await addTargets(all, ledger);
  const slots = await ledger.read([...all]);
  const items = [...slots.values()].filter((slot): slot is LedgerItem => !isPointer(slot));
  return new Map(items.map((item) => [item.key, item]));
}

/** Entries with this link or id, in one feed or in all: one key for each feed is read. */
export async function findByLink(
  given: string,
  { feed, since }: Search,
  records: StackRecords,
): Promise<readonly FoundEntry[]> {
  const feeds = feed === undefined ? (await records.ledger.feeds()).map((head) => head.feed) : [feed];
  const items = await itemsAt(
    feeds.map((slug) => keyOf(slug, given)),
    records,
  );
  const found: FoundEntry[] = [];
  for (const item of items.values()) {
    const isSentAgain = item.revised === true || item.resent !== undefined;
    const plans = isSentAgain
      ? await plansOf(item.key, { feed: feedOf(item.key), ...(since !== undefined && { since }) }, records)
      : [];
    found.push({ key: item.key, feed: feedOf(item.key), item, plans });
  }
  return found;
}

/** An entry that was sent more than once is named by several plans, and its item knows only the last. */
async function plansOf(
  key: string,
  { feed, since }: Search,
  records: StackRecords,
): Promise<readonly SnapshotPlan[]> {
  const plans: SnapshotPlan[] = [];
  for await (const plan of records.snapshotPlans(since, feed))
    if (entriesOf(plan).some((entry) => entry.key === key)) plans.push(plan);
  return plans;
}

/** Entries whose title contains the text: in what was decided in the last 60 days, and in the last snapshot of a given feed. */
export async function findByTitle(
  given: string,
  { feed, since }: Search,
  records: StackRecords,
): Promise<readonly FoundEntry[]> {
  const wanted = plainText(given);
  const found = new Map<string, FoundEntry & { readonly plans: SnapshotPlan[] }>();
  for await (const plan of records.snapshotPlans(since, feed))
    for (const { key, title, link } of entriesOf(plan)) {
      if (!plainText(title).includes(wanted)) continue;
      const entry = found.get(key) ?? {
        key,
        feed: plan.feed,
        title,
        plans: [],
        ...(link !== undefined && { link }),
      };
      found.set(key, entry);
      if (!entry.plans.includes(plan)) entry.plans.push(plan);
    }
  for (const { key, title, fate } of feed === undefined ? [] : await lastEntries(feed, records))
    if (fate !== "rejected" && !found.has(key) && plainText(title).includes(wanted))
      found.set(key, { key, feed: feed ?? "", title, plans: [] });
  const items = await itemsAt([...found.keys()], records);
  return [...found.values()].map((entry) => {
    const item = items.get(entry.key);
    return item ? { ...entry, item } : entry;
  });
}

const plainText = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

interface PlanEntry {
  readonly key: string;
  readonly title: string;
  readonly link?: string;
}

/** The entries that a plan shows, names or lets wait. */
export function entriesOf({ messages, waiting = [] }: SnapshotPlan): readonly PlanEntry[] {
  const shown = messages.flatMap(({ machine }) => {
    const { entries = [] } = JSON.parse(machine) as { readonly entries?: readonly Partial<PlanEntry>[] };
    return entries.map(({ key = "", title = "", link }) => ({
      key,
      title,
      ...(link !== undefined && { link }),
    }));
  });
  return [...shown, ...waiting.flatMap(({ entries }) => entries)];
}
