import type { Audience, Configuration } from "../core/configuration.ts";
import { collect } from "../core/digest/collect.ts";
import { composeScheduled } from "../core/digest/compose-scheduled.ts";
import { dueSlot } from "../core/digest/due-slot.ts";
import { ingest } from "../core/ingest.ts";
import type { IngestResult } from "../core/ingest-result.ts";
import type { Message } from "../core/message/message.ts";
import type { DigestLedger, EntryTrace, IngestPorts, OpenSnapshot, QuarantineReason } from "../core/ports.ts";
import { prefixes } from "../aws/environment.ts";
import { steppedClock } from "../memory/clock.ts";
import { memoryLedger } from "../memory/ledger.ts";
import { oneSnapshot } from "../memory/snapshots.ts";
import { memoryOutbox, memoryPlans } from "../memory/outbox.ts";

/** A message and when it would go out. */
export interface PreviewMessage extends Message {
  /** ISO 8601: the time of the upload, or the slot of the audience's schedule if nothing else arrives until then. */
  readonly at: string;
}

/** What readers would get for a snapshot that is uploaded now, if all its entries are new. */
export interface Preview {
  readonly outcome: IngestResult;
  readonly entries: readonly EntryTrace[];
  readonly messages: readonly PreviewMessage[];
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
  /** Called for each entry that was decided on, with their number. */
  readonly onEntry?: (count: number) => void;
}

/** Runs `ingest` itself on ports in memory. */
export async function previewSnapshot(
  open: () => Promise<OpenSnapshot>,
  { key, now, configuration, isFirst, onEntry }: PreviewOptions,
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
    trace(trace) {
      entries.push(trace);
      onEntry?.(entries.length);
    },
  };
  const request = { version: { bucket: "preview", key }, receives: 1, attempts: 0, firstAttempt: now };
  const invocation = { owner: "preview", deadline: Infinity, lease: Infinity };
  const context = { configuration, codeHash: "", prefix: prefixes.snapshots };
  const outcome = await ingest(request, invocation, context, ports);
  const at = new Date(now).toISOString();
  const messages: PreviewMessage[] = plans.written
    .flatMap((plan) => plan.messages)
    .map((message) => ({ ...message, at }));
  for (const audience of configuration.audiences)
    messages.push(...(await scheduledMessages(audience, now, ledger)));
  return { outcome, entries, messages, reasons: snapshots.reasons };
}

/** The digest of what waits for an audience's schedule. */
async function scheduledMessages(
  audience: Audience,
  now: number,
  ledger: DigestLedger,
): Promise<readonly PreviewMessage[]> {
  const collected = await collect(audience, ledger);
  const entries = collected.shown.length + collected.more;
  const slot = dueSlot(audience, { entries, now });
  if (entries === 0 || slot === undefined) return [];
  const at = new Date(slot).toISOString();
  return composeScheduled(collected, audience, { slot, now }).messages.map((message) => ({ ...message, at }));
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
