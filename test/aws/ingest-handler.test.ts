import type { SQSRecord } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { ingestHandler, timesOf } from "../../functions/aws/ingest-handler.ts";
import { ownRequest } from "../../functions/aws/requests.ts";
import { openMeter } from "../../functions/aws/meter.ts";
import { visibilitySeconds, type Rules } from "../../functions/core/configuration.ts";
import { SnapshotError } from "../../functions/core/errors.ts";
import type { IngestPorts } from "../../functions/core/ports.ts";
import type { SnapshotVersion } from "../../functions/core/snapshot.ts";
import { audience, configuration, rss, startSystem, type FakeSystem } from "../support/fake-system.ts";
import { sqsRecord } from "../support/sqs-records.ts";

const hour = 3_600_000;

const eventOf = (...versions: readonly SnapshotVersion[]): string =>
  JSON.stringify({
    Records: versions.map(({ bucket, key, versionId, etag, sequencer }) => ({
      eventName: "ObjectCreated:Put",
      s3: {
        bucket: { name: bucket },
        object: { key: encodeURIComponent(key), versionId, eTag: etag, size: 1, sequencer },
      },
    })),
  });

const recordOf = (messageId: string, body: string, receives = 1): SQSRecord =>
  sqsRecord({ messageId, handle: `handle-${messageId}`, body, group: "", receives });

