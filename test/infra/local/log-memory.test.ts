import { expect, test } from "vitest";
import { openLogMemory } from "../../../infra/local/log-memory.ts";

const line = (n: number) => JSON.stringify({ event: "done", key: `snapshots/f/${n}.xml` });

test("keeps the last lines about snapshots, numbered and with their time", () => {
  let now = 0;
  const memory = openLogMemory(() => ++now, 2);
  for (const text of ["START", line(1), line(2), '{"event":"failed","message":"m"}', line(3)])
    memory.readLogLine(text);
  expect(memory.after(0)).toEqual([
    { number: 2, at: 2, text: line(2) },
    { number: 3, at: 3, text: line(3) },
  ]);
  expect(memory.after(2).map(({ number }) => number)).toEqual([3]);
  expect(memory.after(3)).toEqual([]);
});
