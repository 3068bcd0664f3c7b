import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  countAnswer,
  endActivity,
  noteProgress,
  pauseActivity,
  startActivity,
} from "../../functions/console/activity.ts";
import { write, writeError } from "../../functions/console/terminal.ts";
import { listen } from "../../infra/local/emulators/endpoint.ts";
import { feedbell } from "../support/feedbell.ts";
import { noTerminal, onTerminal } from "../support/on-terminal.ts";
import { skippedIf } from "../support/skipped.ts";

/** Answers when the command has shown that it works, or at once. */
let isSlow = false;
const server = createServer((_, response) => {
  const answer = () => {
    response.writeHead(403, { "content-type": "application/xml" });
    response.end("<Error><Code>AccessDenied</Code><Message>no</Message></Error>");
  };
  if (isSlow) setTimeout(answer, 5_000);
  else answer();
});
let args: readonly string[];
beforeAll(async () => {
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  args = ["quarantine", "list", "--bucket", "snapshots", "--endpoint", `http://127.0.0.1:${port}`];
});
afterAll(() => void server.close());

test(
  "a command that takes longer than two seconds shows on a terminal how long it works",
  { timeout: 60_000, ...skippedIf(noTerminal !== undefined, noTerminal ?? "") },
  async () => {
    isSlow = true;
    const { code, shown } = await onTerminal(args);
    expect(code).toBe(1);
    expect(shown).toMatch(/ {2}quarantine: \d s\r/);
    expect(shown, "the line is cleared before anything else").toContain(
      "\r\u001b[Kquarantine: AccessDenied: ",
    );
  },
);

test("in a file or pipe nothing is shown", async () => {
  isSlow = false;
  const { err } = await feedbell(args);
  expect(err).toMatch(/^quarantine: AccessDenied: /);
});

describe("the line of an activity", () => {
  const isTerminal = { stdout: process.stdout.isTTY, stderr: process.stderr.isTTY };
  let shown = "";
  beforeEach(() => {
    vi.useFakeTimers();
    shown = "";
    process.stdout.isTTY = true;
    process.stderr.isTTY = true;
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, "write").mockImplementation((text) => {
        shown += String(text);
        return true;
      });
  });
  afterEach(() => {
    endActivity();
    vi.restoreAllMocks();
    vi.useRealTimers();
    process.stdout.isTTY = isTerminal.stdout;
    process.stderr.isTTY = isTerminal.stderr;
  });
  const clear = "\r\u001b[K";
  /** What is shown in some milliseconds. */
  const during = (milliseconds: number) => {
    shown = "";
    vi.advanceTimersByTime(milliseconds);
    return shown;
  };

  test("says how far the command is, each time it has printed nothing for two seconds", async () => {
    startActivity("outbox");
    noteProgress(() => "7 plans read");
    expect(during(1_999)).toBe("");
    expect(during(1)).toBe(`${clear}  outbox: 2 s, 7 plans read\r`);
    noteProgress(() => "8 plans read");
    expect(during(1_000)).toBe(`${clear}  outbox: 3 s, 8 plans read\r`);
    shown = "";
    await write(process.stdout, "a row\n");
    expect(shown).toBe(`${clear}a row\n`);
    expect(during(1_500)).toBe("");
    expect(during(1_000)).toContain("outbox: 5 s, 8 plans read");
    shown = "";
    writeError("outbox: failed\n");
    expect(shown).toBe(`${clear}outbox: failed\n`);
    endActivity();
    expect(during(10_000)).toBe("");
  });

  test("counts the answers of services where nothing else is known", () => {
    startActivity("status");
    countAnswer();
    expect(during(2_000)).toContain("status: 2 s, 1 answer\r");
    for (let i = 0; i < 1_200; i++) countAnswer();
    expect(during(1_000)).toContain("status: 3 s, 1,201 answers\r");
  });

  test("is drawn by a loop that leaves the timer no time", () => {
    startActivity("parse");
    const start = Date.now();
    for (const [at, count] of [
      [1_900, 1],
      [2_100, 2],
      [2_300, 3],
      [3_400, 4],
    ] as const) {
      vi.setSystemTime(start + at);
      noteProgress(() => `${count} entries`);
    }
    expect(shown).toBe(`${clear}  parse: 2 s, 2 entries\r${clear}  parse: 3 s, 4 entries\r`);
  });

  test("is not shown within a line of output, while a question waits, or with --json", async () => {
    startActivity("parse");
    await write(process.stdout, "half of ");
    expect(during(5_000)).toBe("");
    await write(process.stdout, "a line\n");
    await write(process.stdout, "");
    expect(during(3_000)).toContain("parse: 8 s");
    pauseActivity(true);
    expect(during(5_000)).toBe("");
    pauseActivity(false);
    expect(during(1_000)).toBe("");
    expect(during(2_000)).toContain("parse: 16 s");
    startActivity("parse", { json: true });
    noteProgress(() => "9 entries");
    countAnswer();
    expect(during(5_000)).toBe("");
  });
});
