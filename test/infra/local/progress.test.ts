import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { watchProgress } from "../../../infra/local/progress.ts";

const message = { id: "m", body: "", state: "in flight", receives: 1 } as const;

test("prints a line while one invocation goes on, and none for short ones", async () => {
  const lines: string[] = [];
  let count = 0;
  const ticks: string[] = [];
  const stack = {
    waiting: () => Promise.resolve([message]),
    get processes() {
      count += 1;
      // Another invocation at each look: none takes long.
      const traceId = `t${count}`;
      ticks.push(traceId);
      return [{ busy: true, traceId }];
    },
  };
  const short = watchProgress(stack, (line) => lines.push(line), 0.02);
  await expect.poll(() => ticks.length).toBeGreaterThan(3);
  short.close();
  expect(lines).toEqual([]);

  const same = { waiting: stack.waiting, processes: [{ busy: true, traceId: "same" }] };
  const long = watchProgress(same, (line) => lines.push(line), 0.02);
  await expect.poll(() => lines.length).toBeGreaterThan(1);
  long.close();
  expect(new Set(lines)).toEqual(new Set(["working: 1 function runs, 1 message is in the queues"]));
  const { length } = lines;
  await sleep(60);
  expect(lines).toHaveLength(length);
});

test("prints nothing while no function runs", async () => {
  const lines: string[] = [];
  let looks = 0;
  const stack = {
    waiting: () => Promise.resolve([message]),
    get processes() {
      looks += 1;
      return [{ busy: false, traceId: "t" }];
    },
  };
  const watch = watchProgress(stack, (line) => lines.push(line), 0.02);
  await expect.poll(() => looks).toBeGreaterThan(3);
  watch.close();
  expect(lines).toEqual([]);
});
