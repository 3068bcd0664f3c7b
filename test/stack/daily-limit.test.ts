import { expect, test } from "vitest";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { feedbell } from "../support/feedbell.ts";
import { onlyOwnStack, skippedIf } from "../support/skipped.ts";
import { elsewhere, eventually, rss } from "../support/stack-under-test.ts";

test(
  "a rule that lets in too much stops at the daily limit; the rest is paused, dropped and resumed",
  { timeout: 180_000, ...skippedIf(elsewhere !== undefined, onlyOwnStack) },
  async () => {
    const maxPerDay = 12;
    const entries = Number(process.env["ENTRIES"] ?? 500);
    const configuration = parseConfiguration({
      audiences: [
        { name: "alerts", mode: "alerts", maxAlerts: 60, messagesPerSecond: 100, messages: { maxPerDay } },
      ],
      maxRetrySeconds: 2,
    });
    const stack = await startLocalStack({ configuration });
    try {
      const place = ["--endpoint", stack.endpoint, "--bucket", stack.bucket, "--table", stack.table];
      const run = async (...args: readonly string[]) => {
        const { code, out, err } = await feedbell([...args, ...place]);
        expect({ args: args.slice(0, 2), code, err }).toEqual({ args: args.slice(0, 2), code: 0, err: "" });
        return out;
      };
      const waiting = async () =>
        (await run("outbox", "list", "--json"))
          .split("\n")
          .filter((line) => line !== "")
          .map((line) => (JSON.parse(line) as { id: string }).id);
      const texts = () => stack.messages().filter(({ channel }) => channel === "sms");

      await stack.uploader.put("snapshots/runaway/1.xml", rss("Runaway", "The first"));
      await stack.idle();
      expect(texts()).toHaveLength(1);
      const titles = Array.from({ length: entries }, (_, i) => `Runaway ${i}`);
      await stack.uploader.put("snapshots/runaway/2.xml", rss("Runaway", ...titles));
      await eventually(() => expect(texts()).toHaveLength(maxPerDay), 90);

      const held = await eventually(async () => {
        const ids = await waiting();
        expect(ids.length).toBeGreaterThan(60 - maxPerDay);
        return ids;
      });
      expect(JSON.parse(await run("pause", "--audience", "alerts", "--json"))).toEqual({
        audience: "alerts",
        paused: true,
      });
      const [first = "", ...others] = held;
      const dropped = await run("outbox", "drop", first, "--yes", "--json");
      expect(JSON.parse(dropped)).toMatchObject({ id: first, audience: "alerts", outcome: "dropped" });
      expect(await run("outbox", "drop", ...others, "--yes")).toContain(`${others.length} messages dropped`);
      expect(await waiting()).toEqual([]);
      expect(await run("resume", "--audience", "alerts")).toContain("alerts");

      await stack.uploader.put("snapshots/runaway/3.xml", rss("Runaway", "Of tomorrow"));
      await eventually(async () => expect(await waiting()).toHaveLength(1));
      expect(texts(), "the limit holds for the rest of the day").toHaveLength(maxPerDay);
    } finally {
      await stack.stop();
    }
  },
);
