import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openClients } from "../../functions/aws/stack-clients.ts";
import { localStack } from "../../functions/commands/stack.ts";
import { sendTestCommand } from "../../functions/commands/send-test.ts";
import { uploadCommand } from "../../functions/commands/upload.ts";
import { uploadFiles, type UploadOptions } from "../../functions/commands/upload/run.ts";
import { findSnapshotFiles } from "../../functions/commands/upload/snapshot-files.ts";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { feedbell } from "../support/feedbell.ts";
import { runCommand } from "../support/run-command.ts";
import { eventually, rss } from "../support/stack-under-test.ts";

let stack: LocalStack;
let options: readonly string[];
const settings = {
  audiences: [
    { name: "alerts", mode: "alerts", messagesPerSecond: 100 },
    { name: "morning", mode: "digest", schedule: "daily 07:00", locale: "zh", timeZone: "Asia/Shanghai" },
  ],
};
const folder = mkdtempSync(path.join(tmpdir(), "feedbell-upload-test-"));
const config = path.join(folder, "cdk.json");

beforeAll(async () => {
  writeFileSync(config, JSON.stringify({ context: { feedbell: settings } }));
  stack = await startLocalStack({ configuration: parseConfiguration(settings) });
  options = ["--bucket", stack.bucket, "--endpoint", stack.endpoint];
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await stack.stop();
});

function file(name: string, content: string): string {
  const full = path.join(folder, name);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, content);
  return full;
}

const upload = (...args: readonly string[]) => runCommand(uploadCommand(), [...args, ...options]);

/** With `--wait` the command reads the log of the stack, whose address options do not give. */
const uploadAndWait = (paths: readonly string[], given: UploadOptions) => {
  const command = new Command().action(async () => {
    const address = localStack(stack);
    const clients = openClients(address, {});
    try {
      const found = await findSnapshotFiles(paths, { ...given, temporary: folder });
      await uploadFiles(found, { ...given, wait: true }, { stack: address, clients });
    } finally {
      clients.close();
    }
  });
  return runCommand(command, []);
};

const keys = (feed: string) => stack.keys(`snapshots/${feed}/`).toSorted();

const sendTest = (audience: string, ...args: readonly string[]) => {
  const topic = stack.topics[audience] ?? stack.topics["alerts"] ?? "";
  const place = ["--topic", topic, "--endpoint", stack.endpoint, "--config", config];
  return runCommand(sendTestCommand(), ["--audience", audience, ...place, ...args]);
};

test("send-test sends a marked message by mail and SMS, without the outbox and deliver", async () => {
  const unconfirmed = await sendTest("alerts");
  expect(unconfirmed.code).toBe(2);
  expect(unconfirmed.err).toContain(
    '2 readers of alerts get "This is a test of feedbell". Nothing was changed',
  );

  const { code, out } = await sendTest("alerts", "--yes");
  expect(code).toBe(0);
  expect(out).toMatch(/^test-[0-9a-f-]{36}\.0 {2}This is a test of feedbell {2}2 readers\n$/);
  await eventually(() => expect(stack.messages()).toHaveLength(2));
  const mail = stack.messages().find(({ channel }) => channel === "email");
  const sms = stack.messages().find(({ channel }) => channel === "sms");
  expect(mail?.subject).toBe("This is a test of feedbell");
  expect(mail?.text).toContain("There is no news; nothing needs to be done.");
  expect(mail?.text).not.toContain("This story has no link");
  expect(sms?.text).toContain("This is a test of feedbell");
  await stack.idle();
  const delivered = stack.invocations.filter(({ functionName }) => functionName.includes("Deliver"));
  expect(delivered).toEqual([]);
});

test("send-test writes in the language of the audience", async () => {
  const { out } = await sendTest("morning", "--yes", "--json");
  expect(JSON.parse(out)).toMatchObject({
    audience: "morning",
    subject: "这是 feedbell 的测试消息",
    readers: 2,
  });
  await eventually(() =>
    expect(stack.messages().map(({ subject }) => subject)).toContain("这是 feedbell 的测试消息"),
  );
});

