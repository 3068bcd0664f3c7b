import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type ListObjectVersionsCommandInput,
  type ListObjectVersionsCommandOutput,
} from "@aws-sdk/client-s3";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { countDeadLetters, type DeadLetter } from "../../../functions/aws/dead-letter-queue.ts";
import type { OwnRequest } from "../../../functions/aws/requests.ts";
import { intakeRoute, planDeadLetters } from "../../../functions/commands/replay/dead-letters.ts";
import { quarantinedMessageKey } from "../../../functions/aws/message-quarantine.ts";
import { planQuarantinedMessages } from "../../../functions/commands/replay/quarantined-messages.ts";
import { ReplayError } from "../../../functions/commands/replay/failure.ts";
import type { ReplayPlan } from "../../../functions/commands/replay/item.ts";
import { planQuarantine } from "../../../functions/commands/replay/quarantine.ts";
import { openClients, type StackClients } from "../../../functions/aws/stack-clients.ts";
import { planVersions } from "../../../functions/commands/replay/versions.ts";
import type { LocalStack } from "../../../infra/local/local-stack.ts";
import { parseConfiguration } from "../../../infra/config/configuration.ts";
import { startLocalStack } from "../../../infra/local/stack.ts";
import { all, feedbell } from "../../support/feedbell.ts";
import { openEmulators } from "../../support/open-emulators.ts";
import { stackArguments } from "../../support/stack-arguments.ts";

