import type { Configuration } from "../core/configuration.ts";
import type { Message } from "../core/message/message.ts";
import { ingest, type Outcome } from "../core/ingest.ts";
import type { EntryNote, OpenSnapshot, Ports, QuarantineReason } from "../core/ports.ts";
import { prefixes } from "../aws/environment.ts";
import { steppedClock } from "../memory/clock.ts";
import { memoryLedger } from "../memory/ledger.ts";
import { oneSnapshot } from "../memory/snapshots.ts";
import { memoryTopics } from "../memory/topics.ts";

/** What would become of a snapshot if it were uploaded now to a stack that has never seen its feed. */
export interface Preview {
  readonly outcome: Outcome;
  readonly entries: readonly EntryNote[];
  readonly messages: readonly Message[];
  readonly reasons: readonly QuarantineReason[];
}

/** Runs the pipeline itself on ports in memory. `key` is that of the upload, `now` its time in epoch milliseconds. */
export async function previewSnapshot(
  open: () => Promise<OpenSnapshot>,
  key: string,
  now: number,
  configuration: Configuration,
): Promise<Preview> {
  const clock = steppedClock(now);
  const snapshots = oneSnapshot(open);
  const topics = memoryTopics();
  const entries: EntryNote[] = [];
  const ports: Ports = {
    snapshots,
    topics,
    ledger: memoryLedger(clock),
    continuations: {
      send: () => Promise.reject(new Error("A run without a deadline has nothing to hand on.")),
    },
    clock,
    log: () => undefined,
    note: (note) => entries.push(note),
  };
  const turn = {
    claim: "preview",
    deadline: Infinity,
    end: Infinity,
    lease: Infinity,
    prefix: prefixes.snapshots,
  };
  const outcome = await ingest({ bucket: "preview", key }, turn, configuration, ports);
  return { outcome, entries, messages: topics.published, reasons: snapshots.reasons };
}

/**
 * The key under which a file would be uploaded: its path under a folder `snapshots` or `drop`; without such a folder its
 * name alone, so that the snapshot names its feed.
 */
export function keyOfFile(file: string, feed: string | undefined): string {
  const parts = file.split(/[/\\]/).filter((part) => part !== "" && part !== ".");
  const name = parts.at(-1) ?? "snapshot";
  if (feed !== undefined) return `${prefixes.snapshots}${feed}/${name}`;
  const root = parts.findLastIndex((part) => part === "snapshots" || part === "drop");
  return prefixes.snapshots + (root >= 0 && root < parts.length - 1 ? parts.slice(root + 1).join("/") : name);
}
