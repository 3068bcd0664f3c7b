import type { Entry } from "../feed/entry.ts";
import { detach } from "../message/detach.ts";
import { once } from "../once.ts";
import type { Routed, Router } from "../routing/route.ts";
import type { Candidate, RunIdentity } from "./candidate.ts";
import { seenHash } from "./feed-memory.ts";
import { identify } from "./identity.ts";
import type { PendingEdit } from "./run-state.ts";

/** An entry at its place in the snapshot. */
export interface ReadEntry {
  readonly entry: Entry;
  readonly at: number;
  /** Length of the text that it came from. */
  readonly length: number;
  readonly text?: string;
}

/** An entry with what recognises it. Where it goes is worked out when first asked. */
export interface Prepared extends ReadEntry {
  readonly candidate: Candidate;
  readonly seen: string;
  readonly routed: () => Routed;
}

export interface PrepareContext {
  readonly feed: string;
  readonly route: Router;
  readonly run: RunIdentity;
  /** Hashes what an entry says, if the feed follows updates. */
  readonly hashText: ((entry: Entry) => string) | undefined;
}

export function prepare(read: ReadEntry, { feed, route, run, hashText }: PrepareContext): Prepared {
  const { entry, at } = read;
  const text = hashText && once(() => read.text ?? hashText(entry));
  let routes: Routed | undefined;
  const routed = () => (routes ??= route(entry, { feed, now: run.now() }));
  const identity = identify(feed, entry);
  return {
    ...read,
    candidate: { identity, at, due: () => routed().due, ...(text && { text }) },
    seen: seenHash(identity.slots.at(-1) ?? "", text?.()),
    routed,
  };
}

/** What is kept of an entry that waits for the end of the snapshot. */
export function pendingOf({ entry, at, length, candidate }: Prepared): PendingEdit {
  const text = candidate.text?.();
  return { entry: detach(entry), at, length, ...(text !== undefined && { text }) };
}