describe("replay over HTTP", () => {
  let stack: LocalStack;
  let clients: StackClients;
  let address: { bucket: string; queue: string; deadLetterQueue: string };
  let options: readonly string[];
  let number = 0;

  beforeAll(async () => {
    stack = await startLocalStack({
      configuration: parseConfiguration({
        // The pace of the messages is no subject here.
        audiences: [
          { name: "alerts", mode: "alerts", messagesPerSecond: 100 },
          { name: "digest", mode: "digest", messagesPerSecond: 100 },
        ],
      }),
    });
    const { endpoint, region, bucket, queues } = stack;
    clients = openClients({ endpoint, region }, {});
    address = { bucket, queue: queues.intake, deadLetterQueue: queues.deadLetter };
    options = stackArguments(stack);
  });
  afterAll(async () => {
    clients.close();
    await stack.stop();
  });
  beforeEach(async () => {
    await stack.idle();
    stack.clearMessages();
    number += 1;
  });

  /** A snapshot of one entry in a feed of its own. */
  const entry = (name: string) =>
    `[${name}](https://replay.example/${encodeURIComponent(name)})\n------\n\nText.\n`;
  const key = (name: string) => `snapshots/feed-${number}/${name}`;
  const upload = async (name: string, body: string) => {
    const version = await stack.uploader.put(key(name), body);
    await stack.idle();
    return version;
  };
  /** Subjects of the alerts, one for each mail; the digest's mails are left out. */
  const alerts = async () => {
    await stack.idle();
    return stack
      .messages()
      .filter(({ channel, audience }) => channel === "email" && audience === "alerts")
      .map(({ subject }) => subject);
  };
  const runAll = async (plan: Promise<ReplayPlan>) => all((await plan).run());
  const ingested = () => stack.calls.get("s3.GET object") ?? 0;

  test("a key is read again, and what was sent is not sent again", async () => {
    await upload("1.md", entry("Once"));
    expect(await alerts()).toEqual([expect.stringContaining("Once")]);
    const reads = ingested();
    const { code, out, err } = await feedbell(["replay", key("1.md"), "--yes", ...options]);
    expect({ code, err }).toEqual({ code: 0, err: "the stack of the options, 1 replay found\n" });
    expect(out).toMatch(new RegExp(`^\\d{4}-\\S+Z {2}${key("1.md")} {2}\\S+\\n1 replay on the way\\n$`));
    expect(await alerts()).toHaveLength(1);
    expect(ingested(), "identical bytes are no reason to pass a replay over").toBeGreaterThan(reads);
  });

  test("without an answer nothing is replayed, and what would be is listed", async () => {
    await upload("1.md", entry("Once"));
    await stack.idle();
    const reads = ingested();
    const { code, out, err } = await feedbell(["replay", key("1.md"), ...options]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`Z  ${key("1.md")}\nfeedbell: 1 snapshot or message will be read or sent again.`);
    expect(err).toContain("Nothing was changed; confirm it with --yes.");
    await stack.idle();
    expect(ingested()).toBe(reads);
  });

  test("--resend sends it once more to each of its readers, once for each command", async () => {
    await upload("1.md", entry("Twice"));
    const args = ["replay", key("1.md"), "--resend", ...options];
    expect(await feedbell(args)).toMatchObject({ code: 2 });
    expect(await feedbell([...args, "--yes", "--json"])).toMatchObject({ code: 0 });
    expect(await alerts()).toHaveLength(2);
    await runAll(planVersions(clients, address, { prefix: key("1.md") }, "another"));
    expect(await alerts()).toHaveLength(3);
  });

  test("a period has every version in it, oldest first; without one a key is what it holds now", async () => {
    const before = await upload("1.md", entry("First"));
    await sleep(5);
    const since = Date.now();
    const versions = [await upload("1.md", entry("Second")), await upload("2.md", entry("Other"))];
    const period = { since, until: Infinity };
    const prefix = key("");
    const listed = async (plan: Promise<ReplayPlan>) => all((await plan).list());

    const then = await listed(planVersions(clients, address, { prefix, period }, undefined));
    expect(then.map(({ version }) => version)).toEqual(versions);
    const earlier = { since: -Infinity, until: since };
    expect(
      await listed(planVersions(clients, address, { prefix, period: earlier }, undefined)),
    ).toMatchObject([{ key: key("1.md"), version: before, size: Buffer.byteLength(entry("First")) }]);
    expect(
      (await listed(planVersions(clients, address, { prefix: key("1") }, undefined))).map(
        ({ version }) => version,
      ),
    ).toEqual([versions[0]]);

    const messages = await alerts();
    const from = ["--since", new Date(since).toISOString()];
    const { code, out } = await feedbell(["replay", prefix, ...from, "--dry-run", "--json", ...options]);
    expect({ code, ...(JSON.parse(out) as object) }).toEqual({
      code: 0,
      dryRun: true,
      resend: false,
      items: then,
    });
    expect(await alerts()).toEqual(messages);
  });

  test("a listing goes on page by page, within a key too", async () => {
    const { endpoint, region } = stack;
    const paged = openClients({ endpoint, region }, {});
    const page = (KeyMarker?: string, VersionIdMarker?: string) => `${KeyMarker} ${VersionIdMarker}`;
    const pages = new Map<string, Partial<ListObjectVersionsCommandOutput>>([
      [
        page(),
        { Versions: [listed("a", "2")], IsTruncated: true, NextKeyMarker: "a", NextVersionIdMarker: "2" },
      ],
      [page("a", "2"), { Versions: [listed("a", "1")], IsTruncated: true, NextKeyMarker: "b" }],
      [page("b"), { Versions: [listed("b", "3")], IsTruncated: false }],
    ]);
    paged.s3.middlewareStack.add(
      () => async (args) => {
        const { KeyMarker, VersionIdMarker } = args.input as ListObjectVersionsCommandInput;
        return { output: { $metadata: {}, ...pages.get(page(KeyMarker, VersionIdMarker)) }, response: {} };
      },
      { step: "initialize" },
    );
    const period = { since: -Infinity, until: Infinity };
    const plan = await planVersions(paged, address, { prefix: "snapshots/", period }, undefined);
    paged.close();
    const found = (await all(plan.list())).map(({ key, version }) => `${key} ${version}`);
    expect(found).toEqual(["snapshots/b 3", "snapshots/a 1", "snapshots/a 2"]);
  });
  const listed = (name: string, VersionId: string) => ({
    Key: `snapshots/${name}`,
    VersionId,
    LastModified: new Date(1_000),
  });

  const putAside = async (name: string, body: string, reason?: object) => {
    const { s3 } = clients;
    const Bucket = stack.bucket;
    const Key = key(name).replace("snapshots/", "quarantine/");
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: body }));
    if (reason)
      await s3.send(
        new PutObjectCommand({ Bucket, Key: `${Key}.reason.json`, Body: JSON.stringify(reason) }),
      );
    return Key;
  };

  test("a quarantined snapshot comes back like a fresh upload, and its copy and reason go", async () => {
    const origin = key("where it was & is.md");
    const quarantined = await putAside("1.md", entry("Back"), { snapshot: { key: origin } });
    const { code, out } = await feedbell(["replay", `${quarantined}.reason.json`, "--yes", ...options]);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(quarantined) as string });
    expect(await alerts()).toEqual([expect.stringContaining("Back")]);
    expect(stack.keys(key(""))).toEqual([origin]);
    expect(stack.keys(quarantined)).toEqual([]);
  });

  test("a whole feed comes back from quarantine, a file without a reason and one named like a reason too", async () => {
    await putAside("a.md", entry("With"), { snapshot: { key: key("a.md") } });
    await putAside("b.md", entry("Without"));
    await putAside("c.reason.json", entry("Named like one"), {});
    const prefix = `quarantine/feed-${number}/`;
    const plan = planQuarantine(clients, address, { prefix }, undefined);
    expect((await runAll(plan)).map(({ key }) => key).toSorted()).toEqual(
      ["a.md", "b.md", "c.reason.json"].map((name) => prefix + name),
    );
    expect(stack.keys(prefix)).toEqual([]);
    expect(await alerts()).toHaveLength(3);
  });

  test("the command that a reason names brings the snapshot back", async () => {
    const name = "bad one's $(rm -r +).xml";
    await upload(name, "no feed at all");
    const quarantined = key(name).replace("snapshots/", "quarantine/");
    const readReason = async () => {
      const Key = `${quarantined}.reason.json`;
      const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: stack.bucket, Key }));
      return JSON.parse((await Body?.transformToString()) ?? "") as { replay: string; at: string };
    };
    const { replay, at } = await readReason();
    const [, words = ""] = /^npx feedbell (.*)$/.exec(replay) ?? [];
    const args = execFileSync("sh", ["-c", String.raw`printf '%s\n' ${words}`], { encoding: "utf8" });
    expect(args.trimEnd().split("\n")).toEqual(["replay", quarantined]);
    expect(await feedbell(["replay", quarantined, "--yes", ...options])).toMatchObject({ code: 0 });
    await stack.idle();
    // It is still unreadable, so it was read and quarantined again.
    expect((await readReason()).at > at).toBe(true);
  });

  test("a snapshot that is quarantined again during its replay stays in quarantine", async () => {
    await upload("bad.xml", "no feed at all");
    const prefix = key("bad.xml").replace("snapshots/", "quarantine/");
    const { endpoint, region } = stack;
    const slow = openClients({ endpoint, region }, {});
    slow.s3.middlewareStack.add(
      (next, context) => async (args) => {
        const result = await next(args);
        if (context.commandName === CopyObjectCommand.name) await stack.idle();
        return result;
      },
      { step: "initialize" },
    );
    await runAll(planQuarantine(slow, address, { prefix }, undefined));
    slow.close();
    expect(stack.keys(prefix)).toEqual([prefix, `${prefix}.reason.json`]);
    // Everything from before is permanently deleted.
    expect((await planQuarantine(clients, address, { prefix }, undefined)).total).toBe(1);
    expect((await versionsUnder(prefix)).Versions).toHaveLength(2);
  });

  test("replays all versions that were quarantined under one key, each once", async () => {
    const files = ["no feed at all", "another one", "another one"];
    for (const body of files) await upload("latest.xml", body);
    const origin = key("latest.xml");
    const { Versions: uploads = [] } = await versionsUnder(origin);
    expect(uploads).toHaveLength(3);
    const prefix = origin.replace("snapshots/", "quarantine/");
    await runAll(planQuarantine(clients, address, { prefix }, undefined));
    await stack.idle();
    const { Versions: after = [] } = await versionsUnder(origin);
    const etags = after.map(({ ETag }) => ETag).toReversed();
    expect(etags.slice(3)).toEqual([etags[0], etags[1]]);
    // They are still unreadable, and quarantined again.
    const again = await planQuarantine(clients, address, { prefix }, "token");
    expect(again.total).toBe(2);
    expect(await all(again.run())).toHaveLength(2);
    await stack.idle();
  });
  const versionsUnder = (Prefix: string) =>
    clients.s3.send(new ListObjectVersionsCommand({ Bucket: stack.bucket, Prefix }));

  test("a quarantined message is sent again once, after an interruption too, and leaves the quarantine", async () => {
    const message = {
      // With another mark it would be longer than SQS accepts.
      id: `kept-${number}.${"0".repeat(100)}!${"x".repeat(11)}`,
      audience: "alerts",
      subject: `Kept ${number}`,
      email: "The text of the mail.",
      sms: "The text message.",
      machine: "{}",
      attributes: { feed: "harbour" },
      bytes: 200,
      at: new Date().toISOString(),
    };
    const quarantined = quarantinedMessageKey(message.audience, message.id);
    const put = (Key: string, value: unknown) =>
      clients.s3.send(new PutObjectCommand({ Bucket: stack.bucket, Key, Body: JSON.stringify(value) }));
    await put(quarantined, message);
    await put(`${quarantined}.reason.json`, { code: "message-refused" });
    const target = { prefix: quarantined };
    const { bucket, queues } = stack;
    const place = { bucket, outbox: queues.outbox };
    const failing = openClients({ endpoint: stack.endpoint, region: stack.region }, {});
    failing.s3.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === DeleteObjectCommand.name) throw new Error("the process ends here");
        return next(args);
      },
      { step: "initialize" },
    );
    await expect(runAll(planQuarantinedMessages({ ...failing }, place, target))).rejects.toThrow(
      "the process ends here",
    );
    failing.close();
    expect(await alerts()).toEqual([message.subject]);

    const plan = await planQuarantinedMessages(clients, place, target);
    expect(plan.total).toBe(1);
    expect(await all(plan.list())).toMatchObject([{ key: quarantined }]);
    await all(plan.run());
    expect(await alerts()).toEqual([message.subject]);
    expect(stack.keys(quarantined)).toEqual([]);
  });

  test("--resend of a quarantined snapshot requests the quarantined version", async () => {
    const versionId = await upload("1.md", entry("Refused"));
    expect(await alerts()).toHaveLength(1);
    const snapshot = { bucket: stack.bucket, key: key("1.md"), versionId };
    const quarantined = await putAside("1.md", entry("Refused"), { snapshot });
    await runAll(planQuarantine(clients, address, { prefix: quarantined }, "token"));
    expect(await alerts()).toHaveLength(2);
    expect(stack.keys(quarantined)).toEqual([]);

    const gone = await putAside("2.md", entry("Gone"), { snapshot: { ...snapshot, key: key("2.md") } });
    await expect(runAll(planQuarantine(clients, address, { prefix: gone }, "token"))).rejects.toThrow(
      ReplayError,
    );
    expect(stack.keys(gone)).toHaveLength(2);
  });

  const bury = async (name: string) => {
    const Key = `archive/${name}.md`;
    await clients.s3.send(new PutObjectCommand({ Bucket: stack.bucket, Key, Body: entry(name) }));
    const message: OwnRequest = { feedbell: 1, version: { bucket: stack.bucket, key: Key } };
    const MessageBody = JSON.stringify(message);
    await clients.sqs.send(new SendMessageCommand({ QueueUrl: address.deadLetterQueue, MessageBody }));
    return Key;
  };

  test("the dead-letter queue is listed without a change, then redriven", async () => {
    const keys = await Promise.all(Array.from({ length: 12 }, (_, i) => bury(`Dead ${number} ${i}`)));
    const dry = await feedbell(["replay", "--dead-letter", "--dry-run", "--json", ...options]);
    const { items } = JSON.parse(dry.out) as { items: { key: string; at: string }[] };
    expect(items.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
    expect(await stack.deadLetters()).toHaveLength(12);
    expect(await alerts()).toEqual([]);

    const { code, out } = await feedbell(["replay", "--dead-letter", "--yes", ...options]);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining("12 replays on the way") as string,
    });
    expect(await stack.deadLetters()).toEqual([]);
    expect(await alerts()).toHaveLength(12);
  });

  test("letters that are not moved do not keep the others in the queue", async () => {
    const emulators = await openEmulators();
    const { sqs } = emulators.clients;
    const open = async (QueueName: string) =>
      (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? "";
    const [from, to] = [await open("letters"), await open("target")];
    for (let i = 0; i < 40; i++)
      await sqs.send(
        new SendMessageCommand({ QueueUrl: from, MessageBody: `${i < 38 ? "held" : "free"} ${i}` }),
      );
    const route = {
      from,
      to,
      itemOf: ({ body }: DeadLetter) => ({ key: body }),
      isHeld: ({ body }: DeadLetter) => body.startsWith("held"),
    };
    const items = await runAll(planDeadLetters(sqs, route));
    expect(items.map((item) => item.key).toSorted()).toEqual(["free 38", "free 39"]);
    expect(await countDeadLetters(sqs, to)).toBe(2);
    expect(await countDeadLetters(sqs, from)).toBe(38);
    await emulators.close();
  });

  test("a redrive that is interrupted before it deletes loses nothing and sends nothing twice", async () => {
    await Promise.all([bury(`Cut ${number} a`), bury(`Cut ${number} b`)]);
    const { endpoint, region } = stack;
    const failing = openClients({ endpoint, region }, {});
    failing.sqs.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === DeleteMessageCommand.name) throw new Error("the process ends here");
        return next(args);
      },
      { step: "initialize" },
    );
    await expect(runAll(planDeadLetters(failing.sqs, intakeRoute(address)))).rejects.toThrow(
      "the process ends here",
    );
    failing.close();
    expect(await stack.deadLetters()).toHaveLength(2);
    expect(await alerts()).toHaveLength(2);

    await runAll(planDeadLetters(clients.sqs, intakeRoute(address)));
    expect(await stack.deadLetters()).toEqual([]);
    expect(await alerts()).toHaveLength(2);
  });

  test("a message that fails again and comes back is not redriven for ever", async () => {
    const { sqs } = clients;
    const { deadLetterQueue } = address;
    await sqs.send(new SendMessageCommand({ QueueUrl: deadLetterQueue, MessageBody: "poison" }));
    // The dead-letter queue as its own intake: a forwarded message is back immediately.
    const items = await runAll(
      planDeadLetters(sqs, intakeRoute({ queue: deadLetterQueue, deadLetterQueue })),
    );
    expect(items).toMatchObject([
      { key: expect.stringMatching(/^message \S+, which is not an S3 event$/) as string },
    ]);
    expect(await stack.deadLetters()).toMatchObject([{ body: "poison", state: "ready" }]);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: deadLetterQueue }));
    for (const { ReceiptHandle } of Messages)
      await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLetterQueue, ReceiptHandle }));
  });

  test("what is not there, and a stack that does not answer, end with 1 and a hint", async () => {
    const [nothing, silent] = await Promise.all([
      feedbell(["replay", key("nothing.md"), ...options]),
      feedbell(["replay", "snapshots/a", ...options, "--endpoint", "http://127.0.0.1:9"]),
    ]);
    expect(nothing.code).toBe(1);
    expect(nothing.err).toContain(`${key("nothing.md")}: not-replayed: `);
    expect(nothing.err).toContain("nothing there now");
    expect(silent.code).toBe(1);
    expect(silent.err).toMatch(/^replay: ECONNREFUSED: Cannot reach the service\.$/m);
    expect(silent.err).toContain("  hint      Check that the stack is running");
  });
});
