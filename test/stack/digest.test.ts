import { spawn } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import { openArena, type Arena } from "../faults/arena.ts";
import type { Call } from "../faults/calls.ts";
import type { Kind } from "../faults/proxy.ts";
import { markOf, marksIn, rss } from "../faults/snapshots.ts";
import { elsewhere } from "../support/stack-under-test.ts";
import { onlyOwnStack, skippedIf } from "../support/skipped.ts";

/** Between which calls a run of digest dies, each for an audience of its own. */
const deaths: readonly (readonly [call: RegExp, kind: Kind])[] = [
  [/^dynamodb\.GetItem audience/, "killed after"],
  [/^dynamodb\.Query waiting claims/, "killed after"],
  [/^dynamodb\.Query waiting entries/, "killed after"],
  [/^s3\.PutObject plans/, "killed before"],
  [/^s3\.PutObject plans/, "killed after"],
  [/^dynamodb\.UpdateItem audience #plan #planSlot/, "killed before"],
  [/^dynamodb\.UpdateItem audience #plan #planSlot/, "killed after"],
  [/^sqs\.SendMessageBatch outbox/, "killed after"],
  [/^dynamodb\.BatchWriteItem waiting cover/, "killed after"],
  [/^dynamodb\.BatchWriteItem waiting delete entries/, "killed after"],
  [/^dynamodb\.BatchWriteItem waiting delete claims/, "killed after"],
  [/^dynamodb\.PutItem audience/, "killed after"],
  [/^dynamodb\.UpdateItem audience #slot/, "killed before"],
  [/^dynamodb\.UpdateItem audience #slot/, "killed after"],
];
const victims = deaths.map((_, i) => `k${i}`);
const names = ["daily", "slow", "moved", ...victims];

/** The audience that a call of digest is about. */
const audienceOf = ({ item = "", object = "", enqueued = [] }: Call): string | undefined =>
  /^(?:audience|waiting)#(\w+)/.exec(item)?.[1] ??
  /digest-(\w+)-\d/.exec([object, ...enqueued.map(({ id }) => id)].join(" "))?.[1];

describe("on the local stack", skippedIf(elsewhere !== undefined, onlyOwnStack), () => {
  let arena: Arena;
  beforeAll(async () => {
    const configuration = parseConfiguration(
      {
        audiences: names.map((name) => ({
          name,
          mode: "digest",
          schedule: "daily 07:00",
          rules: { include: [`word-${name}`] },
        })),
        timeoutSeconds: 4,
        maxRetrySeconds: 2,
        deployment: { maximumConcurrency: 3 },
      },
      { minTimeoutSeconds: 1 },
    );
    arena = await openArena({ configuration, deduplicationSeconds: 0 });
  });
  afterAll(() => arena.close());

  /** The entries that each mail of an audience shows. */
  const mailsOf = (audience: string): readonly (readonly string[])[] =>
    arena.stack
      .messages()
      .filter((message) => message.channel === "email" && message.audience === audience)
      .map(({ text }) => marksIn(text).toSorted());
  /** Uploads entries of three feeds that are due to an audience. */
  const upload = async (feed: string, audience: string, numbers: readonly (readonly number[])[]) => {
    for (const [i, some] of numbers.entries())
      await arena.stack.uploader.put(`snapshots/${feed}-${i}/a.xml`, rss(feed, some, `word-${audience}`));
    await arena.stack.idle();
  };
  const fire = async (audience: string, at: number) => {
    const reply = await fetch(`${arena.stack.inbox}/api/schedules/${audience}`, {
      method: "POST",
      body: JSON.stringify({ at: new Date(at).toISOString() }),
    });
    expect(reply.status).toBe(200);
    await arena.stack.idle();
  };
  const command = (
    ...args: readonly string[]
  ): Promise<{ code: number | null; out: string; err: string }> => {
    const { bucket, table, endpoint, queues } = arena.stack;
    const parts = ["--bucket", bucket, "--table", table, "--slots", queues.slots, "--endpoint", endpoint];
    const child = spawn(process.execPath, ["functions/cli.ts", ...args, ...parts], {
      cwd: path.join(import.meta.dirname, "..", ".."),
    });
    const result = { out: "", err: "" };
    child.stdout.on("data", (piece: Buffer) => (result.out += piece.toString()));
    child.stderr.on("data", (piece: Buffer) => (result.err += piece.toString()));
    return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...result })));
  };

  test("three feeds are in one digest, and a slot that is fired twice sends one", async () => {
    await upload("daily", "daily", [[1, 2], [3], [4]]);
    expect(mailsOf("daily")).toEqual([]);
    const slot = Date.now();
    await fire("daily", slot);
    await fire("daily", slot);
    const four = [1, 2, 3, 4].map((n) => markOf("daily", n));
    expect(mailsOf("daily")).toEqual([four]);
    await upload("daily", "daily", [[5]]);
    await fire("daily", slot);
    expect(mailsOf("daily")).toHaveLength(1);
    await fire("daily", slot + 1000);
    expect(mailsOf("daily")).toEqual([four, [markOf("daily", 5)]]);
  });

  test("an entry that arrives while the digest runs is in the next one", async () => {
    await upload("slow", "slow", [[1]]);
    const held = Promise.withResolvers<void>();
    const result = await arena.play({
      decide: () => undefined,
      behaviour: {
        delay: (call) => {
          if (!call.name.startsWith("s3.PutObject plans") || audienceOf(call) !== "slow") return 0;
          held.resolve();
          return 900;
        },
      },
      upload: async ({ fire: send, stack }) => {
        await send("slow", Date.now());
        await held.promise;
        await stack.uploader.put("snapshots/slow-0/a.xml", rss("slow", [2], "word-slow"));
      },
    });
    const stored = result.seen.find(({ name }) => name === "dynamodb.BatchWriteItem waiting put entries");
    const sealed = result.seen.find(({ name }) => name.endsWith("#plan #planSlot"));
    expect(sealed?.order).toBeGreaterThan(stored?.order ?? Infinity);
    expect(mailsOf("slow")).toEqual([[markOf("slow", 1)]]);
    await fire("slow", Date.now());
    expect(mailsOf("slow")).toEqual([[markOf("slow", 1)], [markOf("slow", 2)]]);
  });

  test(
    "a digest that is killed between any two steps sends each entry once, with its slot again and with the next",
    { timeout: 180_000 },
    async () => {
      await Promise.all(victims.map((name) => upload(name, name, [[1], [2, 3]])));
      const killed = new Map<string, string>();
      const slot = Date.now();
      await arena.play({
        decide: (call) => {
          const name = audienceOf(call) ?? "";
          const [pattern, kind] = deaths[victims.indexOf(name)] ?? [];
          if (!pattern?.test(call.name) || killed.has(name)) return undefined;
          killed.set(name, call.name);
          return kind;
        },
        upload: async ({ fire: send }) => {
          for (const name of victims) await send(name, slot);
        },
      });
      expect([...killed.keys()].toSorted()).toEqual(victims.toSorted());
      for (const at of [slot, slot + 86_400_000]) for (const name of victims) await arena.fire(name, at);
      await arena.stack.idle({ timeoutSeconds: 120 });
      for (const name of victims)
        expect({ killed: killed.get(name), mails: mailsOf(name) }).toEqual({
          killed: killed.get(name),
          mails: [[1, 2, 3].map((n) => markOf(name, n))],
        });
      expect(await arena.stack.deadLetters()).toEqual([]);
    },
  );

  test("the command line sends a digest now, and says that nothing waits", async () => {
    await upload("byhand", "daily", [[1, 2]]);
    const { code, out } = await command("digest", "daily", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ audience: "daily", messages: [{ entries: 2 }], waiting: 0 });
    await arena.stack.idle();
    expect(mailsOf("daily").at(-1)).toEqual([markOf("byhand", 1), markOf("byhand", 2)]);
    expect(await command("digest", "daily")).toEqual({ code: 0, out: "daily: nothing waits\n", err: "" });
  });

  test("the command line lists, moves and drops what waits", async () => {
    await upload("moving", "moved", [[1], [2]]);
    const listed = await command("waiting", "list", "--json");
    expect(JSON.parse(listed.out)).toMatchObject({ audience: "moved", entries: 2, configured: false });
    const entries = await command("waiting", "list", "--audience", "moved");
    expect(marksIn(entries.out).toSorted()).toEqual([markOf("moving", 1), markOf("moving", 2)]);
    expect(await command("waiting", "move", "--from", "moved", "--to", "former")).toMatchObject({ code: 2 });
    const unconfirmed = await command("waiting", "move", "--from", "moved", "--to", "digest");
    expect(unconfirmed.code).toBe(2);
    expect(unconfirmed.err).toContain(
      "2 entries that wait for moved will wait for digest. Nothing was changed",
    );
    const moved = await command("waiting", "move", "--from", "moved", "--to", "digest", "--yes");
    expect(moved).toEqual({ code: 0, out: "2 entries moved from moved to digest\n", err: "" });
    expect((await command("waiting", "list")).out).toMatch(/^digest {2}2 entries {2}since 2\S+Z\n$/);
    await upload("dropped", "moved", [[1]]);
    const kept = await command("waiting", "drop");
    expect(kept.code).toBe(2);
    expect(kept.err).toMatch(/^ {2}moved {2}1 entry\n.*readers will never get 1 entry\. Nothing was changed/);
    expect((await command("waiting", "drop", "--yes")).out).toBe("1 entry dropped\n");
    expect((await command("waiting", "list")).out).toMatch(/^digest {2}2 entries/);
    expect((await command("waiting", "list", "--audience", "moved")).out).toBe("Nothing waits for moved.\n");
    await fire("moved", Date.now());
    expect(mailsOf("moved")).toEqual([]);
  });
});
