import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { openAsyncInvocations } from "../../../../infra/local/lambda/async-invocations.ts";
import type { Invocation, InvocationOutcome } from "../../../../infra/local/lambda/function-process.ts";
import type { InvokeConfigDefinition } from "../../../../infra/local/resources/resource-type.ts";

const done: InvocationOutcome = { kind: "done", payload: null };
const failed: InvocationOutcome = { kind: "failed", type: "RangeError", message: "no" };

function open(outcomes: readonly InvocationOutcome[], config: Partial<InvokeConfigDefinition> = {}) {
  const events: unknown[] = [];
  const records: unknown[] = [];
  const invocations = openAsyncInvocations({
    pool: {
      async invoke(event) {
        events.push(event);
        const outcome = outcomes[events.length - 1] ?? failed;
        return { outcome, requestId: `r${events.length}` } as Invocation;
      },
    },
    functionArn: "arn:aws:lambda:us-east-1:000000000000:function:watch",
    config: {
      maximumRetryAttempts: 2,
      maximumEventAgeSeconds: 3600,
      onFailure: "arn:aws:sqs:us-east-1:000000000000:failures",
      ...config,
    },
    retrySeconds: [0.01, 0.02],
    sendToDestination: async (arn, record) => void records.push([arn, JSON.parse(record)]),
    log: () => undefined,
    onInvocation: () => undefined,
  });
  const settled = async () => {
    while (invocations.running > 0) await sleep(2);
  };
  return { events, records, invocations, settled };
}

test("an event is invoked once when the function succeeds", async () => {
  const { events, records, invocations, settled } = open([done]);
  expect((await invocations.invoke({ slot: 1 })).outcome).toEqual(done);
  await settled();
  expect(events).toEqual([{ slot: 1 }]);
  expect(records).toEqual([]);
});

test("an event is retried twice, and is running until then", async () => {
  const { events, records, invocations, settled } = open([failed, failed, done]);
  await invocations.invoke({ slot: 1 });
  expect(invocations.running).toBe(1);
  await settled();
  expect(events).toHaveLength(3);
  expect(records).toEqual([]);
});

test("an event that fails three times goes to the destination", async () => {
  const { records, invocations, settled } = open([]);
  await invocations.invoke({ slot: 1 });
  await settled();
  expect(records).toMatchObject([
    [
      "arn:aws:sqs:us-east-1:000000000000:failures",
      {
        requestContext: { requestId: "r3", condition: "RetriesExhausted", approximateInvokeCount: 3 },
        requestPayload: { slot: 1 },
        responsePayload: { errorType: "RangeError", errorMessage: "no" },
      },
    ],
  ]);
});

test.each([
  ["the configured retries", { maximumRetryAttempts: 0 }, "RetriesExhausted"],
  ["the maximum age of the event", { maximumEventAgeSeconds: 0 }, "EventAgeExceeded"],
])("%s limits the attempts", async (_, config, condition) => {
  const { events, records, invocations, settled } = open([], config);
  await invocations.invoke({});
  await settled();
  expect(events).toHaveLength(1);
  expect(records).toMatchObject([[expect.any(String), { requestContext: { condition } }]]);
});

test("stopping ends the wait for a retry without a record", async () => {
  const { events, records, invocations } = open([]);
  await invocations.invoke({});
  await invocations.stop();
  expect(events).toHaveLength(1);
  expect(records).toEqual([]);
});