test("send-test refuses an unknown audience, and the topic of another one", async () => {
  expect(await sendTest("alert", "--yes")).toMatchObject({
    code: 2,
    err: expect.stringContaining("did you mean alerts?") as string,
  });
  const other = ["--topic", stack.topics["morning"] ?? ""];
  expect(await sendTest("alerts", "--yes", ...other)).toMatchObject({
    code: 2,
    err: expect.stringContaining("is not the topic of the audience alerts") as string,
  });
});

test("a folder is uploaded with its folders, and again only what changed", async () => {
  const root = path.dirname(file("archive/一.xml", rss("Harbour", "Fog lifts")));
  const changing = file("archive/2026/二 %20.xml", rss("Harbour", "Ships leave"));
  file("archive/.git/config.xml", "no snapshot");
  file("archive/.hidden.xml", "no snapshot");

  const planned = await upload(root, "--feed", "港口", "--dry-run");
  expect(planned).toMatchObject({ code: 0, err: "" });
  expect(planned.out.split("\n").toSorted()).toEqual([
    "",
    "the stack of the options, 2 files: 2 to upload",
    "to upload  港口/2026/二 %20.xml",
    "to upload  港口/一.xml",
  ]);
  expect(keys("港口")).toEqual([]);

  expect((await upload(root, "--feed", "港口")).out).toContain("2 files: 2 uploaded\n");
  expect(keys("港口")).toEqual(["snapshots/港口/2026/二 %20.xml", "snapshots/港口/一.xml"]);

  appendFileSync(changing, "\n");
  const again = await upload(root, "--feed", "港口");
  expect(again.out).toContain("uploaded   港口/2026/二 %20.xml\n");
  expect(again.out).toContain("unchanged  港口/一.xml\n");
  expect((await upload(root, "--feed", "港口", "--force")).out).toContain("2 files: 2 uploaded\n");
});

test("an object of another uploader is compared by its ETag", async () => {
  const given = file("etag/a.xml", rss("Harbour", "Gulls"));
  await stack.uploader.put("snapshots/etag/a.xml", rss("Harbour", "Gulls"));
  expect((await upload(given, "--feed", "etag")).out).toContain("1 file: 1 unchanged\n");
  // The same length, another content.
  await stack.uploader.put("snapshots/etag/a.xml", rss("Harbour", "Bulls"));
  expect((await upload(given, "--feed", "etag")).out).toContain("1 file: 1 uploaded\n");
});

test("a pattern keeps the folders below its fixed part, and skips names with a dot", async () => {
  file("pattern/a/1.md", "one");
  file("pattern/a/b/2.md", "two");
  file("pattern/a/b/3.txt", "three");
  file("pattern/.c/4.md", "four");
  await upload(path.join(folder, "pattern/**/*.md"), "--feed", "pattern");
  expect(keys("pattern")).toEqual(["snapshots/pattern/a/1.md", "snapshots/pattern/a/b/2.md"]);
  // A path that exists is no pattern.
  await upload(file("pattern/[x].md", "five"), "--feed", "brackets");
  expect(keys("brackets")).toEqual(["snapshots/brackets/[x].md"]);
  expect(await upload(path.join(folder, "*.none"), "--feed", "pattern")).toMatchObject({
    code: 1,
    err: expect.stringContaining("no such file") as string,
  });
});

test("a file that fails does not stop the others, and the exit code is 1", async () => {
  const good = file("some/good.xml", rss("Harbour", "Good"));
  const long = file(
    `some/${"d".repeat(200)}/${"港".repeat(80)}/${"港".repeat(80)}/${"港".repeat(80)}/1.md`,
    "x",
  );
  const missing = path.join(folder, "missing.xml");
  const root = path.join(folder, "some");
  const { code, out, err } = await upload(missing, root, "--feed", "f".repeat(120), "--json");
  expect(code).toBe(1);
  const lines = out
    .trim()
    .split("\n")
    .map(
      (line) =>
        JSON.parse(line) as { file: string; fate: string; failure?: { code: string }; version?: string },
    )
    .toSorted((a, b) => a.fate.localeCompare(b.fate) || a.file.localeCompare(b.file));
  expect(lines).toMatchObject([
    { file: missing, fate: "failed", failure: { code: "ENOENT" } },
    { file: long, fate: "failed", failure: { code: "key-too-long", found: "1059 bytes" } },
    { file: good, fate: "uploaded" },
  ]);
  expect(lines[2]?.version).toMatch(/./);
  expect(err).toContain("ENOENT");
  expect(err).toContain("key-too-long");
});

