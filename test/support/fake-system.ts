import { hash } from "node:crypto";
import { deliverHandler } from "../../functions/aws/deliver-handler.ts";
import { digestHandler } from "../../functions/aws/digest-handler.ts";
import { ingestHandler } from "../../functions/aws/ingest-handler.ts";
import { openMeter } from "../../functions/aws/meter.ts";
import { outboxBody } from "../../functions/aws/outbox.ts";
import { ownRequest } from "../../functions/aws/requests.ts";
import { slotBody } from "../../functions/aws/slots.ts";
import { watchHandler } from "../../functions/aws/watch-handler.ts";
import {
  deliverSeconds,
  maxIntakeReceives,
  maxOutboxReceives,
  visibilitySeconds,
  type Audience,
  type Configuration,
} from "../../functions/core/configuration.ts";
import type { Postpone } from "../../functions/core/deliver.ts";
import { SnapshotError } from "../../functions/core/errors.ts";
import { defaultLimits } from "../../functions/core/feed/limits.ts";
import { ingest, type IngestRun } from "../../functions/core/ingest.ts";
import type { IngestResult } from "../../functions/core/ingest-result.ts";
import type { OutboxMessage } from "../../functions/core/plan.ts";
import type {
  DeliverPorts,
  DigestPorts,
  EntryTrace,
  IngestPorts,
  Log,
  PublishResult,
  QuarantinedMessage,
  QuarantineReason,
  Slots,
  WatchPorts,
} from "../../functions/core/ports.ts";
import type { IngestRequest, SnapshotVersion } from "../../functions/core/snapshot.ts";
import type { SlotRequest, WaitingShare } from "../../functions/core/waiting.ts";
import { memoryLedger } from "../../functions/memory/ledger.ts";
import { memoryPlans } from "../../functions/memory/outbox.ts";
import { fakeClock } from "./fake-clock.ts";
import { fakeQueue, type QueueDelivery } from "./fake-queue.ts";
import {
  intercept,
  interceptSteps,
  startProcess,
  type FakeProcess,
  type FunctionName,
  type Interception,
  type PortCall,
  type PortFault,
} from "./port-faults.ts";
import { sqsRecord } from "./sqs-records.ts";

export const audience = (fields: Partial<Audience> & Pick<Audience, "name" | "mode">): Audience => ({
  locale: "en",
  timeZone: "UTC",
  sms: { parts: { alert: 2, digest: 3 }, maxParts: { alert: 2, digest: 3 }, fold: "auto" },
  digestItems: 50,
  order: "newest",
  stories: "merge",
  preferredFeeds: [],
  maxAlerts: 10,
  minItems: 1,
  maxWaitDays: 7,
  firstImport: "digest",
  messagesPerSecond: 8,
  rules: {},
  ...fields,
});

