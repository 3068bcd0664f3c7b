import type { SQSRecord } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { deliverHandler } from "../../functions/aws/deliver-handler.ts";
import { outboxBody } from "../../functions/aws/outbox.ts";
import { openMeter } from "../../functions/aws/meter.ts";
import type { DeliverPorts } from "../../functions/core/ports.ts";
import { configuration, startSystem } from "../support/fake-system.ts";
import { outboxMessageOf } from "../support/outbox-messages.ts";
import { sqsRecord } from "../support/sqs-records.ts";

const recordOf = (
  id: string,
  fields: { body?: string; receives?: number; audience?: string } = {},
): SQSRecord => {
  const { audience = "alerts", receives = 1 } = fields;
  const body = fields.body ?? outboxBody(outboxMessageOf({ id, audience }));
  return sqsRecord({ messageId: `queue-${id}`, handle: `handle-${id}`, body, group: audience, receives });
};

function startHandler(ports: Partial<DeliverPorts> = {}) {
  const system = startSystem();
  const postponed: (readonly [handle: string, seconds: number])[] = [];
  let until = 0;
  const handler = deliverHandler({
    configuration,
    ports: { ...system.ports, ...ports },
    meter: openMeter("deliver", { stack: "paper", clock: system.clock, log: system.ports.log }),
    postpone: async (messages, seconds) => {
      postponed.push(...messages.map(({ handle }) => [handle, seconds] as const));
    },
    retries: {
      until: (time) => {
        until = time;
      },
    },
  });
  const invoke = async (records: readonly SQSRecord[], remaining = 60_000) => {
    const { batchItemFailures } = await handler(
      { Records: [...records] },
      { getRemainingTimeInMillis: () => remaining },
    );
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  return { system, postponed, invoke, until: () => until };
}

describe("a batch of the outbox queue", () => {
  test("is acknowledged when all of it was accepted", async () => {
    const { system, invoke, postponed } = startHandler();
    expect(await invoke([recordOf("1"), recordOf("2", { audience: "digest" })])).toEqual([]);
    expect(system.published.map(({ message }) => message.id)).toEqual(["1", "2"]);
    expect(postponed).toEqual([]);
  });

  test("names exactly the messages that are not done", async () => {
    const { system, invoke, postponed } = startHandler();
    system.answer(({ id }) => (id === "2" ? { outcome: "failed", why: "x" } : { outcome: "accepted" }));
    expect(await invoke([recordOf("1"), recordOf("2"), recordOf("3", { audience: "digest" })])).toEqual([
      "queue-2",
    ]);
    expect(postponed).toEqual([["handle-2", 2]]);
  });

  test("comes back as a whole, later each time, when the ledger can't be read", async () => {
    const { system, postponed, invoke } = startHandler();
    Object.assign(system.ledger, { readDelivery: () => Promise.reject(new Error("503")) });
    expect(await invoke([recordOf("1"), recordOf("2", { receives: 3 })])).toEqual(["queue-1", "queue-2"]);
    expect(postponed).toEqual([
      ["handle-1", 8],
      ["handle-2", 8],
    ]);
    expect(system.published).toEqual([]);
  });

  test("leaves time for marks: calls are repeated up to shortly before the end", async () => {
    const { system, invoke, until } = startHandler();
    const start = system.clock.now();
    await invoke([], 60_000);
    expect(until() - start).toBe(58_000);
    await invoke([], 1_000);
    expect(until() - start).toBe(900);
  });

  test("starts no publish in the last seconds of an invocation", async () => {
    const { system, invoke } = startHandler();
    system.answer(() => {
      system.clock.advance(49_000);
      return { outcome: "accepted" };
    });
    const records = Array.from({ length: 10 }, (_, i) => recordOf(String(i)));
    expect(await invoke(records)).toEqual(["queue-8", "queue-9"]);
  });
});

describe("a body that is no message of the outbox", () => {
  test.each([["no JSON"], ["{}"], ["null"], ['{"feedbell":1}'], ['{"feedbell":2,"id":"1"}']])(
    "is quarantined as it is, and the others are sent: %s",
    async (body) => {
      const { system, invoke } = startHandler();
      expect(await invoke([recordOf("bad", { body }), recordOf("1")])).toEqual([]);
      expect(system.quarantinedMessages).toMatchObject([
        {
          message: { id: "queue-bad", audience: "alerts", content: body },
          reason: { code: "message-malformed" },
        },
      ]);
      expect(system.published).toHaveLength(1);
    },
  );

  test("comes back alone when it can't be quarantined", async () => {
    const quarantine = { quarantineMessage: () => Promise.reject(new Error("SlowDown")) };
    const { system, invoke } = startHandler({ quarantine });
    expect(await invoke([recordOf("bad", { body: "x" }), recordOf("1")])).toEqual(["queue-bad"]);
    expect(system.published).toHaveLength(1);
  });
});
