import { hash } from "node:crypto";
import type { Configuration } from "../../functions/core/configuration.ts";
import { ingest } from "../../functions/core/ingest.ts";
import type { IngestResult } from "../../functions/core/ingest-result.ts";
import type { OutboxMessage } from "../../functions/core/plan.ts";
import type { IngestPorts } from "../../functions/core/ports.ts";
import { memoryLedger } from "../../functions/memory/ledger.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { configuration as usual, machineView } from "../support/fake-system.ts";
import { marks } from "./feeds.ts";

/** The real ingest over a ledger in memory and a clock that only moves when it is told to; nothing is kept but counts. */
export function startWorld(configuration: Configuration = usual) {
  const clock = fakeClock();
  const ledger = memoryLedger(clock);
  /** How often each audience was told of each entry. */
  const told = new Map<string, Map<string, number>>();
  const claims = new Set<string>();
  let bytes: Uint8Array = Buffer.alloc(0);
  let runs = 0;
  let messages = 0;

  const tell = (message: OutboxMessage) => {
    messages++;
    const { audience, email } = message;
    if (machineView(message).more > 0)
      throw new Error("A message counts entries that none shows: the simulation can't name them.");
    const counts = told.get(audience) ?? new Map<string, number>();
    told.set(audience, counts);
    for (const mark of new Set(marks(email))) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  };
  const unexpected = () => Promise.reject(new Error("Nothing should fail or have to be continued."));
  const ports: IngestPorts = {
    clock,
    ledger: {
      ...ledger,
      acquireClaim: (claim, holder) => {
        claims.add(claim);
        return ledger.acquireClaim(claim, holder);
      },
    },
    log: () => undefined,
    snapshots: {
      open: async () => ({
        chunks: (async function* () {
          yield bytes;
        })(),
        size: bytes.length,
      }),
      quarantine: (version, reason) =>
        Promise.reject(new Error(`${version.key} was quarantined: ${reason.code}`)),
    },
    plans: {
      write: async ({ claim }) => claim,
      read: unexpected,
      writeState: unexpected,
      readState: unexpected,
      list: () => {
        throw new Error("Only watch lists plans.");
      },
    },
    requests: { send: unexpected },
    outbox: {
      enqueue: async (enqueued) => {
        for (const message of enqueued) tell(message);
      },
    },
  };

  return {
    clock,
    told,
    messages: () => messages,
    runs: () => runs,
    /** Entries and pointers that live in the table, and claims, of which each run with news has one. */
    size: () => ({ slots: ledger.size(), claims: claims.size }),
    async upload(feed: string, text: string): Promise<IngestResult> {
      bytes = Buffer.from(text);
      const now = clock.now();
      const versionId = String(runs++);
      const version = {
        bucket: "b",
        key: `snapshots/${feed}/latest.xml`,
        versionId,
        etag: hash("md5", bytes, "hex"),
        sequencer: versionId.padStart(10, "0"),
      };
      return ingest(
        { version, receives: 1, attempts: 0, firstAttempt: now },
        { owner: `run-${versionId}`, deadline: now + 45_000, lease: now + 65_000 },
        { configuration, codeHash: "code", prefix: "snapshots/" },
        ports,
      );
    },
  };
}

export type World = ReturnType<typeof startWorld>;
