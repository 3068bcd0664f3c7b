import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { costCommand } from "../../functions/commands/cost.ts";
import { runCommand } from "../support/run-command.ts";

const cost = (...args: readonly string[]) => {
  const command = costCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  return runCommand(command, args);
};

test("prints the total, each service's share and the date of the prices", async () => {
  const { code, out } = await cost("--feeds", "10", "--telephones", "5");
  expect(code).toBe(0);
  expect(out).toMatch(
    /^about [\d,]+\.\d\d USD a month: 28,800 uploads, 3,000 new entries, [\d,]+ messages to 2 audiences of 100 mail readers and 5 telephones each\n/,
  );
  expect(out).toMatch(/\nSMS {2,}[\d,]+\.\d\d {2,}\d+ %\n {2}SMS part {2,}60,000 {2,}600\.00/);
  expect(out).toMatch(
    /\nprices of \d{4}-\d\d, us-east-1, without free tiers; 1 of \d+ is unverified: SMS part \(/,
  );
});

test("names the readers of a single audience once", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "feedbell-cost-"));
  const config = path.join(folder, "cdk.json");
  const audiences = [{ name: "alerts", mode: "alerts" }];
  writeFileSync(config, JSON.stringify({ context: { feedbell: { audiences } } }));
  const { out } = await cost("--config", config, "--readers", "1");
  expect(out).toMatch(/ messages to 1 audience of 1 mail reader\n/);
  rmSync(folder, { recursive: true });
});

test("--json has every item", async () => {
  const { out } = await cost(
    "--json",
    "--feeds",
    "1",
    "--every",
    "1d",
    "--entries-per-day",
    "0",
    "--readers",
    "0",
  );
  const { volumes, prices, usd, items, snapshots } = JSON.parse(out) as {
    volumes: object;
    prices: { date: string; region: string; unverified: string[] };
    usd: number;
    items: { usd: number }[];
    snapshots: number;
  };
  expect(volumes).toMatchObject({ everyMinutes: 1_440, entriesPerDay: 0, unchanged: 0.8 });
  expect(snapshots).toBe(30);
  expect(prices).toMatchObject({ region: "us-east-1", unverified: ["SMS part"] });
  expect(items.reduce((sum, item) => sum + item.usd, 0)).toBeCloseTo(usd);
});

test.each([
  ["--every", "often"],
  ["--feeds", "-1"],
  ["--unchanged", "101"],
])("%s %s is refused", async (...args) => {
  await expect(cost(...args)).rejects.toThrow("Expected");
});
