import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocalFile } from "../../functions/console/live-stack.ts";
import { checkOf, codeBlocks, type CodeBlock } from "../documents/code-blocks.ts";
import { feedbellCommands } from "../support/feedbell-commands.ts";
import { openReaderShell, type ReaderShell } from "../support/reader-shell.ts";
import { skippedIf } from "../support/skipped.ts";
import { eventually, rss, unique } from "../support/stack-under-test.ts";
import { synthesized } from "../support/synthesized.ts";

const missing = ["bash", "/usr/bin/aws"].filter((tool) => spawnSync(tool, ["--version"]).status !== 0);

/** The readers of the documents have these audiences. */
const audiences = [
  { name: "alerts", mode: "alerts" },
  { name: "digest", mode: "digest" },
  ...["morning", "early", "football"].map((name) => ({
    name,
    mode: "digest",
    schedule: "daily 07:00",
    rules: { feeds: ["voa"] },
  })),
];

/** What the local stack does not have; a server accepts it, so that the AWS CLI checks the command and its options. */
const recorded = [
  "cloudformation",
  "cloudwatch",
  "kms",
  "lambda",
  "logs",
  ...["get-sms-attributes", "get-sms-sandbox-account-status", "set-sms-attributes"].map(
    (action) => `sns ${action}`,
  ),
  ...[
    "restore-table-to-point-in-time",
    "update-continuous-backups",
    "update-table",
    "update-time-to-live",
    "wait",
  ].map((action) => `dynamodb ${action}`),
];

/** Calls that may fail, by a part of the line, with the reason. */
const mayFail: readonly (readonly [line: string, why: string])[] = [
  ["start-message-move-task", "AWS CLI 2.9 of Debian 12 does not have it"],
  ["deletion-protection-enabled", "neither this option"],
  ["replay quarantine/~messages/", "no message is quarantined"],
  ["logs --follow", "it runs until it is interrupted"],
];

const asking = [...(await feedbellCommands())].flatMap(([name, { options }]) =>
  options.some(({ long }) => long === "--yes") ? [name] : [],
);

const blocks = codeBlocks.filter((block) => checkOf(block) === "run");
/** Nothing works after these. */
const isLast = ({ name }: CodeBlock) => name.includes("Tear down 1");
const ordered = [...blocks.filter((block) => !isLast(block)), ...blocks.filter(isLast)];

/** Ports differ where the default one is in use. */
const withoutPorts = (text: string) => text.replaceAll(/(?<=127\.0\.0\.1:)\d+/g, "PORT");

const shownBy = (name: string): string =>
  withoutPorts(codeBlocks.find((block) => block.name === name)?.text ?? "");

describe(
  "the examples of the documents",
  skippedIf(missing.length > 0, `${missing.join(", ")} is not installed`),
  () => {
    let reader: ReaderShell;
    let start: ChildProcess;
    let local: LocalFile;
    let printed = "";

    beforeAll(async () => {
      reader = await openReaderShell({ feedbell: { audiences }, asking, recorded });
      start = spawn(process.execPath, ["infra/local/start.mjs"], { cwd: reader.folder });
      start.stdout?.on("data", (piece: Buffer) => (printed += piece.toString()));
      start.stderr?.on("data", (piece: Buffer) => (printed += piece.toString()));
      const stateFile = join(reader.folder, ".feedbell/local.json");
      await eventually(() => {
        local = JSON.parse(readFileSync(stateFile, "utf8")) as LocalFile;
      }, 60);
      reader.env["AWS_ENDPOINT_URL"] = local.endpoint;
      reader.env["BUCKET"] = local.bucket;
      Object.assign(reader.outputs, await outputsOf(local));
      writeFiles(reader.folder);
    }, 90_000);

    afterAll(async () => {
      const closed = once(start, "close");
      start.kill("SIGINT");
      await closed;
      await reader.close();
    });

    test("`npm start` prints each line that README.md shows", async () => {
      const shown = shownBy("README.md: Try it 2")
        .split("\n")
        .filter((line) => line !== "" && line !== "...");
      expect(shown.length).toBeGreaterThan(8);
      await eventually(() => {
        const lines = withoutPorts(printed).split("\n");
        expect(shown.filter((line) => !lines.includes(line))).toEqual([]);
      }, 60);
    }, 90_000);

    test("`npm start -- --once FILE` prints the message that README.md shows", async () => {
      const [command = "", ...shown] = shownBy("README.md: Try it 3").split("\n");
      const { code, out, err } = await reader.run(command.replace("$ ", ""));
      // The configuration of this test has rules by feed.
      const remark = /^2026-11-20\.md: read as the feed [\w.]+; give --feed NAME to [\w ]+\.\n$/;
      expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(remark) as string });
      for (const part of shown.join("\n").split("...\n")) expect(out).toContain(part);
    }, 120_000);

    test("the program in README.md uploads a feed", async () => {
      const { text } = codeBlocks.find((block) => checkOf(block) === "execute") ?? { text: "" };
      const site = createServer((_, response) => response.end(rss("Harbour", "From a program")));
      await new Promise<void>((resolve) => void site.listen(0, "127.0.0.1", resolve));
      const address = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
      writeFileSync(join(reader.folder, "upload.ts"), text.replace("https://feed.example", address));
      const { code, err } = await reader.run(`'${process.execPath}' upload.ts`);
      site.close();
      expect({ code, err }).toEqual({ code: 0, err: "" });
      const [newest] = (await (await fetch(`${local.inbox}/api/snapshots`)).json()) as { key: string }[];
      expect(newest?.key).toBe("snapshots/voa/latest.xml");
    }, 120_000);

    test.each(ordered.map((block) => [block.name, block] as const))(
      "%s: every command succeeds",
      async (name, block) => {
        const before = preparations.find(([part]) => name.includes(part))?.[1];
        if (before !== undefined) await reader.run(before);
        const ids = block.text.includes("ID...") ? await waitingMessage() : "";
        const commands = replacePlaceholders(block.text, { ...placeholders(), "ID...": ids });
        const isSetUp = commands.includes("while read -r name value");
        const { code, out, err, calls } = await reader.run(isSetUp ? `${commands}\nenv` : commands);
        if (isSetUp) readVariables(out);
        const failed = calls.filter(
          (call) => call.code !== 0 && !mayFail.some(([line]) => call.line.includes(line)),
        );
        expect({ failed, err: failed.length > 0 ? err : "" }).toEqual({ failed: [], err: "" });
        expect(calls.length).toBeGreaterThan(0);
        // 2 is a mistake of syntax, 127 an unknown command; `grep` without a match is 1.
        expect([2, 126, 127, null]).not.toContain(code);
        if (ids !== "") await reader.run("npx feedbell resume --audience digest");
      },
      150_000,
    );

    /** The id of a message that waits in the outbox, because its audience is paused. */
    async function waitingMessage(): Promise<string> {
      writeFileSync(join(reader.folder, "waits.xml"), rss("Harbour", `It waits ${unique()}`));
      await reader.run(
        "npx feedbell pause --audience digest; npx feedbell upload waits.xml --feed waits --wait",
      );
      return eventually(async () => {
        const { out } = await reader.run("npx feedbell outbox list --audience digest --json");
        const [line = ""] = out.split("\n");
        return (JSON.parse(line) as { readonly id: string }).id;
      }, 60);
    }

    const placeholders = () => ({
      // The running stack takes over a changed cdk.json, and would be away for a moment.
      "feeds.opml": "feeds.opml --config other.json",
      AUDIENCE: "alerts",
      FILE: "feed.xml",
      BUCKET: local.bucket,
      TABLE: local.table,
      TOPIC_ARN: local.topics["football"] ?? "",
      TOPIC: local.topics["early"] ?? "",
      ROLE_ARN: "arn:aws:iam::111122223333:role/SmsLogging",
      KEY: "1234abcd-12ab-34cd-56ef-1234567890ab",
    });

    /** Takes over what the first block of the runbook exports. */
    function readVariables(environment: string): void {
      for (const [name, value] of Object.entries(reader.outputs)) {
        expect(`\n${environment}`).toContain(`\n${name}=${value}\n`);
        reader.env[name] = value;
      }
    }
  },
);

