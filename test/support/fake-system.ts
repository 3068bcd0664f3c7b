import { hash } from "node:crypto";
import type { Audience, Configuration } from "../../functions/core/configuration.ts";
import { defaultLimits } from "../../functions/core/feed/limits.ts";
import type { Message } from "../../functions/core/message/message.ts";
import { ingest, type Outcome, type Turn } from "../../functions/core/ingest.ts";
import type {
  EntryNote,
  Ports,
  PublishResult,
  QuarantineReason,
  SnapshotVersion,
} from "../../functions/core/ports.ts";
import { memoryLedger } from "../../functions/memory/ledger.ts";
import { fakeClock } from "./contracts/ledger.ts";

export const audience = (fields: Partial<Audience> & Pick<Audience, "name" | "cadence">): Audience => ({
  locale: "en",
  timeZone: "UTC",
  smsParts: { alert: 2, digest: 3 },
  digestItems: 50,
  burst: 10,
  rules: {},
  ...fields,
});

export const configuration: Configuration = {
  audiences: [audience({ name: "alerts", cadence: "each" }), audience({ name: "digest", cadence: "upload" })],
  feeds: {},
  limits: defaultLimits,
  timeoutSeconds: 60,
  ledgerDays: 60,
  smsPartPrice: 0.01,
};

/** One RSS item of each number. */
export const rss = (numbers: readonly number[], title = (n: number) => `Title ${n}`): string =>
  `<rss version="2.0"><channel><title>A feed</title><link>https://x.example/</link>${numbers
    .map(
      (n) =>
        `<item><guid isPermaLink="false">g${n}</guid><title>${title(n)}</title><link>https://x.example/${n}</link><pubDate>${new Date(
          Date.UTC(2026, 1, 1) + n * 60_000,
        ).toUTCString()}</pubDate><description>What happened in case number ${n} is told here at some length.</description></item>`,
    )
    .join("")}</channel></rss>`;

/** A whole system in memory with a clock that only moves when it is told to, in which single calls can be made to fail. */
export function startSystem(config: Configuration = configuration) {
  const clock = fakeClock();
  const ledger = memoryLedger(clock);
  const objects = new Map<string, Uint8Array>();
  const published: Message[] = [];
  const quarantined: { version: SnapshotVersion; reason: QuarantineReason }[] = [];
  const continuations: Parameters<Ports["continuations"]["send"]>[] = [];
  const notes: EntryNote[] = [];
  let answer: (message: Message) => PublishResult = () => ({ outcome: "accepted" });
  let opens = 0;
  let runs = 0;
  const ports: Ports = {
    ledger,
    clock,
    log: () => undefined,
    note: (note) => notes.push(note),
    snapshots: {
      open: async ({ key, versionId }) => {
        opens++;
        const bytes = objects.get(`${key}@${versionId}`);
        if (!bytes) throw new Error(`no ${key}`);
        return {
          chunks: (async function* () {
            yield bytes;
          })(),
          size: bytes.length,
        };
      },
      quarantine: async (version, reason) => {
        quarantined.push({ version, reason });
      },
    },
    topics: {
      publish: async (_, messages) =>
        messages.map((message) => {
          const result = answer(message);
          if (result.outcome === "accepted") published.push(message);
          return result;
        }),
    },
    continuations: {
      send: async (...given) => {
        continuations.push(given);
      },
    },
  };
  return {
    clock,
    ledger,
    ports,
    published,
    quarantined,
    continuations,
    notes,
    opens: () => opens,
    answer: (next: typeof answer) => {
      answer = next;
    },
    upload: (key: string, content: string | Uint8Array): SnapshotVersion => {
      const bytes = typeof content === "string" ? Buffer.from(content) : content;
      const version = {
        bucket: "b",
        key,
        versionId: String(objects.size),
        etag: hash("md5", bytes, "hex"),
      };
      objects.set(`${key}@${version.versionId}`, bytes);
      return version;
    },
    run: (version: SnapshotVersion, turn: Partial<Turn> = {}, ports_: Ports = ports): Promise<Outcome> => {
      const now = clock.now();
      const whole = {
        claim: `run-${runs++}`,
        deadline: now + 50_000,
        end: now + 58_000,
        lease: now + 65_000,
        prefix: "snapshots/",
      };
      return ingest(version, { ...whole, ...turn }, config, ports_);
    },
    /** What each audience was told of, key by key. */
    told: (name: string) => published.filter(({ audience }) => audience === name).flatMap(({ keys }) => keys),
  };
}
