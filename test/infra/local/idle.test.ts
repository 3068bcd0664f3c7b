import { expect, test } from "vitest";
import type { QueuedMessage } from "../../../infra/local/emulators/queues.ts";
import { untilIdle, type Activity } from "../../../infra/local/idle.ts";

const message = (state: QueuedMessage["state"]): QueuedMessage => ({ id: "1", body: "", state, receives: 2 });
const quiet: Activity = { running: () => 0, waiting: async () => [], settled: async () => undefined };

test("a stack without activity is idle", async () => {
  await expect(untilIdle(quiet, 0)).resolves.toBeUndefined();
});

test.each<[string, Partial<Activity>, string]>([
  ["a function that runs", { running: () => 1 }, "a function runs"],
  ["a message that is ready", { waiting: async () => [message("ready")] }, "ready after 2 receives"],
  ["a message in flight", { waiting: async () => [message("in flight")] }, "in flight after 2 receives"],
  ["a delayed message", { waiting: async () => [message("delayed")] }, "delayed after 2 receives"],
])("%s is activity", async (_, activity, left) => {
  await expect(untilIdle({ ...quiet, ...activity }, 0.03)).rejects.toThrow(left);
});

test("what the last delivery has caused is waited for", async () => {
  const messages = [message("ready")];
  let isSettled = false;
  const activity: Activity = {
    ...quiet,
    waiting: async () => (isSettled ? messages.splice(0) : []),
    settled: async () => {
      isSettled = true;
    },
  };
  await untilIdle(activity, 5);
  expect(messages).toEqual([]);
});
