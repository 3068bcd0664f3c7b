import { readFileSync } from "node:fs";
import type { SQSRecord } from "aws-lambda";
import { expect, test } from "vitest";
import { batchHandler, timesOf } from "../../functions/aws/batch.ts";
import { visibilitySeconds } from "../../functions/core/configuration.ts";
import type { SnapshotVersion, Topics } from "../../functions/core/ports.ts";
import { configuration, rss, startSystem } from "../support/fake-system.ts";

const put = JSON.parse(
  readFileSync(new URL("../events/s3-object-created-put.json", import.meta.url), "utf8"),
) as { Records: [{ s3: { object: object } }] };

/** S3's real event, for another version. */
const eventOf = ({ key, versionId, etag }: SnapshotVersion): string => {
  const [record] = put.Records;
  const object = { ...record.s3.object, key: encodeURIComponent(key), versionId, eTag: etag };
  return JSON.stringify({ Records: [{ ...record, s3: { ...record.s3, object } }] });
};

const message = (messageId: string, body: string, receives = 1): SQSRecord => ({
  messageId,
  receiptHandle: `handle-${messageId}`,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: "1772352000000",
    SenderId: "AIDAEXAMPLE",
    ApproximateFirstReceiveTimestamp: "1772352000001",
  },
  messageAttributes: {},
  md5OfBody: "",
  eventSource: "aws:sqs",
  eventSourceARN: "arn:aws:sqs:eu-west-1:123456789012:intake",
  awsRegion: "eu-west-1",
});

function startBatch() {
  const system = startSystem();
  const postponed: [string, number][] = [];
  const sentAgain: (string | number)[][] = [];
  let deadline = 0;
  const handler = batchHandler({
    configuration,
    ports: system.ports,
    intake: {
      postpone: async (handle, seconds) => {
        postponed.push([handle, seconds]);
      },
      sendAgain: async (...sent) => {
        if (sent[0] === "the queue is down") throw new Error(sent[0]);
        sentAgain.push(sent.filter((part) => part !== undefined));
      },
    },
    retries: {
      until: (time) => {
        deadline = time;
      },
    },
  });
  const invoke = (records: readonly SQSRecord[], remaining = 60_000) =>
    handler(
      { Records: [...records] },
      { awsRequestId: "request", getRemainingTimeInMillis: () => remaining },
    );
  return { system, postponed, sentAgain, deadline: () => deadline, invoke };
}

test("what is done, put aside or no work is acknowledged", async () => {
  const { system, postponed, invoke } = startBatch();
  const good = system.upload("snapshots/v/1.xml", rss([1]));
  const bad = system.upload("snapshots/v/2.xml", "no feed at all");
  const set = readFileSync(new URL("../events/s3-test-event.json", import.meta.url), "utf8");
  expect(await invoke([message("a", eventOf(good)), message("b", eventOf(bad)), message("c", set)])).toEqual({
    batchItemFailures: [],
  });
  expect(system.published).toHaveLength(2);
  expect(system.quarantined).toHaveLength(1);
  expect(postponed).toEqual([]);
});

test("a poisoned message goes back alone, after a while that grows with its receives", async () => {
  const { system, postponed, invoke } = startBatch();
  const good = system.upload("snapshots/v/1.xml", rss([1]));
  const gone = { bucket: "b", key: "snapshots/v/none", versionId: "9" };
  const records = [message("a", "nonsense", 3), message("b", eventOf(good)), message("c", eventOf(gone))];
  expect(await invoke(records)).toEqual({
    batchItemFailures: [{ itemIdentifier: "a" }, { itemIdentifier: "c" }],
  });
  expect(system.published).toHaveLength(2);
  expect(postponed).toEqual([
    ["handle-a", 8],
    ["handle-c", 2],
  ]);
});

test("near the end of its time the function hands back what it has not begun", async () => {
  const { system, postponed, invoke } = startBatch();
  const version = system.upload("snapshots/v/1.xml", rss([1]));
  expect(await invoke([message("a", eventOf(version))], 9_000)).toEqual({
    batchItemFailures: [{ itemIdentifier: "a" }],
  });
  expect(postponed).toEqual([["handle-a", 0]]);
});

test("what had no time beside a slow neighbour is sent again, or handed back where that fails", async () => {
  const { system, postponed, sentAgain, deadline, invoke } = startBatch();
  const slow = system.upload("snapshots/v/1.xml", rss([1]));
  const good = eventOf(system.upload("snapshots/v/2.xml", rss([2])));
  const publish: Topics["publish"] = async (_, messages) => {
    system.clock.advance(51_000);
    return messages.map(() => ({ outcome: "accepted" }));
  };
  Object.assign(system.ports.topics, { publish });
  const records = [message("a", eventOf(slow)), message("b", good), message("c", "the queue is down")];
  expect(await invoke(records)).toEqual({ batchItemFailures: [{ itemIdentifier: "c" }] });
  expect(sentAgain).toEqual([[good]]);
  expect(postponed).toEqual([["handle-c", 0]]);
  expect(deadline()).toBeLessThan(system.clock.now());
});

