import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  BatchWriteItemCommand,
  DynamoDBClient,
  ScanCommand,
  type AttributeValue,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { outboxCommand } from "../../functions/commands/outbox.ts";
import { recoverCommand } from "../../functions/commands/recover.ts";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { openProxy, type Proxy } from "../faults/proxy.ts";
import { runCommand } from "../support/run-command.ts";
import { stackArguments } from "../support/stack-arguments.ts";
import { onlyOwnStack, skippedIf } from "../support/skipped.ts";
import { elsewhere, eventually, rss } from "../support/stack-under-test.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

type Item = Record<string, AttributeValue>;

let stack: LocalStack;
let proxy: Proxy;
let dynamodb: DynamoDBClient;
let options: readonly string[];
let isSnsDown = false;

const settings = {
  maxRetrySeconds: 1,
  audiences: [
    { name: "alerts", mode: "alerts", messagesPerSecond: 100, maxAlerts: 2, digestItems: 2 },
    { name: "morning", mode: "digest", schedule: "daily 07:00", messagesPerSecond: 100 },
  ],
};
const folder = mkdtempSync(path.join(tmpdir(), "feedbell-recover-"));
const config = path.join(folder, "cdk.json");

beforeAll(async () => {
  if (elsewhere !== undefined) return;
  writeFileSync(config, JSON.stringify({ context: { feedbell: settings } }));
  proxy = await openProxy();
  stack = await startLocalStack({
    configuration: parseConfiguration(settings),
    functionEndpoint: proxy.url,
  });
  proxy.connect(stack.endpoint, () => undefined);
  proxy.reset(({ name }) => (isSnsDown && name.startsWith("sns.PublishBatch") ? "error before" : undefined));
  const { endpoint, region } = stack;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  dynamodb = new DynamoDBClient({ endpoint, region, credentials });
  options = stackArguments(stack);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  if (elsewhere !== undefined) return;
  dynamodb.destroy();
  await stack.stop();
  await proxy.close();
});

const upload = (key: string, body: string) => stack.uploader.put(`snapshots/${key}`, body);

async function allItems(): Promise<readonly Item[]> {
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(
    new ScanCommand({ TableName: stack.table, ConsistentRead: true }),
  );
  expect(LastEvaluatedKey).toBeUndefined();
  return Items;
}

async function write(requests: readonly object[]): Promise<void> {
  for (let i = 0; i < requests.length; i += 25)
    await dynamodb.send(
      new BatchWriteItemCommand({ RequestItems: { [stack.table]: requests.slice(i, i + 25) } }),
    );
}

/** Gives the table the items that it had, as a restore to a point in time does. */
async function restore(items: readonly Item[]): Promise<void> {
  const now = await allItems();
  await write(now.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } })));
  await write(items.map((Item) => ({ PutRequest: { Item } })));
}

/** How often readers of mail got each title. */
function timesSent(titles: readonly string[]): Readonly<Record<string, Readonly<Record<string, number>>>> {
  const mails = stack.messages().filter(({ channel }) => channel === "email");
  const count = (audience: string, title: string) =>
    mails.filter((mail) => mail.audience === audience && `${mail.subject}\n${mail.text}`.includes(title))
      .length;
  return Object.fromEntries(
    titles.map((title) => [title, { alerts: count("alerts", title), morning: count("morning", title) }]),
  );
}

const recover = async (...args: readonly string[]) =>
  runCommand(recoverCommand(), [...args, "--config", config, ...options]);

