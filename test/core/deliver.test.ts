import { describe, expect, test } from "vitest";
import { deliver } from "../../functions/core/deliver.ts";
import { maxOutboxReceives, type Audience, type Configuration } from "../../functions/core/configuration.ts";
import type { Publication } from "../../functions/core/delivery/daily-limit.ts";
import type { Received } from "../../functions/core/delivery/received.ts";
import type { OutboxMessage } from "../../functions/core/plan.ts";
import type {
  DeliverLedger,
  DeliverPorts,
  PublishResult,
  QuarantinedMessage,
  QuarantineReason,
} from "../../functions/core/ports.ts";
import { memoryLedger } from "../../functions/memory/ledger.ts";
import { audience, configuration as usual } from "../support/fake-system.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { received } from "../support/outbox-messages.ts";

const minute = 60_000;

const configuration = {
  ...usual,
  audiences: ["alerts", "digest", "others"].map((name) =>
    audience({ name, mode: "alerts", messagesPerSecond: 100 }),
  ),
};

type Answer = (message: OutboxMessage, number: number) => PublishResult;

/** Deliver with a ledger in memory and topics that answer as they are told to. */
function startDelivery(settings: Configuration = configuration) {
  const clock = fakeClock();
  const ledger = memoryLedger(clock);
  const calls: { readonly audience: string; readonly ids: readonly string[] }[] = [];
  const withoutSms: string[] = [];
  const postponed: (readonly [id: string, seconds: number])[] = [];
  const quarantined: { readonly message: QuarantinedMessage; readonly reason: QuarantineReason }[] = [];
  const logged: string[] = [];
  const accepted: string[] = [];
  let answer: Answer = () => ({ outcome: "accepted" });
  let failing: Error | undefined;
  const ports = {
    clock,
    ledger: ledger as DeliverLedger,
    log: (_: string, event: string) => void logged.push(event),
    quarantine: {
      quarantineMessage: async (message: QuarantinedMessage, reason: QuarantineReason) => {
        quarantined.push({ message, reason });
      },
    },
    topics: {
      limits: { messages: 10, bytes: 262_144 },
      publish: async (name: string, messages: readonly Publication[]) => {
        calls.push({ audience: name, ids: messages.map(({ id }) => id) });
        withoutSms.push(...messages.filter((one) => one.withoutSms).map(({ id }) => id));
        if (failing) throw failing;
        return messages.map((message, i) => {
          const result = answer(message, i);
          if (result.outcome === "accepted") accepted.push(message.id);
          return result;
        });
      },
    },
  };
  return {
    clock,
    ledger,
    ports,
    calls,
    withoutSms,
    postponed,
    quarantined,
    logged,
    accepted,
    answer: (next: Answer) => {
      answer = next;
    },
    fail: (error: Error | undefined) => {
      failing = error;
    },
    /** Ids of the messages that are not done. */
    run: async (
      batch: readonly Received[],
      options: {
        readonly milliseconds?: number;
        readonly ledger?: Partial<DeliverLedger>;
        readonly ports?: Pick<DeliverPorts, "measure" | "emit">;
      } = {},
    ): Promise<readonly string[]> => {
      const now = clock.now();
      const milliseconds = options.milliseconds ?? 40_000;
      const context = {
        configuration: settings,
        deadline: now + milliseconds,
        end: now + milliseconds + 8_000,
        postpone: async (messages: readonly Pick<Received, "handle">[], seconds: number) => {
          postponed.push(...messages.map(({ handle }) => [handle.replace("handle-", ""), seconds] as const));
        },
      };
      const unfinished = await deliver(batch, context, {
        ...ports,
        ...options.ports,
        ledger: { ...ledger, ...options.ledger },
      });
      return unfinished.map(({ message }) => message.id);
    },
  };
}

type Delivery = ReturnType<typeof startDelivery>;

