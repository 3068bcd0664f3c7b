import { isDigestPlan, type SnapshotPlan } from "../../core/plan.ts";
import type { Claim, EntryTrace } from "../../core/ports.ts";
import type { SnapshotVersion } from "../../core/snapshot.ts";
import { countedFate, fatesIn, type AudienceFate } from "./fates.ts";
import { entriesOf, type FoundEntry } from "./find.ts";
import { rereadSnapshot, sourceOfItem, verdictFor } from "./reread.ts";
import type { StackRecords } from "./stack-records.ts";

/** What became of one entry. */
export interface TracedEntry {
  /** Slug. */
  readonly feed: string;
  /** Ledger key. */
  readonly key: string;
  readonly title?: string;
  readonly link?: string;
  /** The claim under which it was decided last. */
  readonly claim?: { readonly id: string; readonly state: Claim["state"] | "expired" };
  /** The snapshot that brought it, where that is still known. */
  readonly snapshot?: Pick<SnapshotVersion, "key" | "versionId">;
  /** When it was decided, ISO 8601. */
  readonly decided?: string;
  readonly audiences: readonly AudienceFate[];
}

/** Follows an entry from its claim to the messages of each audience. */
export async function traceFound(found: FoundEntry, records: StackRecords): Promise<TracedEntry> {
  const { feed, key, item } = found;
  const claim = item && (await records.ledger.claims([item.claim])).get(item.claim);
  const plans = await withClaimedPlan(found, claim, records);
  const fates: AudienceFate[] = [];
  for (const plan of plans) fates.push(...(await fatesIn(plan, key, records)));
  const version = plans.at(-1)?.snapshot ?? (item && (await sourceOfItem(item, feed, records)));
  const names = records.configuration.audiences.map(({ name }) => name);
  // Audiences that were removed come last.
  const placeOf = ({ audience }: AudienceFate) =>
    names.includes(audience) ? names.indexOf(audience) : names.length;
  const missing = names.filter((name) => !fates.some(({ audience }) => audience === name));
  if (missing.length > 0) {
    const entry = await rereadEntry(found, version, records);
    for (const audience of missing)
      fates.push(await otherFate({ audience, key, claim, entry, plan: plans.at(-1) }, records));
  }
  const named = plans.flatMap(entriesOf).findLast((entry) => entry.key === key);
  const title = found.title ?? named?.title;
  const link = found.link ?? named?.link;
  const decided = plans.at(-1)?.at;
  return {
    feed,
    key,
    ...(title !== undefined && { title }),
    ...(link !== undefined && { link }),
    ...(item && { claim: { id: item.claim, state: claim?.state ?? "expired" } }),
    ...(version && {
      snapshot: {
        key: version.key,
        ...(version.versionId !== undefined && { versionId: version.versionId }),
      },
    }),
    ...(decided !== undefined && { decided }),
    audiences: fates.toSorted((a, b) => placeOf(a) - placeOf(b)),
  };
}

async function withClaimedPlan(
  { plans, item }: FoundEntry,
  claim: Claim | undefined,
  records: StackRecords,
): Promise<readonly SnapshotPlan[]> {
  if (!item || claim?.plan === undefined || plans.some((plan) => plan.claim === item.claim)) return plans;
  const plan = await records.plan(claim.plan, item.claim);
  return plan && !isDigestPlan(plan) ? [...plans, plan] : plans;
}

async function rereadEntry(
  { key, item, title }: FoundEntry,
  version: SnapshotVersion | undefined,
  records: StackRecords,
): Promise<EntryTrace | undefined> {
  const entries = version && (await rereadSnapshot(version, records));
  return (
    entries?.find((entry) => entry.key === key) ??
    (item && entries?.[item.at]) ??
    entries?.find((entry) => entry.title === title)
  );
}

interface Undecided {
  readonly audience: string;
  readonly key: string;
  readonly claim: Claim | undefined;
  readonly entry: EntryTrace | undefined;
  /** The last plan that names the entry, or that of its claim. */
  readonly plan: SnapshotPlan | undefined;
}

/** The fate for an audience for which no message names the entry. */
async function otherFate(
  { audience, claim, entry, plan }: Undecided,
  records: StackRecords,
): Promise<AudienceFate> {
  if (claim?.state === "open") {
    const until = claim.lease > records.now ? ` until ${new Date(claim.lease).toISOString()}` : "";
    return { audience, fate: "unknown", why: `a run has the entry${until} and has not decided` };
  }
  if (claim?.state === "ended")
    return { audience, fate: "unknown", why: "a run ended before it decided; the next one decides" };
  if (entry === undefined)
    return { audience, fate: "unknown", why: "no message names it, and its snapshot is no longer stored" };
  const verdict = verdictFor(audience, entry);
  if (verdict !== undefined) return { audience, fate: "skipped", why: `${verdict} (by the present rules)` };
  const counted = plan && (await countedFate(audience, plan, records));
  if (counted) return counted;
  const why =
    "no message names it: a first import that was limited, rules that have changed, or a plan that was deleted after 60 days";
  return { audience, fate: "unknown", why };
}
