import type { Counts } from "./dedupe/run-state.ts";
import type { Scan } from "./dedupe/scan.ts";
import type { ErrorCode, SnapshotError } from "./errors.ts";
import type { ComposedShares } from "./routing/audience-messages.ts";

export type IngestResult = {
  readonly feed: string;
  readonly counts: Counts;
  /** Messages that were enqueued, by audience. */
  readonly messages: Readonly<Record<string, number>>;
  /** Entries that wait for a schedule, by audience. */
  readonly waiting: Readonly<Record<string, number>>;
  /** How often each code of a warning or a reject occurred. */
  readonly faults: Readonly<Record<string, number>>;
  /** How often the rules of each audience decided about a new entry, such as `news skipped by exclude`. */
  readonly decisions: Readonly<Record<string, number>>;
} & (
  | { readonly state: "done" | "unchanged" | "continued" | "superseded" }
  /** Sent as far as it can be read; the snapshot is kept under `quarantine/` with this reason. */
  | { readonly state: "quarantined"; readonly error: SnapshotError }
  /** To be retried, not before `until` (epoch milliseconds) where that is known. */
  | { readonly state: "retry"; readonly code: ErrorCode; readonly why: string; readonly until?: number }
);

/** How a snapshot that was read to its end, or as far as it can be read, ended. */
export function endOf({ failure, heldUntil, counts }: Extract<Scan, { state: "read" }>) {
  if (heldUntil !== undefined) {
    const why = `${counts.held} entries are held by another run`;
    return { state: "retry", code: "entry-held", why, until: heldUntil } as const;
  }
  return failure ? ({ state: "quarantined", error: failure } as const) : ({ state: "done" } as const);
}

/** How often each code of a warning or a reject occurred. */
export function faultsIn(found: Scan): Readonly<Record<string, number>> {
  const faults: Record<string, number> = {};
  const report = found.state === "read" ? found.report : undefined;
  for (const { code } of [...(report?.rejects ?? []), ...(report?.warnings ?? [])])
    faults[code] = (faults[code] ?? 0) + 1;
  return faults;
}

/** Messages and waiting entries by audience. */
export function countByAudience({
  messages,
  waiting,
}: ComposedShares): Pick<IngestResult, "messages" | "waiting"> {
  const counts: Record<string, number> = {};
  for (const { audience } of messages) counts[audience] = (counts[audience] ?? 0) + 1;
  const waits = waiting.map(
    ({ audience, entries, rest }) => [audience, entries.length + (rest?.count ?? 0)] as const,
  );
  return { messages: counts, waiting: Object.fromEntries(waits) };
}