const ids = (count: number) => Array.from({ length: count }, (_, i) => `m${i}`);
const batchOf = (count: number, fields: Parameters<typeof received>[0] = {}) =>
  ids(count).map((id) => received({ ...fields, id }));
const failed = { outcome: "failed", why: "InternalError" } as const;

describe("a batch of the outbox", () => {
  test("is published audience by audience, in order, and marked", async () => {
    const delivery = startDelivery();
    const batch = [
      received({ id: "a1" }),
      received({ id: "b1", audience: "digest" }),
      received({ id: "a2" }),
    ];
    expect(await delivery.run(batch)).toEqual([]);
    expect(delivery.calls).toEqual([
      { audience: "alerts", ids: ["a1", "a2"] },
      { audience: "digest", ids: ["b1"] },
    ]);
    const { sent } = await delivery.ledger.readDelivery({
      ids: ["a1", "a2", "b1"],
      audiences: [],
      attemptsOf: [],
    });
    expect(sent).toEqual(new Set(["a1", "a2", "b1"]));
  });

  test("counts what was accepted and emits it before the marks, on which the process may die", async () => {
    const delivery = startDelivery();
    const steps: string[] = [];
    const measure: DeliverPorts["measure"] = (name, value) =>
      void (name === "sent" && steps.push(`${name} ${value}`));
    const markSent = async (id: string) => void steps.push(`mark ${id}`);
    await delivery.run(batchOf(2), {
      ledger: { markSent },
      ports: { measure, emit: () => void steps.push("emit") },
    });
    expect(steps).toEqual(["sent 1", "sent 1", "emit", "mark m0", "mark m1"]);
  });

  test("emits nothing where nothing was accepted", async () => {
    const delivery = startDelivery();
    delivery.answer(() => failed);
    let emitted = 0;
    await delivery.run(batchOf(2), { ports: { emit: () => void emitted++ } });
    expect(emitted).toBe(0);
  });

  test("counts a crash for a start without an end, and none for other receives", async () => {
    const delivery = startDelivery();
    const crashed: string[] = [];
    const ports = { measure: (name: string) => void (name === "crashes" && crashed.push(name)) };
    await delivery.run([received({ id: "m0", receives: 2 })], { ports });
    expect(crashed).toEqual([]);
    await delivery.ledger.recordStart("m1", "queue-m1.2");
    await delivery.run([received({ id: "m1", receives: 3 })], { ports });
    expect(crashed).toEqual(["crashes"]);
  });

  test("writes a mark until the time is up", async () => {
    const delivery = startDelivery();
    let refusals = 0;
    const markSent = async (id: string) => {
      if (refusals++ < 8) throw new Error("throttled");
      await delivery.ledger.markSent(id);
    };
    expect(await delivery.run(batchOf(1), { milliseconds: 100_000, ledger: { markSent } })).toEqual([]);
    expect(refusals).toBe(9);
  });

  test("skips the messages that have a sent mark", async () => {
    const delivery = startDelivery();
    await delivery.ledger.markSent("m1");
    expect(await delivery.run(batchOf(3))).toEqual([]);
    expect(delivery.accepted).toEqual(["m0", "m2"]);
  });

  test("publishes a message that it holds twice once, and finishes both deliveries", async () => {
    const delivery = startDelivery();
    const copy = { ...received({ id: "m0" }), messageId: "queue-copy", handle: "handle-copy" };
    expect(await delivery.run([...batchOf(2), copy])).toEqual([]);
    expect(delivery.accepted).toEqual(["m0", "m1"]);
  });

  test("postpones both deliveries of a message that it holds twice and that fails", async () => {
    const delivery = startDelivery();
    delivery.fail(new Error("503"));
    const copy = { ...received({ id: "m0" }), messageId: "queue-copy", handle: "handle-copy" };
    expect(await delivery.run([...batchOf(1), copy])).toEqual(["m0", "m0"]);
    expect(delivery.postponed.map(([handle]) => handle)).toEqual(["m0", "copy"]);
  });

  test("fits each call: ten messages, 256 KiB, the audience's messages a second", async () => {
    const delivery = startDelivery();
    await delivery.run(batchOf(10, { bytes: 100_000 }));
    expect(delivery.calls.map((call) => call.ids.length)).toEqual([2, 2, 2, 2, 2]);
    await delivery.run([received({ id: "whole", bytes: 262_144 }), received({ id: "next", bytes: 1 })]);
    expect(delivery.calls.slice(5).map((call) => call.ids)).toEqual([["whole"], ["next"]]);
  });

  test("sends a message of an audience that is no longer configured all the same", async () => {
    const delivery = startDelivery();
    expect(await delivery.run([received({ id: "m0", audience: "removed" })])).toEqual([]);
    expect(delivery.calls).toEqual([{ audience: "removed", ids: ["m0"] }]);
  });

  test("starts no call after its deadline, and returns the rest at once", async () => {
    const delivery = startDelivery();
    delivery.answer(() => {
      delivery.clock.advance(50_000);
      return { outcome: "accepted" };
    });
    expect(await delivery.run(batchOf(10, { bytes: 100_000 }))).toEqual(ids(10).slice(2));
    expect(delivery.postponed).toEqual(
      ids(10)
        .slice(2)
        .map((id) => [id, 0]),
    );
    expect(delivery.accepted).toEqual(["m0", "m1"]);
  });

  test("does not return before the next call to its topic may start", async () => {
    const delivery = startDelivery();
    const start = delivery.clock.now();
    await delivery.run([received({ audience: "removed" })]);
    expect(delivery.clock.now() - start).toBe(1_000);
  });

  test("of a paused audience comes back after 15 minutes, the others are sent", async () => {
    const delivery = startDelivery();
    delivery.ledger.pause("alerts", true);
    const batch = [received({ id: "m0" }), received({ id: "m1", audience: "digest" })];
    expect(await delivery.run(batch)).toEqual(["m0"]);
    expect(delivery.postponed).toEqual([["m0", 900]]);
    expect(delivery.logged).toEqual(["messages held"]);
    expect(delivery.accepted).toEqual(["m1"]);
    delivery.ledger.pause("alerts", false);
    expect(await delivery.run([received({ id: "m0", receives: 2 })])).toEqual([]);
    expect(delivery.accepted).toEqual(["m1", "m0"]);
  });

  test.each([
    ["a pause", () => startDelivery(), async (delivery: Delivery) => delivery.ledger.pause("alerts", true)],
    [
      "a daily limit with short retries",
      () =>
        startDelivery({
          ...usual,
          maxRetrySeconds: 1,
          audiences: [audience({ name: "alerts", mode: "alerts", messages: { maxPerDay: 1 } })],
        }),
      (delivery: Delivery): Promise<void> =>
        delivery.ledger.countDelivered("alerts", new Date(delivery.clock.now()).toISOString().slice(0, 10), {
          messages: 1,
          parts: 0,
        }),
    ],
  ])("is kept back by %s as long as the outbox keeps it, within its receives", async (_, start, keepBack) => {
    const delivery = start();
    const end = delivery.clock.now() + 14 * 24 * 60 * minute;
    let receives = 0;
    while (delivery.clock.now() < end && receives < maxOutboxReceives) {
      receives++;
      await keepBack(delivery);
      expect(await delivery.run([received({ id: "m0", receives })])).toEqual(["m0"]);
      delivery.clock.advance(1_000 * delivery.postponed.at(-1)![1]);
    }
    expect(receives).toBeLessThan(maxOutboxReceives);
    expect(delivery.accepted).toEqual([]);
  });
});