test("the log tells of a truncated snapshot, with a count for an alarm", async () => {
  const { system, invoke } = startBatch();
  const whole = rss([1, 2]);
  const version = system.upload("snapshots/v/1.xml", whole.slice(0, whole.lastIndexOf("<link>")));
  const logged: unknown[] = [];
  Object.assign(system.ports, { log: (...line: unknown[]) => logged.push(line) });
  await invoke([message("a", eventOf(version))]);
  expect(logged).toEqual([
    [
      "warn",
      "done",
      expect.objectContaining({ faults: { "entry-truncated": 1, truncated: 1 }, rejected: 1, warnings: 1 }),
    ],
  ]);
});

test("the log tells a service that is down from a fault that has no rule", async () => {
  const { system, invoke } = startBatch();
  const version = system.upload("snapshots/v/1.xml", rss([1]));
  const logged: unknown[] = [];
  const failing = (error: Error) =>
    Object.assign(system.ports, {
      log: (_: string, __: string, { code }: { code: unknown }) => logged.push(code),
      topics: {
        publish: async () => {
          throw error;
        },
      },
    });
  const service = (name: string, httpStatusCode?: number) =>
    Object.assign(new Error("It fails."), { name, $metadata: { ...(httpStatusCode && { httpStatusCode }) } });
  for (const error of [
    service("InternalError", 500),
    service("TimeoutError"),
    service("ProvisionedThroughputExceededException", 400),
    service("AccessDenied", 403),
    new TypeError("A fault of the program."),
  ]) {
    failing(error);
    await invoke([message("a", eventOf(version))]);
  }
  const down = "service-unavailable";
  expect(logged).toEqual([down, down, down, "unexpected", "unexpected"]);
});

test("what another run holds comes back when its lease is over", async () => {
  const { system, postponed, invoke } = startBatch();
  const version = system.upload("snapshots/v/1.xml", rss([1, 2]));
  const dead = { ...system.ports.topics, publish: () => new Promise<never>(() => undefined) };
  void system.run(version, {}, { ...system.ports, topics: dead });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await invoke([message("a", eventOf(version))])).toEqual({
    batchItemFailures: [{ itemIdentifier: "a" }],
  });
  expect(postponed).toEqual([["handle-a", 66]]);
  system.clock.advance(66_000);
  expect(await invoke([message("a", eventOf(version), 2)])).toEqual({ batchItemFailures: [] });
  expect(system.told("alerts")).toHaveLength(2);
});

test("who waits for another run on the last receive but one waits as a new message", async () => {
  const { system, sentAgain, invoke } = startBatch();
  const version = system.upload("snapshots/v/1.xml", rss([1, 2]));
  const dead = { ...system.ports.topics, publish: () => new Promise<never>(() => undefined) };
  void system.run(version, {}, { ...system.ports, topics: dead });
  await new Promise((resolve) => setTimeout(resolve, 20));
  const done = { batchItemFailures: [] };
  const back = { batchItemFailures: [{ itemIdentifier: "a" }] };
  expect(await invoke([message("a", eventOf(version), 3)])).toEqual(back);
  expect(await invoke([message("a", eventOf(version), 4)])).toEqual(done);
  const [[body, seconds] = []] = sentAgain;
  expect(JSON.parse(String(body))).toMatchObject({ feedbell: 1, version: { key: version.key }, held: 1 });
  expect(seconds).toBe(66);
  const often = JSON.stringify({ ...(JSON.parse(String(body)) as object), held: 50 });
  expect(await invoke([message("a", often, 4)])).toEqual(back);
  system.clock.advance(66_000);
  expect(await invoke([message("a", String(body))])).toEqual(done);
  expect(system.told("alerts")).toHaveLength(2);
});

test("one record of a message that fails keeps no other of its records from its readers", async () => {
  const { system, invoke } = startBatch();
  const gone = { bucket: "b", key: "snapshots/v/none", versionId: "9" };
  const good = system.upload("snapshots/v/1.xml", rss([1]));
  const records = [gone, good].flatMap((version) => {
    const { Records } = JSON.parse(eventOf(version)) as { Records: object[] };
    return Records;
  });
  expect(await invoke([message("a", JSON.stringify({ Records: records }))])).toEqual({
    batchItemFailures: [{ itemIdentifier: "a" }],
  });
  expect(system.told("alerts")).toHaveLength(1);
});

test.each([1, 2, 10, 120, 900])(
  "with a time-out of %d s: deadline < end < time-out < lease < visibility",
  (seconds) => {
    const stop = seconds * 1000;
    const { deadline, end, lease } = timesOf(stop, seconds);
    const order = [0, deadline, end, stop, lease, visibilitySeconds(seconds) * 1000];
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(order).size).toBe(order.length);
  },
);
