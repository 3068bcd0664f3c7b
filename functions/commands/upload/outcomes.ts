import { setTimeout as sleep } from "node:timers/promises";
import { isFailure, readLogLine, type SnapshotLine } from "../../core/log-line.ts";
import { intervals, snapshotLog } from "../logs/snapshot-log.ts";
import type { StackAddress } from "../stack.ts";

/** One version of one snapshot; no `version` in a bucket without versions. */
interface Upload {
  readonly key: string;
  readonly version?: string;
}

interface OutcomeLine {
  readonly text: string;
  readonly line: SnapshotLine;
}

/** What ingest does with uploads. */
export interface Outcomes {
  /**
   * Passes each line about an upload to `onLine` and resolves with the last one: done, unchanged, superseded or
   * quarantined. Resolves earlier, with another line or none, after two minutes in which ingest has logged nothing about
   * any upload.
   */
  wait(upload: Upload, onLine: (text: string) => void): Promise<SnapshotLine | undefined>;
  /** Ends every wait. Throws the error that ended the reading of the log. */
  stop(): Promise<void>;
}

/** Milliseconds. */
const patience = 120_000;

/** The clock of this computer may be that much ahead of the log's, milliseconds. */
const clockSkew = 60_000;

const ends: ReadonlySet<string> = new Set(["done", "unchanged", "superseded", "quarantined"]);

/** Ingest has decided everything about the snapshot. */
export const isEnd = ({ event }: SnapshotLine): boolean => ends.has(event);

/** Starts to read the log of ingest: from now on, until `stop`. */
export function followOutcomes(
  stack: Pick<StackAddress, "inbox" | "logGroup" | "region" | "profile">,
): Outcomes {
  const since = Date.now() - clockSkew;
  const interval = stack.inbox === undefined ? intervals.deployed : intervals.local;
  const lines = new Map<string, OutcomeLine[]>();
  const seen = new Set<string>();
  const waits = new Map<string, () => void>();
  const stopped = new AbortController();
  let changed = Date.now();

  async function look(): Promise<void> {
    for await (const { at, text } of snapshotLog(stack, { since })) {
      const line = readLogLine(text);
      if (line === undefined || isFailure(line) || seen.has(`${at} ${text}`)) continue;
      seen.add(`${at} ${text}`);
      const name = nameOf(line);
      lines.set(name, [...(lines.get(name) ?? []), { text, line }]);
      changed = Date.now();
      waits.get(name)?.();
    }
  }
  const endAll = () => {
    stopped.abort();
    for (const wake of waits.values()) wake();
  };
  const reading = (async () => {
    while (!stopped.signal.aborted) {
      await look();
      if (waits.size > 0 && Date.now() - changed > patience) endAll();
      await sleep(interval, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  })();
  // Uploads continue; `stop` throws the error.
  reading.catch(endAll);

  return {
    async wait(upload, onLine) {
      changed = Date.now();
      const name = nameOf(upload);
      for (let next = 0; ;) {
        const known = lines.get(name) ?? [];
        for (const { text } of known.slice(next)) onLine(text);
        next = known.length;
        const last = known.at(-1)?.line;
        if ((last && isEnd(last)) || stopped.signal.aborted) return last;
        await new Promise<void>((resolve) => waits.set(name, resolve));
        waits.delete(name);
      }
    },
    async stop() {
      endAll();
      await reading;
    },
  };
}

const nameOf = ({ key, version }: Upload): string => `${version ?? "null"} ${key}`;
