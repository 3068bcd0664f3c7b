import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findAwsClis } from "../support/aws-clis.ts";
import { describeAddresses } from "../../infra/local/addresses.ts";
import {
  eventually,
  openStackUnderTest,
  rss,
  unique,
  type StackUnderTest,
} from "../support/stack-under-test.ts";
import { skippedIf } from "../support/skipped.ts";

const clis = findAwsClis();
const run = promisify(execFile);
const folder = mkdtempSync(path.join(tmpdir(), "feedbell-aws-"));
let stack: StackUnderTest;

beforeAll(async () => {
  stack = await openStackUnderTest();
});
afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

/** No configuration; HOME stays, because it may be where the CLI itself is installed. */
const noFiles = {
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: "true",
};

describe.each([1, 2])("AWS CLI %i", (major) => {
  const aws = clis.get(major) ?? "aws";
  const needsCli = skippedIf(!clis.has(major), `AWS CLI ${major} is not installed`);
  const env = {
    PATH: `${path.dirname(aws)}${path.delimiter}${process.env["PATH"] ?? ""}`,
    HOME: process.env["HOME"],
    ...noFiles,
  };

  async function call(...args: string[]): Promise<string> {
    const credentials = {
      AWS_ACCESS_KEY_ID: "any",
      AWS_SECRET_ACCESS_KEY: "thing",
      AWS_DEFAULT_REGION: stack.region,
    };
    const { stdout } = await run(aws, ["--endpoint-url", stack.endpoint, "--output", "json", ...args], {
      env: { ...env, ...credentials },
    });
    return stdout;
  }

  test(
    "the lines that `npm start` prints work in an empty environment",
    { timeout: 60_000, ...needsCli },
    async ({ skip }) => {
      const { inbox } = stack;
      if (inbox === undefined) skip("this stack has no inbox (FEEDBELL_INBOX)");
      const title = `Printed ${unique()}`;
      const file = path.join(folder, "printed.xml");
      writeFileSync(file, rss("Printed", title));
      const lines = describeAddresses({ ...stack, inbox: inbox ?? "", drop: "" }, "drop").split("\n");
      const lineOf = (label: string) =>
        lines.find((line) => line.startsWith(`  ${label} `))?.slice(13) ?? `missing: ${label}`;
      const [address, topic] = [`reader-${unique()}@reader.example`, stack.topics["alerts"] ?? ""];
      expect(lines.join("\n")).toContain(topic);
      const script = [
        lineOf("AWS"),
        lineOf("Upload").replace("FILE", `'${file}'`),
        lineOf("Subscribe").replace("me@example.org", address).replace("TOPIC", topic),
      ].join(" && ");
      const { stdout } = await run("/bin/sh", ["-c", script], { env });
      expect(stdout).toContain("pending confirmation");
      await eventually(async () => expect(await stack.receivedBySamples(title)).toHaveLength(4));
      await eventually(async () => {
        const asked = (await stack.received("confirm the subscription")).map(({ to }) => to);
        expect(asked).toContain(address);
      });
    },
  );

  async function subscriptionsOf(topic: string, address: string): Promise<readonly string[]> {
    const listed = JSON.parse(await call("sns", "list-subscriptions-by-topic", "--topic-arn", topic)) as {
      Subscriptions: { Endpoint: string; SubscriptionArn: string }[];
    };
    const own = listed.Subscriptions.filter(({ Endpoint }) => Endpoint === address);
    return own.map(({ SubscriptionArn }) => SubscriptionArn);
  }

  /** Ends confirmed subscriptions; unconfirmed ones expire (Amazon SNS API Reference, `Unsubscribe`). */
  async function unsubscribe(topic: string, address: string): Promise<void> {
    for (const arn of await subscriptionsOf(topic, address)) {
      if (arn !== "PendingConfirmation") await call("sns", "unsubscribe", "--subscription-arn", arn);
    }
  }

  test("aws s3 cp delivers an alert", needsCli, async ({ skip }) => {
    if (stack.inbox === undefined) skip("this stack has no inbox (FEEDBELL_INBOX)");
    const title = `By hand ${unique()}`;
    const file = path.join(folder, "by hand.xml");
    writeFileSync(file, rss("By hand", title));
    const key = `snapshots/hand-${unique()}/by hand.xml`;
    await call("s3", "cp", file, `s3://${stack.bucket}/${key}`);
    await eventually(async () => expect(await stack.receivedBySamples(title)).toHaveLength(4));
    expect(await call("s3", "cp", `s3://${stack.bucket}/${key}`, "-")).toContain(title);
    expect(await call("s3", "ls", `s3://${stack.bucket}/snapshots/`, "--recursive")).toContain("by hand.xml");
  });

  test("aws s3 cp uploads a file of 20 MB in parts", needsCli, async () => {
    const file = path.join(folder, "large.bin");
    writeFileSync(file, Buffer.alloc(20_000_000, "feed"));
    await call("s3", "cp", file, `s3://${stack.bucket}/large/file.bin`);
    const head = JSON.parse(
      await call("s3api", "head-object", "--bucket", stack.bucket, "--key", "large/file.bin"),
    ) as Record<string, unknown>;
    expect(head["ContentLength"]).toBe(20_000_000);
    await call("s3", "rm", `s3://${stack.bucket}/large/file.bin`);
  });

  test("aws sns subscribe sends a confirmation link, which confirms", needsCli, async ({ skip }) => {
    if (stack.inbox === undefined) skip("this stack has no inbox (FEEDBELL_INBOX)");
    const [address, topic] = [`reader-${unique()}@reader.example`, stack.topics["alerts"] ?? ""];
    const subscribed = await call(
      "sns",
      "subscribe",
      "--topic-arn",
      topic,
      "--protocol",
      "email",
      "--notification-endpoint",
      address,
    );
    expect(JSON.parse(subscribed)).toEqual({ SubscriptionArn: "pending confirmation" });
    try {
      const link = await eventually(async () => {
        const asked = (await stack.received("confirm the subscription")).find(({ to }) => to === address);
        const found = /http:\S+\/confirm\?token=\w+/.exec(asked?.text ?? "")?.[0];
        expect(found).toBeDefined();
        return found ?? "";
      });
      expect(await (await fetch(link)).text()).toContain("confirmed");
      const title = `Confirmed ${unique()}`;
      await stack.upload(`snapshots/confirmed-${unique()}/feed.xml`, rss("Confirmed", title));
      await eventually(async () => {
        expect((await stack.received(title)).map(({ to }) => to)).toContain(address);
      });
    } finally {
      await unsubscribe(topic, address);
    }
    expect(await subscriptionsOf(topic, address)).toEqual([]);
  });

  test("aws sqs lists queues, sends, receives and deletes", needsCli, async () => {
    const { QueueUrl } = JSON.parse(
      await call("sqs", "create-queue", "--queue-name", `hand-${unique()}`),
    ) as {
      QueueUrl: string;
    };
    await call("sqs", "send-message", "--queue-url", QueueUrl, "--message-body", "<a & b> 你好");
    const received = JSON.parse(
      await call(
        "sqs",
        "receive-message",
        "--queue-url",
        QueueUrl,
        "--attribute-names",
        "All",
        "--wait-time-seconds",
        "1",
      ),
    ) as { Messages: { Body: string; ReceiptHandle: string; Attributes: Record<string, string> }[] };
    const [message] = received.Messages;
    expect(message).toMatchObject({ Body: "<a & b> 你好", Attributes: { ApproximateReceiveCount: "1" } });
    await call(
      "sqs",
      "delete-message",
      "--queue-url",
      QueueUrl,
      "--receipt-handle",
      message?.ReceiptHandle ?? "",
    );
    const state = await call(
      "sqs",
      "get-queue-attributes",
      "--queue-url",
      stack.queues.deadLetter,
      "--attribute-names",
      "All",
    );
    expect(JSON.parse(state)).toMatchObject({ Attributes: { MessageRetentionPeriod: "1209600" } });
    const missing = call("sqs", "purge-queue", "--queue-url", `${QueueUrl}-none`);
    await expect(missing).rejects.toThrow("NonExistentQueue");
    await call("sqs", "delete-queue", "--queue-url", QueueUrl);
  });
});
