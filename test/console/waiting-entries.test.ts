import { expect, test } from "vitest";
import { newestWaiting } from "../../functions/console/waiting-entries.ts";
import type { Alert } from "../../functions/core/message/message.ts";
import { memoryWaiting } from "../../functions/memory/waiting.ts";
import { gazette, tideGate } from "../support/sample-messages.ts";

const entry = (key: string, title = key): Alert => ({ ...tideGate, key, title });

test("reads the newest entries, as the last claim left them, and counts all", async () => {
  const ledger = memoryWaiting({ now: () => 10 });
  const put = (claim: string, at: number, entries: readonly Alert[], count = 0) =>
    ledger.putWaiting(claim, at, [
      { audience: "morning", entries, ...(count > 0 && { rest: { count, source: gazette } }) },
    ]);
  await put("one", 1, [entry("a", "first text"), entry("b")], 7);
  await put("covered", 2, [entry("c")]);
  await put("two", 3, [entry("d"), entry("a", "second text")]);
  await ledger.coverClaims("morning", ["covered"]);
  const read: string[] = [];
  const counting: typeof ledger = {
    ...ledger,
    async readWaiting(audience, claim) {
      read.push(claim);
      return ledger.readWaiting(audience, claim);
    },
  };
  const titles = async (max: number) => {
    const { newest, ...counts } = await newestWaiting("morning", counting, max);
    return [counts, newest.map(({ alert: { title }, at }) => `${at} ${title}`)];
  };
  expect(await titles(50)).toEqual([{ entries: 11, since: 1 }, ["3 d", "3 second text", "1 b"]]);
  read.splice(0);
  expect(await titles(1)).toEqual([{ entries: 11, since: 1 }, ["3 d"]]);
  expect(read).toEqual(["two"]);
  expect(await newestWaiting("evening", ledger, 50)).toEqual({ entries: 0, newest: [] });
});