/** Whole words only: a key of an object in a query, such as `Key`, stays. */
const replacePlaceholders = (text: string, values: Readonly<Record<string, string>>): string =>
  Object.entries(values).reduce(
    (result, [name, value]) =>
      result.replaceAll(new RegExp(`(?<![\\w$])${name.replaceAll(".", "\\.")}(?!\\w)`, "g"), () => value),
    text,
  );

/** What the reader did before, by a part of a block's name. */
const preparations: readonly (readonly [block: string, commands: string])[] = [
  ["Snapshots quarantined 1", "npx feedbell upload bad --feed voa --wait"],
  ["RUNBOOK.md: Replay 1", "npx feedbell upload good --feed voa --wait"],
  ["RUNBOOK.md: Quarantine 1", "npx feedbell upload bad --feed voa --wait --force"],
];

/** The files that the documents name. */
function writeFiles(folder: string): void {
  for (const name of ["archive", "bad", "good"]) mkdirSync(join(folder, name));
  const files = {
    "feed.xml": rss("Harbour", "The old bridge opens again"),
    "archive/1.xml": rss("Harbour", "The old bridge opens again"),
    "archive/2.xml": rss("Harbour", "Fog over the harbour"),
    "good/2026-11-26.xml": rss("Harbour", "The tide turns"),
    "bad/2026-11-26.xml": "nothing of a feed",
    "bad/2026-11-27.xml": "nothing of a feed either",
    "other.json": '{"context": {"feedbell": {}}}',
    "readers.csv": "address\nada@example.org\n+12025550124\n",
    "feeds.opml":
      '<opml version="2.0"><body><outline type="rss" text="Harbour" xmlUrl="https://harbour.example/rss.xml"/></body></opml>',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

/** The outputs of the stack: those of the local one, and names for what it does not have. */
async function outputsOf({
  endpoint,
  region,
  bucket,
  table,
  queues,
}: LocalFile): Promise<Record<string, string>> {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const sqs = new SQSClient({ endpoint, region, credentials });
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  sqs.destroy();
  const queue = (part: string) => QueueUrls.find((url) => url.includes(part)) ?? part;
  const known: Record<string, string> = {
    BucketName: bucket,
    TableName: table,
    IntakeQueueUrl: queues.intake,
    DeadLetterQueueUrl: queues.deadLetter,
    OutboxQueueUrl: queues.outbox,
    OutboxDeadLetterQueueUrl: queues.outboxDeadLetter,
    SlotsQueueUrl: queues.slots,
    SlotsDeadLetterQueueUrl: queue("SchedulesDeadLetters"),
    ScheduleFailuresQueueUrl: queue("SchedulesFailures"),
    WatchFailuresQueueUrl: queue("WatchFailures"),
  };
  const names = Object.keys(synthesized({ audiences }).template["Outputs"] as object);
  return Object.fromEntries(names.map((name) => [name, known[name] ?? name]));
}
