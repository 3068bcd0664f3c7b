import { afterAll, beforeAll, expect, test } from "vitest";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";

let stack: LocalStack;

beforeAll(async () => {
  stack = await startLocalStack({
    configuration: parseConfiguration({
      timeoutSeconds: 20,
      audiences: [
        { name: "alerts", mode: "alerts" },
        { name: "upload", mode: "digest" },
        { name: "morning", mode: "digest", schedule: "daily 07:00", timeZone: "Asia/Shanghai" },
        { name: "night", mode: "alerts", quietHours: "22:00-07:00", timeZone: "Europe/Berlin" },
      ],
    }),
    subscribers: false,
  });
});
afterAll(() => stack.stop());

test("GET /api/schedules lists the schedules of audiences with their next slot", async () => {
  const found = (await (await fetch(`${stack.inbox}/api/schedules`)).json()) as { next: string }[];
  expect(found).toEqual([
    {
      audience: "morning",
      schedule: "daily 07:00",
      timeZone: "Asia/Shanghai",
      next: expect.stringMatching(/^\d{4}-\d\d-\d\dT23:00:00\.000Z$/) as string,
    },
    {
      audience: "night",
      schedule: "cron(0 7 * * ? *)",
      timeZone: "Europe/Berlin",
      next: expect.stringMatching(/^\d{4}-\d\d-\d\dT0[56]:00:00\.000Z$/) as string,
    },
  ]);
  for (const { next } of found) expect(Date.parse(next)).toBeGreaterThan(Date.now() - 60_000);
});

test("POST /api/schedules/<audience> answers when the digest function has handled the slot", async () => {
  const reply = await fetch(`${stack.inbox}/api/schedules/morning`, {
    method: "POST",
    body: JSON.stringify({ at: "2026-11-26T23:00:00Z" }),
  });
  expect(reply.status).toBe(200);
  const digests = stack.invocations.filter(({ functionName }) => functionName.includes("Digest"));
  expect(digests.map(({ outcome }) => outcome)).toEqual([
    { kind: "done", payload: { batchItemFailures: [] } },
  ]);
  await stack.idle();
});

test("an audience without a schedule is not found", async () => {
  const reply = await fetch(`${stack.inbox}/api/schedules/upload`, { method: "POST" });
  expect(reply.status).toBe(404);
});
