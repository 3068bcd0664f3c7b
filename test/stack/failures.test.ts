import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { GetQueueAttributesCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfiguration } from "../../infra/config/configuration.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { elsewhere } from "../support/stack-under-test.ts";
import { onlyOwnStack, skippedIf } from "../support/skipped.ts";

const entry = (name: string) => path.join(import.meta.dirname, "..", "support", "functions", `${name}.ts`);
const base = readConfiguration();
const configuration = (deployment: object) => ({
  ...base,
  timeoutSeconds: 1,
  deployment: { ...base.deployment, ...deployment },
});

/** Lowers the intake queue's receive limit, which takes long to reach. */
async function limitReceives(
  { endpoint, region, queues }: LocalStack,
  maxReceiveCount: number,
): Promise<void> {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const sqs = new SQSClient({ endpoint, region, credentials });
  const asked = { QueueUrl: queues.deadLetter, AttributeNames: ["QueueArn" as const] };
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand(asked));
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes?.["QueueArn"], maxReceiveCount });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queues.intake, Attributes: { RedrivePolicy } }));
  sqs.destroy();
}

// Each test needs its own function, so none of them runs against an external stack.
describe.concurrent("a failing function", skippedIf(elsewhere !== undefined, onlyOwnStack), () => {
  const folder = mkdtempSync(path.join(tmpdir(), "feedbell-failures-"));
  let throwing: LocalStack;
  let obedient: LocalStack;
  beforeAll(async () => {
    throwing = await startLocalStack({
      entries: { ingest: entry("throwing") },
      configuration: configuration({}),
    });
    obedient = await startLocalStack({
      entries: { ingest: entry("obedient") },
      configuration: configuration({ maximumConcurrency: 2 }),
    });
  });
  afterAll(async () => {
    await Promise.all([throwing.stop(), obedient.stop()]);
    rmSync(folder, { recursive: true });
  });

  test("always fails: its message is in the dead-letter queue after the queue's receive limit", async () => {
    await limitReceives(throwing, 3);
    await throwing.uploader.put("snapshots/a/poison.md", "anything");
    await throwing.idle({ timeoutSeconds: 100 });
    const dead = await throwing.deadLetters();
    const keys = dead.map(({ body }) => /"key":"([^"]+)"/.exec(body)?.[1] ?? "test event");
    expect(keys.toSorted()).toEqual(["snapshots/a/poison.md", "test event"]);
    const failed = throwing.invocations.filter(({ outcome }) => outcome.kind === "failed");
    expect(failed.length).toBe(throwing.invocations.length);
    // The test event and the snapshot, three times each.
    expect(failed.length).toBe(6);
    expect(failed[0]?.outcome).toMatchObject({ type: "RangeError", message: "this function always fails" });
    expect(await throwing.troubles()).toMatchObject([{ code: "unexpected" }, { code: "unexpected" }]);

    // The page's replay sends the dead letter of this snapshot back to the intake queue, and no other.
    const [snapshot] = (await (await fetch(`${throwing.inbox}/api/snapshots`)).json()) as object[];
    expect(snapshot).toMatchObject({ key: "snapshots/a/poison.md", state: "dead-letter" });
    const body = JSON.stringify(snapshot);
    const reply = await fetch(`${throwing.inbox}/api/snapshots/replay`, { method: "POST", body });
    expect(reply.status).toBe(202);
    expect(await throwing.deadLetters()).toHaveLength(1);
    await throwing.idle({ timeoutSeconds: 100 });
    expect(throwing.invocations.length).toBe(9);
    expect(await throwing.deadLetters()).toHaveLength(2);
  });

  test(
    "times out: it is killed, and the message is retried after its visibility timeout",
    { timeout: 40_000 },
    async () => {
      await obedient.uploader.put("snapshots/slow", "sleep 5000");
      const end = Date.now() + 30_000;
      const slow = () => obedient.invocations.filter(({ outcome }) => outcome.kind === "timed out");
      while (slow().length < 2 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
      const [first, second] = slow();
      expect(first?.milliseconds).toBeGreaterThanOrEqual(990);
      expect(first?.milliseconds).toBeLessThan(2500);
      expect(second?.pid).not.toBe(first?.pid);
      // Six seconds after the receive, which is before the start of the killed process.
      const between = (second?.at.getTime() ?? 0) - (first?.at.getTime() ?? 0);
      expect(between).toBeGreaterThanOrEqual(3000);
      expect(between).toBeLessThan(12_000);
      // The next attempt succeeds.
      await obedient.uploader.put("snapshots/slow", "quick");
    },
  );

  test("exits: the batch fails, and the next message gets another process", async () => {
    await obedient.uploader.put("snapshots/ends", "exit");
    const end = Date.now() + 10_000;
    const crashed = () => obedient.invocations.find(({ outcome }) => outcome.kind === "crashed");
    while (!crashed() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(crashed()?.outcome).toEqual({ kind: "crashed", how: "ended with exit code 3" });
    expect((await obedient.waiting()).some(({ body }) => body.includes("snapshots/ends"))).toBe(true);
  });

  test("runs at most the maximum number of processes and reuses warm ones", async () => {
    const file = path.join(folder, "held");
    for (let i = 0; i < 6; i += 1) await obedient.uploader.put(`snapshots/held-${i}`, `hold ${file} 250`);
    const end = Date.now() + 20_000;
    const lines = () => {
      try {
        return readFileSync(file, "utf8").trim().split("\n");
      } catch {
        return [];
      }
    };
    while (lines().length < 12 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    let [now, most] = [0, 0];
    for (const line of lines()) {
      now += line.startsWith("+") ? 1 : -1;
      most = Math.max(most, now);
    }
    expect(lines()).toHaveLength(12);
    expect(most).toBeLessThanOrEqual(2);
    expect(new Set(lines().map((line) => line.slice(1))).size).toBeLessThan(6);
    expect(obedient.processes.length).toBeLessThanOrEqual(2);
    const memory = obedient.invocations.map(({ memoryMegabytes }) => memoryMegabytes);
    expect(Math.max(...memory)).toBeGreaterThan(20);
  });
});