describe("a call that fails", () => {
  test("returns its whole group at the same time, and nothing later of the group is published", async () => {
    const delivery = startDelivery();
    delivery.answer(({ id }) => (id === "m1" ? failed : { outcome: "accepted" }));
    const batch = [...batchOf(6, { bytes: 100_000 }), received({ id: "other", audience: "digest" })];
    expect((await delivery.run(batch)).toSorted()).toEqual(["m1", "m2", "m3", "m4", "m5"]);
    expect(delivery.accepted).toEqual(["m0", "other"]);
    expect(new Set(delivery.postponed.map(([, seconds]) => seconds)).size).toBe(1);
  });

  test("records and finishes what the same call accepted", async () => {
    const delivery = startDelivery();
    delivery.answer(({ id }) => (id === "m0" ? failed : { outcome: "accepted" }));
    expect(await delivery.run(batchOf(3))).toEqual(["m0"]);
    const { sent } = await delivery.ledger.readDelivery({ ids: ids(3), audiences: [], attemptsOf: [] });
    expect([...sent]).toEqual(["m1", "m2"]);
  });

  test("is repeated after a time that doubles with each receive, up to 15 minutes", async () => {
    const delivery = startDelivery();
    delivery.fail(new Error("503"));
    for (const receives of [1, 2, 3, 8, 20, 900]) await delivery.run([received({ id: "m0", receives })]);
    expect(delivery.postponed.map(([, seconds]) => seconds)).toEqual([2, 4, 8, 256, 900, 900]);
  });

  test("as a whole is not the fault of a message, for any error and any number of failures", async () => {
    const delivery = startDelivery();
    delivery.fail(Object.assign(new Error("AuthorizationError"), { $metadata: { httpStatusCode: 403 } }));
    for (let receives = 1; receives < 30; receives++) {
      await delivery.run(batchOf(3).map((one) => ({ ...one, receives })));
      delivery.clock.advance(minute);
    }
    expect(delivery.quarantined).toEqual([]);
    delivery.fail(undefined);
    expect(await delivery.run(batchOf(3).map((one) => ({ ...one, receives: 30 })))).toEqual([]);
  });

  test("is no reason to publish what was accepted again when an answer misses a message", async () => {
    const delivery = startDelivery();
    const publish = async () => [{ outcome: "accepted" } as const];
    Object.assign(delivery.ports.topics, { publish });
    expect(await delivery.run(batchOf(2))).toEqual(["m1"]);
  });
});

