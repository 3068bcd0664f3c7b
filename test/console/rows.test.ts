import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { shortTime } from "../../functions/console/columns.ts";
import { rowPrinter } from "../../functions/console/rows.ts";
import { textWidth } from "../../functions/core/text-width.ts";
import { noTerminal, onTerminal } from "../support/on-terminal.ts";
import { skippedIf } from "../support/skipped.ts";

const columns = [
  { title: "decided (UTC)", short: shortTime },
  { title: "id" },
  { title: "subject", shrinks: true },
] as const;
const rows = [
  ["2026-11-26T08:00:00.000Z", "3nB0hT_ap6Q.0.2", "海风市新图书馆向市民开放，晚上和周末也开门，借书无需证件"],
  ["2026-11-26T08:00:01.000Z", "3nB0hT_ap6Q.0.3", "👩‍🚀🚀 القمر \u001b[31m again"],
  ["2026-11-26T08:00:02.000Z", "3nB0hT_ap6Q.0.4", "e\u0301clair"],
];

async function printed(terminal: { readonly isTTY?: boolean; readonly columns?: number }, list = rows) {
  const stream = Object.assign(new PassThrough(), terminal) as unknown as NodeJS.WriteStream;
  let text = "";
  stream.on("data", (piece: Buffer) => (text += piece.toString()));
  const printer = rowPrinter(columns, stream, { NO_COLOR: "1" });
  for (const row of list) await printer.add(row);
  await printer.end();
  return text.split("\n").slice(0, -1);
}

test.each([60, 80, 200])("on a terminal of %i columns no line is longer", async (width) => {
  const lines = await printed({ isTTY: true, columns: width });
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/^decided \(UTC\) +id +subject$/);
  for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
  for (const [i, row] of rows.entries()) expect(lines[i + 1]).toMatch(`2026-11-26 08:00  ${row[1] ?? ""}`);
  // oxlint-disable-next-line no-control-regex -- these must be absent
  expect(lines.join("")).not.toMatch(/[\u0000-\u001f]/);
});

test("in a pipe each row is complete, without titles", async () => {
  expect((await printed({})).slice(0, 1)).toEqual([rows[0]?.join("  ")]);
});

test("a long list is printed as it is read, with titles once", async () => {
  const many = Array.from({ length: 450 }, (_, i) => ["now", String(i), "x"]);
  const lines = await printed({ isTTY: true, columns: 80 }, many);
  expect(lines).toHaveLength(451);
  expect(lines.filter((line) => line.includes("subject"))).toHaveLength(1);
});

test.each([60, 80, 200])(
  "a table fits a real terminal of %i columns, in colour unless NO_COLOR is set",
  { timeout: 60_000, ...skippedIf(noTerminal !== undefined, noTerminal ?? "") },
  async (width) => {
    const table = (shown: string) => shown.split("\n").filter((line) => line.includes("%"));
    const plain = await onTerminal(["cost"], { columns: width, env: { NO_COLOR: "1" } });
    expect(plain.code).toBe(0);
    expect(plain.shown).not.toContain("\u001b[");
    expect(table(plain.shown).length).toBeGreaterThan(5);
    for (const line of table(plain.shown)) expect(textWidth(line)).toBeLessThanOrEqual(width);
    const colours = await onTerminal(["cost"], { columns: width });
    expect(colours.shown).toContain("\u001b[1m");
  },
);
