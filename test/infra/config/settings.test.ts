import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { jsonSchema } from "../../../infra/config/json-schema.ts";
import { schema } from "../../../infra/config/schema.ts";
import { settingsOf, settingsTable } from "../../../infra/config/settings.ts";

const read = (file: string): string => readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");

/** The cells of a Markdown table, without its rule and its padding. */
const cells = (table: string): readonly string[] =>
  table
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| -"))
    .map((line) => line.replaceAll(/ +/g, " "));

describe("the definition of the settings", () => {
  const settings = [...settingsOf(schema)];

  test("says of each setting what it means and what is accepted", () => {
    expect(settings.length).toBeGreaterThan(60);
    expect(settings.filter(({ meaning, expected }) => meaning === "" || expected === "")).toEqual([]);
    expect(settings.find(({ key }) => key === "audiences[].sms.parts.digest")).toEqual({
      key: "audiences[].sms.parts.digest",
      unset: "`3`",
      expected: "a whole number of SMS parts from 1 to 10",
      meaning: "Maximum SMS parts of a digest.",
    });
  });

  test("is the table in infra/README.md; `npm run generate` writes it", () => {
    const [, after = ""] = read("infra/README.md").split("<!-- settings -->\n\n");
    const [table = ""] = after.split("\n\n");
    expect(cells(table)).toEqual(cells(settingsTable(schema)));
  });

  test("is the JSON Schema for editors; `npm run generate` writes it", () => {
    expect(JSON.parse(read("infra/config/cdk.schema.json"))).toEqual(
      JSON.parse(JSON.stringify(jsonSchema())),
    );
    expect(JSON.parse(read("cdk.json"))).toHaveProperty("$schema", "./infra/config/cdk.schema.json");
  });
});

describe("the JSON Schema", () => {
  const isValid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(jsonSchema());
  const accepts = (feedbell: unknown) => isValid({ context: { feedbell } });
  const audience = (more: object) => ({ audiences: [{ name: "a", mode: "alerts", ...more }] });

  test("accepts cdk.json", () => {
    expect(isValid(JSON.parse(read("cdk.json")))).toBe(true);
  });

  test.each<[unknown]>([
    [{}],
    [audience({ schedule: "daily 07:00", quietHours: "22:00-07:00", firstImport: "newest 5" })],
    [audience({ rules: { any: [{ include: ["大桥"] }, { not: { all: [{ hosts: ["example.org"] }] } }] } })],
    [{ feeds: { voa: { title: "VOA", updates: "mark" } }, deployment: { tags: { "cost centre": "7" } } }],
    [{ smsPartPrice: 0.05, deployment: { logDays: 14, tracing: true, adopt: { topics: ["a"] } } }],
  ])("accepts %j", (feedbell) => {
    expect(accepts(feedbell)).toBe(true);
  });

  test.each<[unknown]>([
    [3],
    [{ audiences: [] }],
    [{ audiences: [{ name: "a" }] }],
    [{ audience: [] }],
    [audience({ name: "News" })],
    [audience({ mode: "alert" })],
    [audience({ maxAlerts: 0 })],
    [audience({ maxAlerts: 1.5 })],
    [audience({ quietHours: "22-07" })],
    [audience({ firstImport: "newest 0" })],
    [audience({ rules: { include: [] } })],
    [audience({ rules: { include: ["  "] } })],
    [audience({ rules: { not: { not: { inclde: ["a"] } } } })],
    [{ feeds: { "a b": {} } }],
    [{ feeds: { voa: { updates: "send" } } }],
    [{ deployment: { logDays: 2 } }],
    [{ deployment: { tracing: "yes" } }],
    [{ deployment: { tags: { "aws:a": "b" } } }],
    [{ smsPartPrice: 11 }],
  ])("refuses %j", (feedbell) => {
    expect(accepts(feedbell)).toBe(false);
  });
});