describe("a message that is at fault", () => {
  test("is quarantined and marked when SNS refuses it, and its group goes on", async () => {
    const delivery = startDelivery();
    delivery.answer(({ id }) =>
      id === "m1" ? { outcome: "refused", why: "InvalidParameter" } : { outcome: "accepted" },
    );
    expect(await delivery.run(batchOf(3))).toEqual([]);
    expect(delivery.accepted).toEqual(["m0", "m2"]);
    expect(delivery.quarantined).toMatchObject([
      {
        message: { id: "m1", audience: "alerts" },
        reason: { code: "message-refused", found: "InvalidParameter" },
      },
    ]);
    expect(await delivery.run([received({ id: "m1", receives: 2 })])).toEqual([]);
    expect(delivery.calls).toHaveLength(1);
  });

  test("is quarantined after three failures at least a minute apart while another one was accepted in the call", async () => {
    const delivery = startDelivery();
    delivery.answer(({ id }) => (id === "bad" ? failed : { outcome: "accepted" }));
    let receives = 1;
    const play = async () =>
      delivery.run([received({ id: "bad", receives: receives++ }), received({ id: `good-${receives}` })]);
    expect(await play()).toEqual(["bad"]);
    delivery.clock.advance(30_000);
    expect(await play()).toEqual(["bad"]);
    delivery.clock.advance(minute);
    expect(await play()).toEqual(["bad"]);
    expect(delivery.quarantined).toEqual([]);
    delivery.clock.advance(minute);
    expect(await play()).toEqual([]);
    expect(delivery.quarantined).toMatchObject([
      { message: { id: "bad" }, reason: { code: "message-fails" } },
    ]);
  });

  test("is not blamed for failures in calls of which nothing was accepted", async () => {
    const delivery = startDelivery();
    delivery.answer(() => failed);
    for (let receives = 1; receives < 20; receives++) {
      await delivery.run(batchOf(2).map((one) => ({ ...one, receives })));
      delivery.clock.advance(2 * minute);
    }
    expect(delivery.quarantined).toEqual([]);
  });

  test("stays in the queue when ten of its audience were quarantined within the hour", async () => {
    const delivery = startDelivery();
    delivery.answer(() => ({ outcome: "refused", why: "InvalidParameter" }));
    expect(await delivery.run(batchOf(10))).toEqual([]);
    expect(
      await delivery.run([received({ id: "m10" }), received({ id: "elsewhere", audience: "digest" })]),
    ).toEqual(["m10"]);
    expect(delivery.quarantined.map(({ message }) => message.id)).toEqual([...ids(10), "elsewhere"]);
    expect(delivery.logged).toContain("quarantine suspended");
    delivery.clock.advance(60 * minute);
    expect(await delivery.run([received({ id: "m10", receives: 2 })])).toEqual([]);
  });

  test("comes back when it can't be written to quarantine", async () => {
    const delivery = startDelivery();
    delivery.answer(({ id }) => (id === "m1" ? { outcome: "refused", why: "x" } : { outcome: "accepted" }));
    Object.assign(delivery.ports.quarantine, {
      quarantineMessage: () => Promise.reject(new Error("SlowDown")),
    });
    expect(await delivery.run(batchOf(3))).toEqual(["m1"]);
    expect(delivery.accepted).toEqual(["m0", "m2"]);
  });
});

