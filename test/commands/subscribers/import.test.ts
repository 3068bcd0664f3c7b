import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CreateTopicCommand } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { exportCommand, importCommand } from "../../../functions/commands/reader-files.ts";
import { root } from "../../support/feedbell.ts";
import { openEmulators, type Emulators } from "../../support/open-emulators.ts";
import { runCommand } from "../../support/run-command.ts";

const folder = mkdtempSync(path.join(tmpdir(), "feedbell-readers-"));
let emulators: Emulators;
let topic: string;
let count = 0;
beforeAll(async () => {
  emulators = await openEmulators();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await emulators.close();
});
beforeEach(async () => {
  count += 1;
  const created = await emulators.clients.sns.send(new CreateTopicCommand({ Name: `imported-${count}` }));
  topic = created.TopicArn ?? "";
});

const place = () => ["--endpoint", emulators.endpoint.url, "--topic", topic, "--audience", "news"];
const file = (content: string): string => {
  const name = path.join(folder, `${count}.csv`);
  writeFileSync(name, content);
  return name;
};
const subscriptions = () => [...(emulators.sns.topics.get(topic)?.subscriptions.values() ?? [])];

test("an import of 1,000 addresses that is killed is resumed by the same command: each is asked once", async () => {
  const addresses = Array.from({ length: 1_000 }, (_, index) => `reader-${count}-${index}@example.org`);
  const name = file(`address\n${addresses.join("\n")}\n`);
  const args = ["functions/cli.ts", "import", name, ...place(), "--yes"];
  const child = spawn(process.execPath, args, { cwd: root, stdio: "ignore" });
  await vi.waitFor(() => expect(subscriptions().length).toBeGreaterThan(50), {
    timeout: 60_000,
    interval: 5,
  });
  child.kill("SIGKILL");
  await once(child, "close");
  const before = subscriptions().length;
  expect(before).toBeLessThan(1_000);

  const { code, out, err } = await runCommand(importCommand(), [name, ...place(), "--yes"]);
  expect(err).toContain(`1,000 readers, ${before} already subscribed, ${1_000 - before} to subscribe`);
  expect({ code, out }).toEqual({
    code: 0,
    out: `${1_000 - before} readers subscribed: 0 confirmed, ${1_000 - before} pending\n`,
  });
  await emulators.sns.settled();
  const asked = emulators.mails.map(({ to }) => to).filter((to) => to.startsWith(`reader-${count}-`));
  expect(asked.toSorted()).toEqual(addresses.toSorted());
  expect(subscriptions()).toHaveLength(1_000);
});

test("--dry-run says what would be done and changes nothing", async () => {
  const name = file("address\n+12025550123\n+12025550124\n+1 202 555 0123\n");
  const { code, out, err } = await runCommand(importCommand(), [name, ...place(), "--dry-run"]);
  expect({ code, out }).toEqual({ code: 0, out: "2 readers to subscribe; nothing was changed\n" });
  expect(err).toContain("2 readers (1 line repeats one), 0 already subscribed, 2 to subscribe");
  const asJson = await runCommand(importCommand(), [name, ...place(), "--dry-run", "--json"]);
  expect(JSON.parse(asJson.out)).toEqual({ dryRun: true, readers: 2, known: 0, toSubscribe: 2 });
  expect(subscriptions()).toEqual([]);
});

test("--json has the same fields whether readers are missing or not", async () => {
  const args = [file("address\n+12025550123\n"), ...place(), "--yes", "--json"];
  const first = await runCommand(importCommand(), args);
  const again = await runCommand(importCommand(), args);
  expect([first, again].map(({ code, out }) => ({ code, line: JSON.parse(out) as unknown }))).toEqual([
    {
      code: 0,
      line: { dryRun: false, readers: 1, known: 0, subscribed: 1, confirmed: 1, pending: 0, left: 0 },
    },
    {
      code: 0,
      line: { dryRun: false, readers: 1, known: 1, subscribed: 0, confirmed: 0, pending: 0, left: 0 },
    },
  ]);
});

test("reads UTF-16, as spreadsheets write it, and standard input", async () => {
  const name = path.join(folder, "utf-16.csv");
  writeFileSync(name, Buffer.from("\uFEFFaddress\tfilter\r\n+12025550123\t\r\n", "utf16le"));
  const read = await runCommand(importCommand(), [name, ...place(), "--dry-run"]);
  expect(read).toMatchObject({ code: 0, out: "1 reader to subscribe; nothing was changed\n" });

  const args = ["functions/cli.ts", "import", "-", ...place(), "--yes"];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["pipe", "ignore", "ignore"] });
  child.stdin.end("address\n+12025550123\n+12025550124\n");
  expect(await once(child, "close")).toEqual([0, null]);
  expect(subscriptions()).toHaveLength(2);
});

test("asks before it sends, and reports a file that can't be read", async () => {
  const refused = await runCommand(importCommand(), [file("address\nreader@example.org\n"), ...place()]);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain("SNS sends 1 confirmation. Nothing was changed; confirm it with --yes.");
  expect(subscriptions()).toEqual([]);
  const missing = await runCommand(importCommand(), [path.join(folder, "none.csv"), ...place()]);
  expect(missing).toMatchObject({ code: 1, err: expect.stringContaining("no such file") as string });
});

test("what export writes, import reads into another topic", async () => {
  const content =
    'address,filter\n+12025550123,feed=voa\nreader@example.org,\n+12025550124,"{""kind"":[""alert""]}"\n';
  await runCommand(importCommand(), [file(content), ...place(), "--yes"]);
  const exported = await runCommand(exportCommand(), place());
  expect(exported.out.split("\n")).toEqual([
    "audience,address,protocol,filter,state,protected",
    'news,+12025550123,sms,"{""feed"":[""voa""]}",confirmed,false',
    "news,reader@example.org,email,,pending,",
    'news,+12025550124,sms,"{""kind"":[""alert""]}",confirmed,false',
    "",
  ]);
  const created = await emulators.clients.sns.send(new CreateTopicCommand({ Name: `copy-${count}` }));
  topic = created.TopicArn ?? "";
  const { out } = await runCommand(importCommand(), [file(exported.out), ...place(), "--yes", "--json"]);
  const counts = { readers: 3, known: 0, subscribed: 3, confirmed: 2, pending: 1, left: 0 };
  expect(JSON.parse(out)).toEqual({ dryRun: false, ...counts });
  const again = await runCommand(exportCommand(), place());
  expect(again.out).toBe(exported.out);
  const asJson = await runCommand(exportCommand(), [...place(), "--json"]);
  const [first] = asJson.out.split("\n");
  expect(JSON.parse(first ?? "")).toMatchObject({ address: "+12025550123", filter: { feed: ["voa"] } });
});
