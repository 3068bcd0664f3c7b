import { afterEach, describe, expect, test, vi } from "vitest";
import { jsonLog, logLine } from "../../functions/aws/telemetry.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("logLine", () => {
  test("is JSON on one line for any text", () => {
    const details = { title: "a\nb\r\u0000\u001b[31m red", emoji: "🚲", chinese: "美国", list: [1, null] };
    const line = logLine(details);
    expect(line).not.toMatch(/[\r\n]/);
    expect(JSON.parse(line)).toEqual(details);
  });

  test.each([
    "\u007f",
    "\u0085",
    "\u009b",
    "\u061c",
    "\u200e",
    "\u200f",
    "\u202a",
    "\u202e",
    "\u2028",
    "\u2029",
    "\u2066",
    "\u2069",
  ])("escapes %j and keeps its value", (character) => {
    const line = logLine({ title: `a${character}b` });
    expect(line).toBe(`{"title":"a\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}b"}`);
    expect(JSON.parse(line)).toEqual({ title: `a${character}b` });
  });

  test("keeps letters, joiners and emoji as they are", () => {
    const title = "é ب\u200dا 👩\u200d🚀 \u00a0 海";
    expect(logLine({ title })).toBe(`{"title":"${title}"}`);
  });
});

test("jsonLog writes one line with level and event first", () => {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  jsonLog("warn", "retry", { key: "snapshots/a\u202e.xml" });
  expect(write.mock.calls).toEqual([
    [String.raw`{"level":"warn","event":"retry","key":"snapshots/a\u202e.xml"}` + "\n"],
  ]);
});