test("a file that may not be read fails alone", async ({ skip }) => {
  if (process.getuid?.() === 0) skip("root may read every file");
  const locked = file("locked/1.xml", "x");
  file("locked/2.xml", "y");
  chmodSync(locked, 0);
  const { code, out, err } = await upload(path.dirname(locked), "--feed", "locked");
  expect(code).toBe(1);
  expect(out).toContain("2 files: 1 failed, 1 uploaded\n");
  expect(err).toContain("no permission to read it");
});

test("wrong usage is refused before anything is uploaded", async () => {
  const a = file("x/same.xml", "a");
  const b = file("y/same.xml", "b");
  for (const [args, says] of [
    [[a, b, "--feed", "same"], "have the same key snapshots/same/same.xml"],
    [[a, "--feed", "a/b"], "can't be the name of a feed"],
    [[a, "--feed", ".."], "can't be the name of a feed"],
    [[a, "--feed", "港".repeat(400)], "can't be the name of a feed"],
    [[a, "--feed", "same", "--name", "n.xml"], "--name is the file name of standard input"],
    [["-", "--feed", "same", "--name", "../n.xml"], "can't be a file name"],
    [[a, "--feed", "same", "--wait", "--dry-run"], "--wait and --dry-run exclude each other"],
    [[a, "--feed", "same", "--wait"], "--log-group"],
  ] as const) {
    const { code, err } = await upload(...args);
    expect([code, err]).toEqual([2, expect.stringContaining(says)]);
  }
  expect(keys("same")).toEqual([]);
});

test("a bucket that does not exist stops the command with one error", async () => {
  const given = file("bucket/1.xml", "x");
  file("bucket/2.xml", "y");
  const args = [
    path.dirname(given),
    "--feed",
    "voa",
    "--bucket",
    "no-such-bucket",
    "--endpoint",
    stack.endpoint,
  ];
  const { code, out, err } = await runCommand(uploadCommand(), args);
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toMatch(/^upload: NoSuchBucket: /);
});

test("standard input is uploaded under its name", async () => {
  const text = rss("Harbour", "From a pipe");
  const args = ["upload", "-", "--feed", "pipe", "--name", "2026/1.xml", ...options];
  const { code, out, err } = await feedbell(args, { input: text });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toBe("uploaded   pipe/2026/1.xml\nthe stack of the options, 1 file: 1 uploaded\n");
  expect((await feedbell(args, { input: text })).out).toContain("1 file: 1 unchanged\n");
});

test("--wait prints what ingest did with each file", async () => {
  const paths = [
    file("wait/good.xml", rss("Harbour", "Tide turns")),
    file("wait/bad.xml", "nothing of a feed"),
  ];
  const { code, out } = await uploadAndWait(paths, { feed: "wait" });
  expect(code).toBe(1);
  expect(out).toContain("uploaded   wait/good.xml\n");
  expect(out).toContain("wait/good.xml: 1 new -> alerts 1, morning 1 waiting\n");
  expect(out).toMatch(/^wait\/bad\.xml: quarantined: format-unknown: found /m);
  expect(out).toMatch(/2 files: (1 uploaded, 1 quarantined|1 quarantined, 1 uploaded)\n$/);

  const same = await uploadAndWait([paths[0] ?? ""], { feed: "wait", json: true, force: true });
  expect(same.code).toBe(0);
  expect(JSON.parse(same.out)).toMatchObject({
    key: "snapshots/wait/good.xml",
    fate: "uploaded",
    outcome: { event: expect.stringMatching(/^(unchanged|done)$/) as string },
  });
});