export const configuration: Configuration = {
  audiences: [audience({ name: "alerts", mode: "alerts" }), audience({ name: "digest", mode: "digest" })],
  feeds: {},
  limits: defaultLimits,
  timeoutSeconds: 60,
  ledgerDays: 60,
  retryHours: 72,
  maxRetrySeconds: 900,
  silentPeriods: 5,
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

/** The whole numbers from `from` to `to`. */
export const numbers = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** A message as it took effect at its topic. */
export interface PublishedMessage {
  readonly audience: string;
  readonly message: OutboxMessage;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly process: FakeProcess | undefined;
}

/** What the machine-readable variant of a message says. */
export interface MachineView {
  readonly kind: "alert" | "digest";
  readonly entries: readonly { readonly key: string; readonly title: string; readonly revised?: boolean }[];
  readonly more: number;
}

export const machineView = ({ machine }: Pick<OutboxMessage, "machine">): MachineView =>
  JSON.parse(machine) as MachineView;

export interface SystemOptions {
  /** The deduplication interval of the outbox, milliseconds. */
  readonly deduplication?: number;
  readonly codeHash?: string;
}

/**
 * A whole system in memory: a bucket, the three queues, the ledger, the four functions' handlers, and topics that record
 * what they accept. The clock moves only when it is told to or when somebody sleeps. Every call of a port can fail.
 */
export function startSystem(config: Configuration = configuration, options: SystemOptions = {}) {
  const clock = fakeClock();
  const ledger = memoryLedger(clock);
  const plans = memoryPlans(clock.now);
  const objects = new Map<string, Uint8Array>();
  const published: PublishedMessage[] = [];
  const quarantined: { readonly version: SnapshotVersion; readonly reason: QuarantineReason }[] = [];
  const quarantinedMessages: { readonly message: QuarantinedMessage; readonly reason: QuarantineReason }[] =
    [];
  const requests: { readonly request: IngestRequest; readonly delay: number }[] = [];
  const traces: EntryTrace[] = [];
  const logged: {
    readonly level: string;
    readonly event: string;
    readonly details: Readonly<Record<string, unknown>>;
  }[] = [];
  const calls: PortCall[] = [];
  const faults: { readonly call: PortCall; readonly fault: PortFault }[] = [];
  const stalled: { readonly process: FakeProcess; readonly ended: Promise<unknown> }[] = [];
  const marked: { readonly id: string; readonly process: FakeProcess }[] = [];
  const { timeoutSeconds } = config;
  const intake = fakeQueue({
    now: clock.now,
    visibility: visibilitySeconds(timeoutSeconds) * 1000,
    maxReceives: maxIntakeReceives,
  });
  const outbox = fakeQueue({
    now: clock.now,
    visibility: visibilitySeconds(deliverSeconds(config)) * 1000,
    maxReceives: maxOutboxReceives,
    fifo: { deduplication: options.deduplication ?? 300_000 },
  });
  const slots = fakeQueue({
    now: clock.now,
    visibility: visibilitySeconds(timeoutSeconds) * 1000,
    maxReceives: maxIntakeReceives,
  });
  let answer: (message: OutboxMessage) => PublishResult = () => ({ outcome: "accepted" });
  let faultOf: (call: PortCall) => PortFault | undefined = () => undefined;
  let latency = 0;
  let opens = 0;
  let processes = 0;
  let runs = 0;
  const log: Log = (level, event, details) => void logged.push({ level, event, details });
  const context = { configuration: config, codeHash: options.codeHash ?? "code", prefix: "snapshots/" };

  const meterOf = (source: FunctionName) => openMeter(source, { stack: "paper", clock, log });

  const enqueue = async (messages: readonly OutboxMessage[]) => {
    for (const message of messages)
      outbox.send(outboxBody(message), { group: message.audience, id: message.id });
  };
  const publish = (process?: FakeProcess) => async (name: string, messages: readonly OutboxMessage[]) =>
    messages.map((message): PublishResult => {
      const result = answer(message);
      if (result.outcome === "accepted")
        published.push({ audience: name, message, at: clock.now(), process });
      return result;
    });
  const ports = {
    ledger,
    plans,
    clock,
    log,
    trace: (trace: EntryTrace) => void traces.push(trace),
    outbox: { enqueue },
    snapshots: {
      open: async ({ key, versionId }: SnapshotVersion) => {
        opens++;
        const bytes = objects.get(`${key}@${versionId}`);
        if (!bytes)
          throw new SnapshotError("snapshot-gone", `no version ${versionId} of ${key}`, "the version");
        const chunks = (async function* () {
          for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
        })();
        return { chunks, size: bytes.length };
      },
      quarantine: async (version: SnapshotVersion, reason: QuarantineReason) => {
        quarantined.push({ version, reason });
      },
    },
    requests: {
      send: async (request: IngestRequest, delay: number) => {
        requests.push({ request, delay });
        intake.send(ownRequest(request), { delay: Math.min(900, Math.ceil(delay)) });
      },
    },
    slots: {
      send: async (request: SlotRequest, delay: number) => {
        slots.send(slotBody(request), { delay: Math.min(900, Math.ceil(delay)) });
      },
    },
    quarantine: {
      quarantineMessage: async (message: QuarantinedMessage, reason: QuarantineReason) => {
        quarantinedMessages.push({ message, reason });
      },
    },
    topics: { limits: { messages: 10, bytes: 262_144 }, publish: publish() },
    subscriptions: { count: async () => ({ confirmed: 1, pending: 0, deleted: 0 }) },
  } satisfies IngestPorts & DeliverPorts & DigestPorts & WatchPorts & { readonly slots: Slots };

  const interception: Interception = {
    onCall: (process, name) => {
      clock.advance(latency);
      const call = { process, name, number: calls.length };
      calls.push(call);
      return call;
    },
    faultOf: (call) => {
      const fault = faultOf(call);
      if (fault) faults.push({ call, fault });
      return fault;
    },
    onEffect: ({ process, name }, [id]) => {
      if (name === "ledger.markSent") marked.push({ id: String(id), process });
    },
  };

  /** The ports of one process. */
  function portsOf(process: FakeProcess) {
    const with_ = { interception };
    const openPort = intercept("snapshots", ports.snapshots, process, with_);
    const plansPort = intercept("plans", plans, process, with_);
    const half = <T>(items: readonly T[]) => items.slice(0, Math.ceil(items.length / 2));
    return {
      ...ports,
      ledger: intercept("ledger", ledger, process, {
        interception,
        halves: {
          putWaiting: (claim: string, at: number, shares: readonly WaitingShare[]) =>
            ledger.putWaiting(
              claim,
              at,
              shares.map(({ audience: name, entries }) => ({ audience: name, entries: half(entries) })),
            ),
          coverClaims: (name: string, claims: readonly string[]) => ledger.coverClaims(name, half(claims)),
        },
      }),
      plans: {
        // Not by a spread: it would read all plans of the system.
        write: plansPort.write,
        read: plansPort.read,
        writeState: plansPort.writeState,
        readState: plansPort.readState,
        list: (after: string | undefined) =>
          interceptSteps("plans.list", plans.list(after), process, interception),
      },
      snapshots: {
        quarantine: openPort.quarantine,
        open: async (version: SnapshotVersion) => {
          const opened = await openPort.open(version);
          return {
            ...opened,
            chunks: interceptSteps("snapshots.read", opened.chunks, process, interception),
          };
        },
      },
      requests: intercept("requests", ports.requests, process, with_),
      slots: intercept("slots", ports.slots, process, with_),
      quarantine: intercept("quarantine", ports.quarantine, process, with_),
      outbox: intercept("outbox", ports.outbox, process, {
        interception,
        halves: { enqueue: (messages: readonly OutboxMessage[]) => enqueue(half(messages)) },
      }),
      topics: intercept("topics", { ...ports.topics, publish: publish(process) }, process, {
        interception,
        halves: {
          publish: async (
            name: string,
            messages: readonly OutboxMessage[],
          ): Promise<readonly PublishResult[]> => {
            const accepted = await publish(process)(name, half(messages));
            return messages.map((_, i) => accepted[i] ?? { outcome: "failed", why: "Throttled" });
          },
        },
      }),
      clock: { ...clock, sleep: intercept("clock", { sleep: clock.sleep }, process, with_).sleep },
    };
  }

  const postponeFor = (process: FakeProcess): Postpone => {
    const port = {
      postpone: async (messages: readonly { readonly handle: string }[], seconds: number) => {
        for (const { handle } of messages) outbox.hide(handle, Math.ceil(seconds));
      },
    };
    // As the adapter does: what can't be hidden comes back after the queue's own timeout.
    return (...given) =>
      intercept("postpone", port, process, { interception })
        .postpone(...given)
        .catch(() => undefined);
  };

  /** Runs a handler until it ends or its process dies; acknowledges what it has done. */
  async function invoke(
    name: FunctionName,
    received: readonly QueueDelivery[],
    queue: typeof intake | undefined,
    remaining: number,
  ): Promise<"died" | "stalled" | "failed" | "ended"> {
    const process = startProcess(name, processes++);
    const retries = { until: () => undefined };
    const processPorts = portsOf(process);
    const lambda = { awsRequestId: `request-${process.number}`, getRemainingTimeInMillis: () => remaining };
    const event = { Records: received.map((delivery) => sqsRecord(delivery)) };
    const handlers = {
      ingest: () =>
        ingestHandler({ ...context, ports: processPorts, meter: meterOf("ingest"), retries })(event, lambda),
      deliver: () =>
        deliverHandler({
          configuration: config,
          ports: processPorts,
          meter: meterOf("deliver"),
          postpone: postponeFor(process),
          retries,
        })(event, lambda),
      digest: () =>
        digestHandler({ configuration: config, ports: processPorts, meter: meterOf("digest"), retries })(
          event,
          lambda,
        ),
      watch: () =>
        watchHandler({ configuration: config, ports: processPorts, meter: meterOf("watch"), retries })(
          undefined,
          lambda,
        ),
    };
    const handled = async (): Promise<"failed" | "ended"> => {
      try {
        const result = await handlers[name]();
        const failures = new Set(result?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        for (const { messageId, handle } of received)
          if (!failures.has(messageId)) queue?.acknowledge(handle);
        return "ended";
      } catch (error) {
        log("error", `${name} failed`, { why: String(error) });
        return "failed";
      }
    };
    const ended = Promise.race([process.death, handled()]);
    const result = await Promise.race([ended, process.stall]);
    if (result === "stalled") stalled.push({ process, ended });
    return result;
  }

  /** Lets every stalled process go on to its end. */
  async function wakeAll(): Promise<void> {
    for (const { process, ended } of stalled.splice(0)) {
      process.wake();
      await ended;
    }
  }

  /** One invocation of ingest with the next message of the intake queue; `undefined` where there is none. */
  async function ingestNext(remaining = timeoutSeconds * 1000) {
    const received = intake.receive(1);
    return received.length === 0 ? undefined : invoke("ingest", received, intake, remaining);
  }

  async function deliverNext(remaining = deliverSeconds(config) * 1000) {
    const received = outbox.receive(10);
    return received.length === 0 ? undefined : invoke("deliver", received, outbox, remaining);
  }

  async function digestNext(remaining = timeoutSeconds * 1000) {
    const received = slots.receive(1);
    return received.length === 0 ? undefined : invoke("digest", received, slots, remaining);
  }

  /** The message that EventBridge Scheduler sends for a slot (epoch milliseconds). */
  const fire = (audience: string, slot = clock.now()) =>
    slots.send(JSON.stringify({ audience, slot: new Date(slot).toISOString() }));

  /** The message that `feedbell digest` sends. */
  const askFor = (audience: string, slot = clock.now()) =>
    slots.send(slotBody({ audience, slot, byHand: true, attempts: 0, firstAttempt: slot }));

  const watchOnce = () => invoke("watch", [], undefined, Math.max(60, timeoutSeconds) * 1000);

  /** Runs ingest, digest and deliver until all queues are empty; moves the clock to the next message where none is visible. */
  async function drain(remaining?: { readonly ingest?: () => number }): Promise<void> {
    for (let n = 0; n < 5_000; n++) {
      const ingested = await ingestNext(remaining?.ingest?.());
      const digested = await digestNext();
      const delivered = await deliverNext();
      if ([ingested, digested, delivered].some((result) => result !== undefined)) continue;
      const times = [intake.nextAt(), slots.nextAt(), outbox.nextAt()].filter((time) => time !== undefined);
      if (times.length === 0) return;
      clock.advance(Math.min(...times) - clock.now());
    }
    throw new Error("The queues never become empty.");
  }

  return {
    clock,
    ledger,
    plans,
    ports,
    portsOf,
    intake,
    outbox,
    slots,
    objects,
    published,
    quarantined,
    quarantinedMessages,
    requests,
    traces,
    logged,
    calls,
    faults,
    marked,
    context,
    opens: () => opens,
    answer: (next: typeof answer) => {
      answer = next;
    },
    fault: (next: typeof faultOf) => {
      faultOf = next;
    },
    /** Milliseconds that every call of a port takes. */
    slowDown: (milliseconds: number) => {
      latency = milliseconds;
    },
    /** Stores an object, without an event. */
    put: (key: string, content: string | Uint8Array): SnapshotVersion => {
      const bytes = typeof content === "string" ? Buffer.from(content) : content;
      const versionId = String(objects.size);
      objects.set(`${key}@${versionId}`, bytes);
      return {
        bucket: "b",
        key,
        versionId,
        etag: hash("md5", bytes, "hex"),
        sequencer: versionId.padStart(8, "0"),
      };
    },
    /** S3's event for a version. */
    notify: ({ bucket, key, versionId, etag, sequencer }: SnapshotVersion) => {
      const object = { key: encodeURIComponent(key), versionId, eTag: etag, size: 1, sequencer };
      const eventTime = new Date(clock.now()).toISOString();
      const record = { eventName: "ObjectCreated:Put", eventTime, s3: { bucket: { name: bucket }, object } };
      intake.send(JSON.stringify({ Records: [record] }));
    },
    upload(key: string, content: string | Uint8Array): SnapshotVersion {
      const version = this.put(key, content);
      this.notify(version);
      return version;
    },
    fire,
    askFor,
    ingestNext,
    deliverNext,
    digestNext,
    watchOnce,
    wakeAll,
    drain,
    /** One run of the core's `ingest` by itself. */
    ingest: (
      version: SnapshotVersion,
      {
        request,
        invocation,
        ports: given = ports,
      }: {
        readonly request?: Partial<IngestRequest>;
        readonly invocation?: Partial<IngestRun>;
        readonly ports?: IngestPorts;
      } = {},
    ): Promise<IngestResult> => {
      const now = clock.now();
      return ingest(
        { version, receives: 1, attempts: 0, firstAttempt: now, ...request },
        { owner: `owner-${runs++}`, deadline: now + 45_000, lease: now + 65_000, ...invocation },
        context,
        given,
      );
    },
    /** The outbox's messages, as they were enqueued. */
    enqueued: (): readonly OutboxMessage[] =>
      outbox.messages.map(({ body }) => JSON.parse(body) as OutboxMessage),
    /** Titles of the entries that an audience was shown, message by message. */
    told: (name: string): readonly string[] =>
      published
        .filter((one) => one.audience === name)
        .flatMap(({ message }) => machineView(message).entries.map(({ title }) => title)),
  };
}

export type FakeSystem = ReturnType<typeof startSystem>;
