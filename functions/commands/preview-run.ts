import type { Configuration } from "../core/configuration.ts";
import { ingest, type IngestResult } from "../core/ingest.ts";
import type { Message } from "../core/message/message.ts";
import type { EntryTrace, IngestPorts, OpenSnapshot, QuarantineReason } from "../core/ports.ts";
import { prefixes } from "../aws/environment.ts";
import { steppedClock } from "../memory/clock.ts";
import { memoryLedger } from "../memory/ledger.ts";
import { oneSnapshot } from "../memory/snapshots.ts";
import { memoryOutbox, memoryPlans } from "../memory/outbox.ts";

/** What readers would get for a snapshot that is uploaded now, if all its entries are new. */
export interface Preview {
  readonly outcome: IngestResult;
  readonly entries: readonly EntryTrace[];
  readonly messages: readonly Message[];
  readonly reasons: readonly QuarantineReason[];
}

export interface PreviewOptions {
  /** Key of the upload. */
  readonly key: string;
  /** Its time, epoch milliseconds. */
  readonly now: number;
  readonly configuration: Configuration;
  /** The feed has never been seen; otherwise it is known, and all entries are new. */
  readonly isFirst: boolean;
}

/** Runs `ingest` itself on ports in memory. */
export async function previewSnapshot(
  open: () => Promise<OpenSnapshot>,
  { key, now, configuration, isFirst }: PreviewOptions,
): Promise<Preview> {
  const clock = steppedClock(now);
  const snapshots = oneSnapshot(open);
  const plans = memoryPlans(clock.now);
  const entries: EntryTrace[] = [];
  const ledger = memoryLedger(clock);
  const ports: IngestPorts = {
    snapshots,
    plans,
    ledger: { ...ledger, readHead: async () => (isFirst ? undefined : knownFeed) },
    outbox: memoryOutbox(),
    requests: { send: () => Promise.reject(new Error("A run without a deadline hands nothing on.")) },
    clock,
    log: () => undefined,
    trace: (trace) => entries.push(trace),
  };
  const request = { version: { bucket: "preview", key }, receives: 1, attempts: 0, firstAttempt: now };
  const invocation = { owner: "preview", deadline: Infinity, lease: Infinity };
  const context = { configuration, codeHash: "", prefix: prefixes.snapshots };
  const outcome = await ingest(request, invocation, context, ports);
  const messages = plans.written.flatMap((plan) => plan.messages);
  return { outcome, entries, messages, reasons: snapshots.reasons };
}

const knownFeed = { etag: "", readBy: "", at: 0, key: "", entries: 0 };

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