describe("a message that kills its process", () => {
  /** Lets a process die within the publish of a message. */
  async function die(delivery: ReturnType<typeof startDelivery>, batch: readonly Received[]): Promise<void> {
    const dying = { ...delivery.ports.topics, publish: () => new Promise<never>(() => undefined) };
    void deliver(
      batch,
      { configuration, deadline: Infinity, end: Infinity, postpone: async () => undefined },
      { ...delivery.ports, topics: dying },
    );
    await new Promise((resolve) => setTimeout(resolve, 5));
  }

  test("is tried alone after its first recorded death", async () => {
    const delivery = startDelivery();
    await die(delivery, [received({ id: "m1", receives: 2 })]);
    const batch = [
      received({ id: "m0" }),
      received({ id: "m1", receives: 3 }),
      received({ id: "b", audience: "digest" }),
    ];
    expect(await delivery.run(batch)).toEqual(["m0", "b"]);
    expect(delivery.accepted).toEqual(["m1"]);
    expect(delivery.postponed).toEqual([
      ["m0", 1],
      ["b", 1],
    ]);
  });

  test("is quarantined after three recorded deaths, and the others of its batch are sent", async () => {
    const delivery = startDelivery();
    for (const receives of [1, 2, 3, 4]) await die(delivery, [received({ id: "m1", receives })]);
    expect(await delivery.run([received({ id: "m0" }), received({ id: "m1", receives: 5 })])).toEqual([]);
    expect(delivery.accepted).toEqual(["m0"]);
    expect(delivery.quarantined).toMatchObject([
      { message: { id: "m1" }, reason: { code: "message-kills" } },
    ]);
  });

  test("keeps no other message from its readers when it can't be written to quarantine", async () => {
    const delivery = startDelivery();
    for (const receives of [1, 2, 3, 4]) await die(delivery, [received({ id: "m1", receives })]);
    Object.assign(delivery.ports.quarantine, {
      quarantineMessage: () => Promise.reject(new Error("SlowDown")),
    });
    expect(await delivery.run([received({ id: "m0" }), received({ id: "m1", receives: 5 })])).toEqual(["m1"]);
    expect(delivery.accepted).toEqual(["m0"]);
  });

  test("and one that only fails is told apart by the recorded ends", async () => {
    const delivery = startDelivery();
    delivery.fail(new Error("503"));
    for (let receives = 2; receives < 12; receives++) await delivery.run([received({ id: "m1", receives })]);
    delivery.fail(undefined);
    expect(await delivery.run([received({ id: "m0" }), received({ id: "m1", receives: 12 })])).toEqual([]);
    expect(delivery.accepted).toEqual(["m0", "m1"]);
  });
});

