import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { errorsMarkdown } from "../../functions/commands/errors.ts";
import { errorTable } from "../../functions/core/errors.ts";
import { feedbell, root } from "../support/feedbell.ts";

test("each code has one row with four cells", () => {
  const [head, rule, ...rows] = errorsMarkdown().split("\n");
  expect(head).toBe("| code | fate | message | hint |");
  expect(rule).toBe("|---|---|---|---|");
  expect(rows.map((row) => /^\| `([a-z-]+)` \|/.exec(row)?.[1])).toEqual(Object.keys(errorTable));
  for (const row of rows) expect(row.split(/(?<!\\)\|/)).toHaveLength(6);
});

test("prints only the requested codes", async () => {
  const { code, out, err } = await feedbell(["errors", "entry-held", "snapshot-gone"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out.match(/^[a-z-]+(?= )/gm)).toEqual(["snapshot-gone", "entry-held"]);
  expect(out).toContain(errorTable["snapshot-gone"].hint);
  const { out: table } = await feedbell(["errors", "--markdown", "entry-held"]);
  expect(table.trim().split("\n")).toHaveLength(3);
});

test("explains warnings too", async () => {
  const { code, out } = await feedbell(["errors", "date-unreadable"]);
  expect(code).toBe(0);
  expect(out).toMatch(/^date-unreadable {2}warning/);
  expect(out).toContain(errorTable["date-unreadable"].hint);
});

test("functions/README.md contains the generated table", () => {
  const readme = join(root, "functions/README.md");
  const text = readFileSync(readme, "utf8");
  const [, before = "", between, after = ""] =
    /^([^]*<!-- errors -->\n)([^]*?)(<!-- \/errors -->[^]*)$/.exec(text) ?? [];
  if (process.env["UPDATE_GOLDEN"] && between !== undefined)
    writeFileSync(readme, `${before}\n${errorsMarkdown()}\n\n${after}`);
  expect(cells(between ?? ""), "UPDATE_GOLDEN=1 writes it").toEqual(cells(errorsMarkdown()));
});

/** The cells of a table without padding. */
const cells = (table: string): string[][] =>
  table
    .trim()
    .split("\n")
    .map((row) => row.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/^-+$/, "---")));

test("--json prints a code with its row", async () => {
  const { code, out } = await feedbell(["errors", "snapshot-gone", "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({ code: "snapshot-gone", ...errorTable["snapshot-gone"] });
});
