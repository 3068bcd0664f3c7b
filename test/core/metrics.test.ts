import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { metrics, type MetricDefinition } from "../../functions/core/metrics.ts";

const readme = new URL("../../functions/README.md", import.meta.url);

const rows = Object.entries<MetricDefinition>(metrics).map(
  ([name, { unit, statistic, from, counts, by }]) => [
    `\`${name}\``,
    unit === "Count" ? statistic.toLowerCase() : "milliseconds, maximum",
    by ?? "",
    from.join(", "),
    counts,
  ],
);

const table = [["metric", "value", "also by", "from", "counts"], Array<string>(5).fill("---"), ...rows];

/** The cells of a table without padding. */
const cells = (markdown: string): readonly string[][] =>
  markdown
    .trim()
    .split("\n")
    .map((row) =>
      row
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim().replace(/^-+$/, "---")),
    );

test("functions/README.md lists every metric", () => {
  const text = readFileSync(readme, "utf8");
  const [, before = "", between, after = ""] =
    /^([^]*<!-- metrics -->\n)([^]*?)(<!-- \/metrics -->[^]*)$/.exec(text) ?? [];
  if (process.env["UPDATE_GOLDEN"] && between !== undefined) {
    const markdown = table.map((row) => `| ${row.join(" | ")} |`).join("\n");
    writeFileSync(readme, `${before}\n${markdown}\n\n${after}`);
  }
  expect(cells(between ?? ""), "UPDATE_GOLDEN=1 writes it").toEqual(table);
});
