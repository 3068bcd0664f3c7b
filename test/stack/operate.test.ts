import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../functions/aws/clock.ts";
import { s3MessageQuarantine } from "../../functions/aws/message-quarantine.ts";
import { s3Plans } from "../../functions/aws/plans.ts";
import { openClients } from "../../functions/aws/stack-clients.ts";
import { quarantineCommand } from "../../functions/commands/quarantine.ts";
import type { Quarantined } from "../../functions/commands/quarantine/reasons.ts";
import { outboxMessages } from "../../functions/core/plan.ts";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { runCommand } from "../support/run-command.ts";
import { rss } from "../support/stack-under-test.ts";

let stack: LocalStack;
let options: readonly string[];

beforeAll(async () => {
  stack = await startLocalStack({
    configuration: parseConfiguration({
      audiences: [
        { name: "alerts", mode: "alerts", messagesPerSecond: 100 },
        { name: "morning", mode: "digest", schedule: "daily 07:00", rules: { exclude: ["sponsored"] } },
      ],
    }),
  });
  const { queues } = stack;
  const named = {
    bucket: stack.bucket,
    table: stack.table,
    queue: queues.intake,
    "dead-letter-queue": queues.deadLetter,
    outbox: queues.outbox,
    "outbox-dead-letter-queue": queues.outboxDeadLetter,
    slots: queues.slots,
    endpoint: stack.endpoint,
  };
  options = Object.entries(named).flatMap(([name, value]) => [`--${name}`, value]);
});
afterAll(() => stack.stop());

async function upload(key: string, body: string | Uint8Array): Promise<void> {
  await stack.uploader.put(`snapshots/${key}`, body);
  await stack.idle();
}

const quarantine = (...args: readonly string[]) => runCommand(quarantineCommand(), [...args, ...options]);

const jsonLines = (out: string): readonly unknown[] =>
  out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);

const quarantined = async (...args: readonly string[]) =>
  jsonLines((await quarantine(...args, "--json")).out) as readonly Quarantined[];

test("quarantine lists what is there with its reason, shows one, and replays it after a confirmation", async () => {
  const empty = await quarantine("list");
  expect(empty).toMatchObject({ code: 0, err: "" });
  expect(empty.out).toMatch(/no snapshots and no messages in quarantine\n$/);

  await upload("港口/一.xml", "not a feed");
  await upload("harbour/a.reason.json", "still not a feed");
  await upload("harbour/a.reason.json", "and again");
  const list = await quarantine("list");
  expect(list.out).toMatch(
    /^\d{4}-\d\d-\d\dT[\d:.]+Z {2}quarantine\/港口\/一\.xml\n {2}format-unknown: found .*not a feed.*; expected .+\n/,
  );
  expect(list.out).toContain("2 snapshots and no messages in quarantine; `npm run -s feedbell -- quarantine");
  const json = await quarantined("list", "--feed", "harbour");
  expect(json).toMatchObject([
    {
      kind: "snapshot",
      key: "quarantine/harbour/a.reason.json",
      code: "format-unknown",
      feed: "harbour",
      snapshot: { key: "snapshots/harbour/a.reason.json" },
      size: "and again".length,
    },
  ]);
  expect(json[0]?.found).toContain("and again");
  expect(await quarantined("list", "--audience", "alerts")).toEqual([]);

  const shown = await quarantine("show", "quarantine/港口/一.xml");
  expect(shown.out).toMatch(/^quarantine\/港口\/一\.xml: format-unknown\n {2}quarantined {2}2/);
  expect(shown.out).toContain("meaning      The snapshot is not a feed that feedbell can read.");
  expect(shown.out).toContain(
    "replay       npm run -s feedbell -- quarantine replay 'quarantine/港口/一.xml'\n",
  );
  const both = await quarantined("show", "quarantine/harbour/a.reason.json");
  expect(both.map(({ found }) => found)).toEqual([
    expect.stringContaining("and again"),
    expect.stringContaining("still not a feed"),
  ]);
  expect(await quarantine("show", "quarantine/harbour/none.xml")).toMatchObject({
    code: 2,
    err: expect.stringContaining("quarantine/harbour/none.xml is not in quarantine") as string,
  });

  const unconfirmed = await quarantine("replay", "quarantine/港口/一.xml");
  expect(unconfirmed.code).toBe(2);
  expect(unconfirmed.err).toContain("confirm it with --yes");
  expect(stack.keys("quarantine/港口/")).toHaveLength(2);
  expect(await quarantine("replay", "snapshots/港口/一.xml", "--yes")).toMatchObject({
    code: 2,
    err: expect.stringContaining("is no key in quarantine") as string,
  });

  const replayed = await quarantine(
    "replay",
    "quarantine/harbour/",
    "quarantine/harbour/a.reason.json",
    "--yes",
  );
  expect(replayed).toMatchObject({ code: 0 });
  expect(replayed.out).toMatch(/2 replays on the way\n$/);
  await stack.idle();
  const again = await quarantined("show", "quarantine/harbour/a.reason.json");
  // Each version failed again, and has one reason: the earlier ones were removed.
  expect(again).toHaveLength(2);
});

test("a quarantined message is listed with its audience and subject, and is sent again", async () => {
  await upload("bridge/1.xml", rss("Bridge", "The old bridge opens"));
  const clients = openClients({ endpoint: stack.endpoint }, {});
  try {
    const [name = ""] = stack.keys("plans/");
    const plan = await s3Plans(clients.s3, stack.bucket, systemClock).read(name);
    const [content] = outboxMessages(plan);
    if (content === undefined) throw new Error("The plan has no message.");
    const { id, audience } = content;
    const reason = {
      code: "message-refused",
      found: "InvalidParameter",
      expected: "a message",
      hint: "h",
    } as const;
    await s3MessageQuarantine(clients.s3, stack.bucket, systemClock).quarantineMessage(
      { id, audience, content },
      reason,
    );
    const key = `quarantine/~messages/${audience}/${id}.json`;
    const list = await quarantine("list", "--audience", audience);
    expect(list.out).toContain(`${key}  ${content.subject}\n  message-refused: found InvalidParameter`);
    stack.clearMessages();
    expect(await quarantine("replay", key, "--yes")).toMatchObject({ code: 0 });
    await stack.idle();
    expect(stack.messages().map(({ subject }) => subject)).toContain(content.subject);
    expect((await quarantine("list", "--audience", audience, "--json")).out).toBe("");
  } finally {
    clients.close();
  }
});