describe("a ledger that can be read and not written", () => {
  const refuse = () => Promise.reject(new Error("AccessDenied"));
  const unwritable = {
    markSent: refuse,
    recordStart: refuse,
    recordFailure: refuse,
    admitToQuarantine: refuse,
  };

  test("gets no reader a message more than twice, however often it is received and enqueued", async () => {
    const delivery = startDelivery();
    for (let receives = 1; receives < 50; receives++)
      expect(await delivery.run([received({ id: "m0", receives })], { ledger: unwritable })).toEqual(["m0"]);
    for (let copy = 0; copy < 20; copy++)
      await delivery.run([received({ id: "m0", again: true })], { ledger: unwritable });
    expect(delivery.accepted).toEqual(["m0"]);
  });

  test("does not end a call without trying to mark what was accepted until the time is up", async () => {
    const delivery = startDelivery();
    let tries = 0;
    const markSent = async () => {
      if (tries++ < 3) throw new Error("throttled");
    };
    expect(await delivery.run([received()], { ledger: { markSent } })).toEqual([]);
    expect(tries).toBe(4);
  });

  test("holds back only the messages whose start can't be counted", async () => {
    const delivery = startDelivery();
    const recordStart = async (id: string, start: string) => {
      const before = await delivery.ledger.recordStart(id, start);
      // The write took effect and only its answer was lost.
      if (id === "m1") throw new Error("throttled");
      return before;
    };
    for (let receives = 2; receives < 8; receives++) {
      const batch = batchOf(3).map((one) => ({ ...one, receives }));
      expect(await delivery.run(batch, { ledger: { recordStart } })).toEqual(["m1"]);
    }
    expect(delivery.accepted).toEqual(["m0", "m2"]);
    expect(delivery.quarantined).toEqual([]);
  });

  test("that can't be read either is no publish at all", async () => {
    const delivery = startDelivery();
    await expect(delivery.run([received()], { ledger: { readDelivery: refuse } })).rejects.toThrow(
      "AccessDenied",
    );
    expect(delivery.calls).toEqual([]);
  });
});