/** Deliver still retries its messages; the other functions have nothing to do. */
async function recovered(): Promise<Record<string, unknown>> {
  return eventually(async () => {
    const { code, out, err } = await recover("--yes", "--json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    return JSON.parse(out) as Record<string, unknown>;
  }, 60);
}

test(
  "after a restore of the ledger nothing is lost and nothing is sent twice",
  skippedIf(elsewhere !== undefined, onlyOwnStack),
  async () => {
    const old = { harbour: ["Lighthouse"], tram: ["Tramline"] };
    await upload("harbour/1.xml", rss("Harbour", ...old.harbour));
    await upload("tram/1.xml", rss("Tram", ...old.tram));
    await stack.idle();
    const before = await allItems();
    expect(await recover("--yes", "--json")).toMatchObject({
      code: 0,
      out: expect.stringContaining('"snapshots":0,"digests":0') as string,
    });

    // Lost by the restore: a digest of the schedule, a flood of which alerts count two, and a new feed.
    await stack.fireSchedule("morning");
    await stack.idle();
    const harbour = ["Crane", "Dock", "Quay", "Pier", "Buoy", "Mole", ...old.harbour];
    await upload("harbour/2.xml", rss("Harbour", ...harbour));
    await stack.idle();
    await upload("港口/1.xml", rss("Port", "Ferry", "Pilot"));
    await stack.idle();
    await stack.fireSchedule("morning");
    await upload("tram/2.xml", rss("Tram", "Depot", ...old.tram));
    await stack.idle();
    // Decided and not sent: SNS is down.
    isSnsDown = true;
    await upload("tram/3.xml", rss("Tram", "Viaduct", "Depot", ...old.tram));
    await eventually(async () => {
      const waiting = (await stack.waiting()).map(({ body }) => body);
      expect(waiting).toHaveLength(1);
      expect(waiting[0]).toContain("Viaduct");
    });
    const sentBefore = stack.messages().length;

    await restore(before);
    const unconfirmed = await recover();
    expect(unconfirmed).toMatchObject({ code: 2, out: "" });
    expect(unconfirmed.err).toContain(
      "The ledger has lost what was decided about 4 snapshots and 2 digests; it will be written again. " +
        "1 message is in the outbox, so none is marked as sent yet. Nothing was changed; confirm it with --yes.",
    );
    expect(await recovered()).toEqual({
      snapshots: 4,
      digests: 2,
      entries: 10,
      waiting: 10,
      marked: 0,
      inOutbox: 1,
      queued: 0,
      unread: [],
      held: [],
    });
    // It is complete: the second run finds nothing.
    expect(await recovered()).toMatchObject({ snapshots: 0, digests: 0, marked: 0, inOutbox: 1 });

    isSnsDown = false;
    await stack.idle();
    expect(stack.messages().length).toBeGreaterThan(sentBefore);
    expect(await recovered()).toMatchObject({
      snapshots: 0,
      inOutbox: 0,
      marked: expect.any(Number) as number,
    });
    const list = await runCommand(outboxCommand(), ["list", ...options]);
    expect(list.out).toBe("Every message was sent.\n");

    // Uploaded again, under other names and with one more entry each.
    const sentAfter = stack.messages().length;
    await upload("harbour/4.xml", rss("Harbour", "Slipway", ...harbour));
    await upload("港口/4.xml", rss("Port", "Ferry", "Pilot"));
    await upload("tram/4.xml", rss("Tram", "Tunnel", "Viaduct", "Depot", ...old.tram));
    await stack.idle();
    for (const { name } of stack.schedules()) await stack.fireSchedule(name);
    await stack.idle();
    expect(stack.messages().length).toBeGreaterThan(sentAfter);

    // Two of the flood are alerts, two in the closing message, and two are counted in it.
    const flood = Object.values(timesSent(harbour.slice(0, 6)));
    expect(flood.map(({ morning }) => morning)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(flood.filter(({ alerts }) => alerts === 1)).toHaveLength(4);
    expect(flood.filter(({ alerts }) => alerts === 0)).toHaveLength(2);
    const others = ["Lighthouse", "Tramline", "Ferry", "Pilot", "Depot", "Viaduct", "Slipway", "Tunnel"];
    expect(timesSent(others)).toEqual(
      Object.fromEntries(others.map((title) => [title, { alerts: 1, morning: 1 }])),
    );
  },
);
