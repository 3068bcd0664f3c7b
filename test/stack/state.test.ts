import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { rss } from "../support/stack-under-test.ts";

const folder = mkdtempSync(path.join(tmpdir(), "feedbell-state-"));
const running: LocalStack[] = [];
afterEach(async () => {
  for (const stack of running.splice(0)) await stack.stop();
});
afterAll(() => rmSync(folder, { recursive: true }));

const configuration = parseConfiguration({ audiences: [{ name: "alerts", mode: "alerts" }] });

async function start(state: string, more: Parameters<typeof startLocalStack>[0] = {}): Promise<LocalStack> {
  const stack = await startLocalStack({ configuration, state, ...more });
  running.push(stack);
  return stack;
}

const mailsTo = (stack: LocalStack, reader: string): readonly string[] =>
  stack.messages().flatMap(({ to, subject }) => (to === reader ? [subject] : []));

interface Subscriber {
  readonly endpoint: string;
  readonly isConfirmed: boolean;
}

async function subscribersOf(stack: LocalStack): Promise<readonly Subscriber[]> {
  const reply = await fetch(`${stack.inbox}/api/audiences`);
  return ((await reply.json()) as { subscribers: Subscriber[] }[]).flatMap(({ subscribers }) => subscribers);
}

async function subscribe(stack: LocalStack, endpoint: string): Promise<void> {
  const body = JSON.stringify({ audience: "alerts", protocol: "email", endpoint });
  const reply = await fetch(`${stack.inbox}/api/subscriptions`, { method: "POST", body });
  expect(reply.ok).toBe(true);
}

test(
  "a stack goes on with the snapshots, messages, readers, ledger and queues of the last one",
  { timeout: 120_000 },
  async () => {
    const state = path.join(folder, "kept");
    const first = await start(state);
    expect(first.isRestored).toBe(false);
    await subscribe(first, "pending@reader.example");
    await first.uploader.put("snapshots/paper/feed.xml", Buffer.from(rss("Paper", "First story")));
    await first.idle();
    const [invoked] = first.invocations;
    expect(invoked).toBeDefined();
    const sent = first.messages();
    const snapshots = await (await fetch(`${first.inbox}/api/snapshots`)).json();
    await first.stop();
    expect(existsSync(path.join(state, "running"))).toBe(false);

    const second = await start(state);
    expect(second.isRestored).toBe(true);
    expect(second.messages()).toEqual(sent);
    expect(second.stored().map(({ raw }) => raw?.length)).toEqual(
      expect.arrayContaining([expect.any(Number) as number]) as number[],
    );
    expect(await (await fetch(`${second.inbox}/api/snapshots`)).json()).toEqual(snapshots);
    expect(second.keys("snapshots/")).toEqual(["snapshots/paper/feed.xml"]);
    const readers = await subscribersOf(second);
    expect(readers.map(({ endpoint, isConfirmed }) => [endpoint, isConfirmed])).toEqual([
      ["alerts@reader.example", true],
      ["+12025550100", true],
      ["pending@reader.example", false],
    ]);

    await second.uploader.put(
      "snapshots/paper/feed.xml",
      Buffer.from(rss("Paper", "First story", "Second story")),
    );
    await second.idle();
    expect(
      mailsTo(second, "alerts@reader.example").filter((subject) => subject.includes("First")),
    ).toHaveLength(1);
    expect(
      mailsTo(second, "alerts@reader.example").filter((subject) => subject.includes("Second")),
    ).toHaveLength(1);
  },
);

test(
  "what waits in a queue when a stack stops is delivered by the next one",
  { timeout: 120_000 },
  async () => {
    const state = path.join(folder, "waiting");
    const first = await start(state);
    // Nothing waits for the end of the run: it stops with the snapshot in the queue or in flight.
    await first.uploader.put("snapshots/paper/feed.xml", Buffer.from(rss("Paper", "Interrupted story")));
    await first.stop();
    const second = await start(state);
    await expect
      .poll(
        () => mailsTo(second, "alerts@reader.example").filter((subject) => subject.includes("Interrupted")),
        {
          timeout: 60_000,
        },
      )
      .toHaveLength(1);
  },
);

test(
  "a killed stack is reported at the next start, and an unreadable state refused",
  { timeout: 60_000 },
  async () => {
    const state = path.join(folder, "killed");
    await (await start(state)).stop();
    writeFileSync(path.join(state, "running"), "1\n");
    const lines: string[] = [];
    await (await start(state, { onWarning: (line) => lines.push(line) })).stop();
    expect(lines[0]).toMatch(
      /^The last stack in .*killed was killed: what it did after \d{4}-\d\d-\d\dT.* may be lost/,
    );

    writeFileSync(path.join(state, "state.json"), "{");
    await expect(start(state)).rejects.toMatchObject({
      name: "StateFolderError",
      message: expect.stringContaining("Remove its folder to start anew.") as string,
    });
  },
);