describe("a daily limit", () => {
  const limited = (more: Partial<Audience>) => ({
    ...usual,
    audiences: [
      audience({ name: "alerts", mode: "alerts", messagesPerSecond: 100, ...more }),
      audience({ name: "others", mode: "alerts" }),
    ],
  });
  const sms = { parts: { alert: 2, digest: 3 }, maxParts: { alert: 2, digest: 3 }, fold: "auto" } as const;
  const day = 24 * 60 * minute;

  test("of messages keeps back what is beyond it, until the next day", async () => {
    const delivery = startDelivery(limited({ messages: { maxPerDay: 15 } }));
    expect(await delivery.run(batchOf(10))).toEqual([]);
    const next = ids(20)
      .slice(10)
      .map((id) => received({ id }));
    expect(await delivery.run([...next, received({ id: "other", audience: "others" })])).toEqual(
      ids(20).slice(15),
    );
    expect(delivery.accepted).toHaveLength(16);
    expect(delivery.accepted).toContain("other");
    expect(delivery.postponed).toEqual(
      ids(20)
        .slice(15)
        .map((id) => [id, 900]),
    );
    expect(delivery.logged).toEqual(["daily limit"]);
    const held = next.slice(5).map((one) => ({ ...one, receives: 2 }));
    expect(await delivery.run(held)).toEqual(ids(20).slice(15));
    delivery.clock.advance(day);
    expect(await delivery.run(held)).toEqual([]);
    expect(delivery.accepted).toHaveLength(21);
  });

  test("of SMS parts sends the messages beyond it without SMS", async () => {
    const delivery = startDelivery(limited({ sms: { ...sms, maxPartsPerDay: 5 } }));
    expect(await delivery.run(batchOf(4, { parts: 2 }))).toEqual([]);
    expect(delivery.withoutSms).toEqual(["m2", "m3"]);
    expect(
      await delivery.run([received({ id: "short", parts: 1 }), received({ id: "long", parts: 2 })]),
    ).toEqual([]);
    expect(delivery.withoutSms).toEqual(["m2", "m3", "long"]);
    expect(delivery.accepted).toHaveLength(6);
    delivery.clock.advance(day);
    expect(await delivery.run([received({ id: "tomorrow", parts: 2 })])).toEqual([]);
    expect(delivery.withoutSms).toEqual(["m2", "m3", "long"]);
  });

  test("of SMS parts with `hold` keeps the messages beyond it back", async () => {
    const delivery = startDelivery(limited({ sms: { ...sms, maxPartsPerDay: 5, overLimit: "hold" } }));
    expect(await delivery.run(batchOf(4, { parts: 2 }))).toEqual(["m2", "m3"]);
    expect(delivery.withoutSms).toEqual([]);
    expect(delivery.accepted).toEqual(["m0", "m1"]);
  });

  test("of SMS parts with `hold` keeps no message back that has more parts than a whole day", async () => {
    const delivery = startDelivery(limited({ sms: { ...sms, maxPartsPerDay: 2, overLimit: "hold" } }));
    const batch = [
      received({ id: "m0", parts: 1 }),
      received({ id: "long", parts: 3 }),
      received({ id: "m1", parts: 1 }),
      received({ id: "m2", parts: 1 }),
    ];
    expect(await delivery.run(batch)).toEqual(["m2"]);
    expect(delivery.accepted).toEqual(["m0", "long", "m1"]);
    expect(delivery.withoutSms).toEqual(["long"]);
  });

  test("counts the parts of a message that does not say how many it has as the most it can have", async () => {
    const delivery = startDelivery(limited({ sms: { ...sms, maxPartsPerDay: 3, overLimit: "hold" } }));
    expect(await delivery.run([received({ id: "m0", parts: 1 })])).toEqual([]);
    expect(await delivery.run([received({ id: "old", sms: "x".repeat(135) })])).toEqual(["old"]);
    expect(await delivery.run([received({ id: "old", sms: "x".repeat(134) })])).toEqual([]);
  });

  test("counts only what SNS accepted", async () => {
    const delivery = startDelivery(limited({ messages: { maxPerDay: 2 } }));
    delivery.answer(() => failed);
    expect(await delivery.run(batchOf(2))).toEqual(["m0", "m1"]);
    delivery.answer(() => ({ outcome: "accepted" }));
    expect(await delivery.run(batchOf(2, { receives: 2 }))).toEqual([]);
  });

  test("that can't be counted loses no message and repeats none", async () => {
    const delivery = startDelivery(limited({ messages: { maxPerDay: 2 } }));
    const countDelivered = () => Promise.reject(new Error("throttled"));
    expect(await delivery.run(batchOf(3), { ledger: { countDelivered } })).toEqual(["m2"]);
    expect(delivery.accepted).toEqual(["m0", "m1"]);
    expect(delivery.logged).toContain("messages not counted");
  });

  test("is neither read nor counted for an audience without one", async () => {
    const delivery = startDelivery();
    const countDelivered = () => Promise.reject(new Error("not needed"));
    expect(await delivery.run(batchOf(3), { ledger: { countDelivered } })).toEqual([]);
    expect(delivery.logged).toEqual([]);
  });
});
