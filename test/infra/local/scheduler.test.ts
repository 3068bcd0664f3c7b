import { expect, test } from "vitest";
import type { ScheduleDefinition } from "../../../infra/local/resources/resource-type.ts";
import { startScheduler, type SchedulerClock } from "../../../infra/local/scheduler.ts";

const start = Date.parse("2026-11-26T10:20:30Z");
const hour = 3_600_000;

/** A clock that moves only by `pass`. */
function fakeClock() {
  let now = start;
  let timers: { time: number; run: () => void }[] = [];
  const clock: SchedulerClock = {
    now: () => now,
    at(time, run) {
      const timer = { time, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  async function pass(milliseconds: number): Promise<void> {
    const end = now + milliseconds;
    for (;;) {
      const [next] = timers.filter(({ time }) => time <= end).toSorted((a, b) => a.time - b.time);
      if (!next) break;
      timers = timers.filter((other) => other !== next);
      now = next.time;
      next.run();
      await Promise.resolve();
    }
    now = end;
  }
  return { clock, pass };
}

const watch: ScheduleDefinition = {
  name: "watch",
  arn: "arn:aws:scheduler:us-east-1:000000000000:schedule/default/watch",
  expression: "rate(1 hour)",
  timeZone: "UTC",
  isEnabled: true,
  target: {
    kind: "function",
    functionName: "watch",
    input: '{"slot":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>"}',
  },
};
const slots: ScheduleDefinition = {
  ...watch,
  name: "slots",
  expression: "rate(30 minutes)",
  target: {
    kind: "queue",
    queueArn: "arn:slots",
    input: '{"slot":"<aws.scheduler.scheduled-time>"}',
    groupId: "a",
  },
};

function run(definitions: readonly ScheduleDefinition[], answer: () => Promise<unknown> = async () => null) {
  const { clock, pass } = fakeClock();
  const deliveries: unknown[][] = [];
  const lines: string[] = [];
  const scheduler = startScheduler(
    definitions,
    {
      invoke(...delivery) {
        deliveries.push(delivery);
        return answer();
      },
      send(...delivery) {
        deliveries.push(delivery);
        return answer();
      },
    },
    { clock, log: (line) => lines.push(line) },
  );
  return { scheduler, pass, deliveries, lines };
}

test("a rate fires after each period, with its scheduled time in the input", async () => {
  const { deliveries, pass, scheduler } = run([watch]);
  await pass(hour - 1);
  expect(deliveries).toEqual([]);
  await pass(2 * hour);
  expect(deliveries).toEqual([
    ["watch", { slot: "2026-11-26T11:20:30Z", by: watch.arn }],
    ["watch", { slot: "2026-11-26T12:20:30Z", by: watch.arn }],
  ]);
  expect(scheduler.schedules()).toEqual([
    {
      name: "watch",
      expression: "rate(1 hour)",
      timeZone: "UTC",
      isEnabled: true,
      next: Date.parse("2026-11-26T13:20:30Z"),
    },
  ]);
});

test("a queue receives the input as the body, in its group", async () => {
  const { deliveries, pass } = run([slots]);
  await pass(hour / 2);
  expect(deliveries).toEqual([["arn:slots", '{"slot":"2026-11-26T10:50:30Z"}', "a"]]);
});

test("a schedule is fired by hand with any time, and stays on its own times", async () => {
  const { deliveries, pass, scheduler } = run([watch, slots]);
  await scheduler.fire("watch", Date.parse("2027-01-01T07:00:00Z"));
  await scheduler.fire("slots");
  expect(deliveries).toEqual([
    ["watch", { slot: "2027-01-01T07:00:00Z", by: watch.arn }],
    ["arn:slots", '{"slot":"2026-11-26T10:20:30Z"}', "a"],
  ]);
  await pass(hour);
  expect(deliveries).toHaveLength(5);
  await expect(scheduler.fire("missing")).rejects.toThrow("no schedule missing");
});

test("what is given when a schedule is fired by hand is added to the input of its target", async () => {
  const { deliveries, scheduler } = run([slots]);
  await scheduler.fire("slots", undefined, { byHand: true });
  expect(deliveries).toEqual([["arn:slots", '{"slot":"2026-11-26T10:20:30Z","byHand":true}', "a"]]);
});

test("firing by hand resolves when the target has answered, and is running until then", async () => {
  const { promise, resolve } = Promise.withResolvers<null>();
  const { scheduler } = run([watch], () => promise);
  let isFinished = false;
  const fired = scheduler.fire("watch").then(() => (isFinished = true));
  await Promise.resolve();
  expect([scheduler.running, isFinished]).toEqual([1, false]);
  resolve(null);
  await fired;
  expect([scheduler.running, isFinished]).toEqual([0, true]);
});

test("a disabled schedule fires by hand only", async () => {
  const { deliveries, pass, scheduler } = run([{ ...watch, isEnabled: false }]);
  await pass(3 * hour);
  expect(deliveries).toEqual([]);
  expect(scheduler.schedules()[0]).not.toHaveProperty("next");
  await scheduler.fire("watch");
  expect(deliveries).toHaveLength(1);
});

test("a target that fails is logged, and the next time fires again", async () => {
  const { deliveries, pass, lines } = run([watch], () => Promise.reject(new Error("gone")));
  await pass(hour);
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(lines).toEqual(["The schedule watch could not reach its target: Error: gone"]);
  await pass(hour);
  expect(deliveries).toHaveLength(2);
});

test("nothing fires after the scheduler was closed", async () => {
  const { deliveries, pass, scheduler } = run([watch]);
  await pass(hour);
  scheduler.close();
  await pass(5 * hour);
  expect(deliveries).toHaveLength(1);
});