function startHandler(system: FakeSystem = startSystem(), ports: Partial<IngestPorts> = {}) {
  let until = 0;
  const retries = {
    until: (time: number) => {
      until = time;
    },
  };
  const meter = openMeter("ingest", { stack: "paper", clock: system.clock, log: system.ports.log });
  const handler = ingestHandler({ ...system.context, ports: { ...system.ports, ...ports }, meter, retries });
  const invoke = async (records: readonly SQSRecord[], remaining = 60_000) => {
    const lambda = { awsRequestId: "request", getRemainingTimeInMillis: () => remaining };
    const { batchItemFailures } = await handler({ Records: [...records] }, lambda);
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  return { system, invoke, until: () => until };
}

const codes = ({ logged }: FakeSystem) => logged.map(({ details }) => details["code"]).filter(Boolean);

describe("a message of the intake queue", () => {
  test("is acknowledged when its snapshot is done or quarantined or when it asks for nothing", async () => {
    const { system, invoke } = startHandler();
    const good = system.put("snapshots/v/1.xml", rss([1]));
    const bad = system.put("snapshots/v/2.xml", "no feed at all");
    const records = [
      recordOf("a", eventOf(good)),
      recordOf("b", eventOf(bad)),
      recordOf("c", '{"Event":"s3:TestEvent"}'),
    ];
    expect(await invoke(records)).toEqual([]);
    expect(system.enqueued()).toHaveLength(2);
    expect(system.quarantined).toMatchObject([{ reason: { code: "format-unknown" } }]);
    expect(system.requests).toEqual([]);
  });

  test("is logged with its feed; that of a file without a folder is known once the file was read", async () => {
    const { system, invoke } = startHandler();
    for (const name of ["a", "b"])
      await invoke([recordOf(name, eventOf(system.put("snapshots/1.xml", rss([1]))))]);
    const lines = system.logged.filter(({ details }) => details["key"] === "snapshots/1.xml");
    expect(lines.map(({ event }) => event)).toEqual(["done", "unchanged"]);
    expect(lines[0]?.details["feed"]).toMatch(/^[a-z0-9-]+$/);
    expect(lines[1]?.details).not.toHaveProperty("feed");
  });

  test("that is malformed goes to the dead-letter queue by its receives, alone", async () => {
    const { system, invoke } = startHandler();
    const good = system.put("snapshots/v/1.xml", rss([1]));
    expect(await invoke([recordOf("a", "nonsense"), recordOf("b", eventOf(good))])).toEqual(["a"]);
    expect(system.enqueued()).toHaveLength(2);
    expect(codes(system)).toEqual(["event-malformed"]);
  });

  test("sets the time up to which calls are repeated", async () => {
    const { system, invoke, until } = startHandler();
    await invoke([recordOf("a", "nonsense")], 60_000);
    expect(until()).toBe(timesOf(system.clock.now() + 60_000, 60).deadline);
  });
});

describe("an orderly failure", () => {
  const failing = (reason: Error): Partial<IngestPorts> => ({
    outbox: {
      enqueue: async () => {
        throw reason;
      },
    },
  });
  const service = (name: string, httpStatusCode?: number) =>
    Object.assign(new Error("It fails."), { name, $metadata: { ...(httpStatusCode && { httpStatusCode }) } });

  test("sends the request again with its attempts and the time of the first, and spends no receive", async () => {
    const { system, invoke } = startHandler(startSystem(), failing(service("InternalError", 500)));
    const first = system.clock.now();
    const version = system.put("snapshots/v/1.xml", rss([1]));
    expect(await invoke([recordOf("a", eventOf(version))])).toEqual([]);
    expect(system.requests).toMatchObject([
      { request: { version, attempts: 1, firstAttempt: first }, delay: 2 },
    ]);
    system.clock.advance(hour);
    const [again] = system.intake.receive(1);
    await invoke([recordOf("b", again?.body ?? "")]);
    expect(system.requests[1]).toMatchObject({ request: { attempts: 2, firstAttempt: first }, delay: 4 });
  });

  test("is repeated at most every 15 minutes", async () => {
    const { system, invoke } = startHandler(startSystem(), failing(service("InternalError", 500)));
    const version = system.put("snapshots/v/1.xml", rss([1]));
    const request = { version, receives: 1, attempts: 40, firstAttempt: system.clock.now() };
    await invoke([recordOf("a", ownRequest(request))]);
    expect(system.requests[0]?.delay).toBe(900);
  });

  test("is finished by the next attempt, with the plan that was sealed", async () => {
    const system = startSystem();
    const version = system.put("snapshots/v/1.xml", rss([1]));
    await startHandler(system, failing(service("InternalError", 500))).invoke([
      recordOf("a", eventOf(version)),
    ]);
    system.clock.advance(5_000);
    const [again] = system.intake.receive(1);
    expect(await startHandler(system).invoke([recordOf("b", again?.body ?? "")])).toEqual([]);
    expect(system.enqueued()).toHaveLength(2);
    expect(system.plans.written).toHaveLength(1);
  });

  test("for longer than retryHours quarantines the snapshot with the reason", async () => {
    const { system, invoke } = startHandler(startSystem(), failing(service("InternalError", 500)));
    const version = system.put("snapshots/v/1.xml", rss([1]));
    const firstAttempt = system.clock.now() - 72 * hour;
    const request = { version, receives: 1, attempts: 300, firstAttempt };
    await invoke([recordOf("a", ownRequest(request))]);
    expect(system.quarantined).toEqual([]);
    await invoke([recordOf("b", ownRequest({ ...request, firstAttempt: firstAttempt - 1 }))]);
    expect(system.quarantined).toMatchObject([
      {
        version,
        reason: {
          code: "retries-exhausted",
          found: expect.stringContaining("service-unavailable in 301 attempts"),
        },
      },
    ]);
    expect(system.requests).toHaveLength(1);
  });

  test("of a snapshot that may not be read is retried, then quarantined as forbidden", async () => {
    const forbidden = () => Promise.reject(new SnapshotError("snapshot-forbidden", "403", "permission"));
    const system = startSystem();
    const { invoke } = startHandler(system, { snapshots: { ...system.ports.snapshots, open: forbidden } });
    const version = system.put("snapshots/v/1.xml", rss([1]));
    await invoke([recordOf("a", eventOf(version))]);
    expect([system.requests.length, system.quarantined.length]).toEqual([1, 0]);
    const request = { version, receives: 1, attempts: 300, firstAttempt: system.clock.now() - 73 * hour };
    await invoke([recordOf("b", ownRequest(request))]);
    expect(system.quarantined).toMatchObject([
      { reason: { code: "snapshot-forbidden", found: expect.stringContaining("403") } },
    ]);
  });

  test("that can't be sent again keeps the message in the queue, and is no death", async () => {
    const system = startSystem();
    const requests = { send: () => Promise.reject(new Error("503")) };
    const { invoke } = startHandler(system, { ...failing(new Error("x")), requests });
    const version = system.put("snapshots/v/1.xml", rss([1]));
    for (let receives = 1; receives < 15; receives++) {
      expect(await invoke([recordOf("a", eventOf(version), receives)])).toEqual(["a"]);
      system.clock.advance(hour);
    }
    expect(system.quarantined).toEqual([]);
  });

  test.each([
    [service("InternalError", 500), "service-unavailable"],
    [service("TimeoutError"), "service-unavailable"],
    [service("ProvisionedThroughputExceededException", 400), "service-unavailable"],
    [service("AccessDenied", 403), "unexpected"],
    [new TypeError("A fault of the program."), "unexpected"],
  ])("is logged with its code: %s", async (error, code) => {
    const { system, invoke } = startHandler(startSystem(), failing(error));
    await invoke([recordOf("a", eventOf(system.put("snapshots/v/1.xml", rss([1]))))]);
    expect(codes(system)).toEqual([code]);
  });

  test("of an entry that another run holds waits for the end of the lease", async () => {
    const system = startSystem();
    const version = system.put("snapshots/v/1.xml", rss([1, 2]));
    const plans = { ...system.plans, write: () => new Promise<never>(() => undefined) };
    void system.ingest(version, { ports: { ...system.ports, plans } });
    await new Promise((resolve) => setTimeout(resolve, 15));
    const other = system.put("snapshots/v/2.xml", rss([1, 2, 3]));
    expect(await startHandler(system).invoke([recordOf("a", eventOf(other))])).toEqual([]);
    expect(system.requests).toMatchObject([{ delay: 66 }]);
  });
});

describe("a snapshot that kills its process", () => {
  const dying = (system: FakeSystem): Partial<IngestPorts> => ({
    snapshots: { ...system.ports.snapshots, open: () => new Promise<never>(() => undefined) },
  });
  const die = async (system: FakeSystem, record: SQSRecord) => {
    void startHandler(system, dying(system)).invoke([record]);
    await new Promise((resolve) => setTimeout(resolve, 5));
  };

  test("is quarantined after three recorded deaths, and not before", async () => {
    const system = startSystem();
    const version = system.put("snapshots/v/1.xml", rss([1]));
    for (const receives of [1, 2, 3, 4]) await die(system, recordOf("a", eventOf(version), receives));
    expect(system.quarantined).toEqual([]);
    expect(await startHandler(system, dying(system)).invoke([recordOf("a", eventOf(version), 5)])).toEqual(
      [],
    );
    expect(system.quarantined).toMatchObject([{ version, reason: { code: "snapshot-kills" } }]);
  });

  test("is read when it stops killing before", async () => {
    const system = startSystem();
    const version = system.put("snapshots/v/1.xml", rss([1]));
    for (const receives of [1, 2, 3]) await die(system, recordOf("a", eventOf(version), receives));
    await startHandler(system).invoke([recordOf("a", eventOf(version), 4)]);
    expect(system.quarantined).toEqual([]);
    expect(system.enqueued()).toHaveLength(2);
  });

  test("does not take the other snapshots of its message with it", async () => {
    const system = startSystem();
    const versions = [1, 2].map((n) => system.put(`snapshots/v/${n}.xml`, rss([n])));
    await die(system, recordOf("a", eventOf(...versions)));
    expect(await startHandler(system).invoke([recordOf("a", eventOf(...versions), 2)])).toEqual([]);
    expect(system.requests.map(({ request }) => request.version)).toMatchObject(versions);
    await system.drain();
    expect(system.told("alerts").toSorted()).toEqual(["Title 1", "Title 2"]);
  });

  test("leaves what it has sealed to the message of its own that is sent for each snapshot", async () => {
    const system = startSystem();
    const versions = [1, 2].map((n) => system.put(`snapshots/v/${n}.xml`, rss([n])));
    const outbox = { enqueue: () => new Promise<never>(() => undefined) };
    void startHandler(system, { outbox }).invoke([recordOf("a", eventOf(...versions))]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(system.plans.written).toHaveLength(1);
    system.clock.advance(visibilitySeconds(60) * 1_000);
    expect(await startHandler(system).invoke([recordOf("a", eventOf(...versions), 2)])).toEqual([]);
    await system.drain();
    expect(system.told("alerts").toSorted()).toEqual(["Title 1", "Title 2"]);
  });

  test("is told apart from one that is throttled: receives alone are no deaths", async () => {
    const { system, invoke } = startHandler();
    const version = system.put("snapshots/v/1.xml", rss([1]));
    expect(await invoke([recordOf("a", eventOf(version), 19)])).toEqual([]);
    expect(system.quarantined).toEqual([]);
    expect(system.enqueued()).toHaveLength(2);
  });
});

test("one record of a message that can't be retried keeps no other of its records from their readers", async () => {
  const system = startSystem();
  const [first, second] = [1, 2].map((n) => system.put(`snapshots/v${n}/1.xml`, rss([n])));
  if (!first || !second) throw new Error("There are two.");
  const snapshots = {
    ...system.ports.snapshots,
    open: async (version: SnapshotVersion) => {
      if (version.key === first.key) throw new Error("503");
      return system.ports.snapshots.open(version);
    },
  };
  const { invoke } = startHandler(system, {
    snapshots,
    requests: { send: () => Promise.reject(new Error("503")) },
  });
  expect(await invoke([recordOf("a", eventOf(first, second))])).toEqual(["a"]);
  expect(system.enqueued()).toHaveLength(2);
});

test("the log of a run counts entries, faults and messages", async () => {
  const { system, invoke } = startHandler();
  const whole = rss([1, 2]);
  const version = system.put("snapshots/v/1.xml", whole.slice(0, whole.lastIndexOf("<link>")));
  await invoke([recordOf("a", eventOf(version))]);
  expect(system.logged).toMatchObject([
    { level: "info", event: "measured", details: { new: 1 } },
    {
      level: "warn",
      event: "done",
      details: {
        feed: "v",
        faults: { "entry-truncated": 1, truncated: 1 },
        rejected: 1,
        new: 1,
        byAudience: { alerts: 1, digest: 1 },
      },
    },
  ]);
});

test("the log of a run says how often each audience's rules decided about a new entry", async () => {
  const rules: Rules = { any: [{ include: ["title 1"] }, { include: ["number 3"] }], exclude: ["title 3"] };
  const audiences = [
    audience({ name: "all", mode: "alerts" }),
    audience({ name: "some", mode: "alerts", rules }),
  ];
  const { system, invoke } = startHandler(startSystem({ ...configuration, audiences }));
  await invoke([recordOf("a", eventOf(system.put("snapshots/v/1.xml", rss([1, 2, 3]))))]);
  expect(system.logged.find(({ event }) => event === "done")?.details["rules"]).toEqual({
    "some accepted by exclude, any[0].include": 1,
    "some skipped by any[0].include, any[1].include": 1,
    "some skipped by exclude": 1,
  });
});

test.each([1, 2, 8, 10, 120, 900])(
  "with a time-out of %d s: deadline < end < lease < visibility",
  (seconds) => {
    const stop = seconds * 1000;
    const { deadline, lease } = timesOf(stop, seconds);
    const order = [0, deadline, stop, lease, visibilitySeconds(seconds) * 1000];
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(order).size).toBe(order.length);
  },
);
