import { hash } from "node:crypto";
import type { Configuration } from "../../functions/core/configuration.ts";
import type { Message } from "../../functions/core/message/message.ts";
import { ingest, type Outcome } from "../../functions/core/ingest.ts";
import type { Ports } from "../../functions/core/ports.ts";
import { memoryLedger } from "../../functions/memory/ledger.ts";
import { fakeClock } from "../support/contracts/ledger.ts";
import { configuration as usual } from "../support/fake-system.ts";
import { marks } from "./feeds.ts";

/** The real pipeline over a ledger in memory and a clock that only moves when it is told to; nothing is kept but counts. */
export function startWorld(configuration: Configuration = usual) {
  const clock = fakeClock();
  const ledger = memoryLedger(clock);
  /** How often each audience was told of each entry. */
  const told = new Map<string, Map<string, number>>();
  const claims = new Set<string>();
  let bytes: Uint8Array = Buffer.alloc(0);
  let runs = 0;
  let messages = 0;

  const tell = ({ audience, email, more }: Message) => {
    messages++;
    if (more > 0)
      throw new Error("A message counts entries that none shows: the simulation can't name them.");
    const counts = told.get(audience) ?? new Map<string, number>();
    told.set(audience, counts);
    for (const mark of new Set(marks(email))) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  };
  const ports: Ports = {
    clock,
    ledger: {
      ...ledger,
      hold: (claim, ...rest) => {
        claims.add(claim);
        return ledger.hold(claim, ...rest);
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
    topics: {
      publish: async (_, published) =>
        published.map((message) => {
          tell(message);
          return { outcome: "accepted" };
        }),
    },
    continuations: { send: () => Promise.reject(new Error("Nothing should have to be continued.")) },
  };

  return {
    clock,
    told,
    messages: () => messages,
    runs: () => runs,
    /** Entries and pointers that live in the table, and claims, of which each run with news has one. */
    size: () => ({ slots: ledger.size(), claims: claims.size }),
    async upload(feed: string, text: string): Promise<Outcome> {
      bytes = Buffer.from(text);
      const now = clock.now();
      const run = `run-${runs++}`;
      const version = {
        bucket: "b",
        key: `snapshots/${feed}/latest.xml`,
        versionId: run,
        etag: hash("md5", bytes, "hex"),
      };
      const turn = {
        claim: run,
        deadline: now + 50_000,
        end: now + 58_000,
        lease: now + 65_000,
        prefix: "snapshots/",
      };
      return ingest(version, turn, configuration, ports);
    },
  };
}

export type World = ReturnType<typeof startWorld>;
