import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attack, maxGrowth, maxMilliseconds } from "../support/expressions/attack.ts";
import { constructingModules, literalExpressions, literalsIn } from "../support/expressions/collect.ts";
import type { AttackOrder, AttackReport, Expression } from "../support/expressions/expression.ts";
import { root } from "../support/expressions/project-root.ts";
import { nestedQuantifier } from "../support/expressions/structure.ts";

/**
 * What an expression sees at most, in UTF-16 code units, if its callers cut the text before: the start of its file's
 * path, the limit, and the place of the cut. Every other expression is attacked with 10,000 repetitions.
 */
const inputLimits: readonly (readonly [path: string, limit: number, cut: string])[] = [
  ["functions/core/feed/dates/", 120, "maxLength in dates/read-date.ts"],
  ["functions/core/feed/text/links.ts", 8_192, "maxLength in text/links.ts"],
  ["functions/core/message/names.ts", 500, "shown.name in message/names.ts"],
];

/** Groups that the structural rule refuses and whose time was measured: by source, why they are safe. */
const measured: Readonly<Record<string, string>> = {};

const literals = literalExpressions();
const folder = mkdtempSync(join(tmpdir(), "feedbell-expressions-"));
let report: AttackReport | undefined;
let log = "";

/** Attacks every expression in a process of its own, so that one that never ends can be stopped and named. */
async function attackAll(): Promise<void> {
  const [order, result, progress] = ["order.json", "report.json", "progress.txt"].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const work: AttackOrder = {
    expressions: literals,
    modules: constructingModules(),
    inputLimits: inputLimits.map(([path, limit]) => [path, limit]),
  };
  writeFileSync(order, JSON.stringify(work));
  const output = openSync(progress, "w");
  const script = join(root, "test/support/expressions/attack-child.ts");
  const child = spawn(process.execPath, [script, order, result], { stdio: ["ignore", "ignore", output] });
  const timer = setTimeout(() => child.kill("SIGKILL"), 120_000);
  const code = await new Promise((resolve) => child.once("exit", resolve));
  clearTimeout(timer);
  closeSync(output);
  log = readFileSync(progress, "utf8").trim().split("\n").slice(-5).join("\n");
  if (code === 0) report = JSON.parse(readFileSync(result, "utf8")) as AttackReport;
}

beforeAll(attackAll, 150_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const expression = (source: string, flags = "u"): Expression => ({ file: "x.ts", source, flags });
const named = ({ file, source, flags }: Expression): string => `${file}: /${source}/${flags}`;

describe("the structural rule", () => {
  test.each([
    ["(?:a+)*", ""],
    ["(a|b+){2,}", "u"],
    ["(?:\\p{L}+ ?){1,5}", "u"],
    ["(?:a?b?){0,20}", ""],
    ["(?:,a*|,b*)+", ""],
    ["(?:[^x]+x)*", "u"],
    ["(?:-?a)+", "u"],
    ["(?:[a-z]+\\.)+com", ""],
  ])("refuses /%s/%s", (source, flags) => {
    expect(nestedQuantifier(source, flags)).toBeDefined();
  });

  test.each([
    ["(?:,a+)*", ""],
    ["(?:, [^,]{1,20})*", "u"],
    ["(?:,a*|;b*)+", ""],
    ["(?:\\d{2})+", ""],
    ["(?:ab*)?", ""],
    ["x(?:(?:ab*){2})", ""],
    ["a+(?:-a+)*", ""],
  ])("accepts /%s/%s", (source, flags) => {
    expect(nestedQuantifier(source, flags)).toBeUndefined();
  });

  test("holds for every expression of the product", () => {
    const all = [...literals, ...(report?.constructed ?? [])];
    const refused = all.filter(
      ({ source, flags }) => nestedQuantifier(source, flags) !== undefined && measured[source] === undefined,
    );
    expect([...new Set(refused.map(named))]).toEqual([]);
  });
});

describe("attack strings made from an expression's own classes", () => {
  test.each([
    ["quadratic", " +$"],
    ["quadratic, from adjacent classes", "^a[\\w-]*[a-z]*!"],
    ["exponential", "^(?:\\p{L}+)+$"],
  ])("find an expression whose time is %s", (_, source) => {
    expect(attack(expression(source), 1_000_000)).toBeDefined();
  });

  test.each(["^ +", "(?<! ) +$", "a[^a]{0,40}b"])("find nothing in /%s/", (source) => {
    expect(attack(expression(source), 1_000_000)).toBeUndefined();
  });

  test(`cost no expression of the product ${maxMilliseconds} ms, nor ${maxGrowth} times as much for twice the length`, () => {
    expect(report, `stopped while it attacked the last of\n${log}`).toBeDefined();
    const slow = report?.slow.map(
      ({ expression: found, attack: text, length, milliseconds, growth }) =>
        `${named(found)} takes ${milliseconds.toFixed(1)} ms for ${length} units of ${JSON.stringify(text)}, ${growth.toFixed(1)} times as much as for half`,
    );
    expect(slow).toEqual([]);
  });
});

test("every expression of the product is seen", () => {
  expect(literalsIn("const a: RegExp = /x{2}/gu.test(s) ? /a/ : b as RegExp;")).toEqual([
    { source: "x{2}", flags: "gu" },
    { source: "a", flags: "" },
  ]);
  expect(literals.length).toBeGreaterThan(500);
  expect(report?.constructed.length).toBeGreaterThan(30);
});
