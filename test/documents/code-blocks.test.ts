import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import { root } from "../support/feedbell.ts";
import { checkOf, codeBlocks, documents, listedBlocks, readDocument } from "./code-blocks.ts";

describe("the code blocks of the documents", () => {
  test.each(codeBlocks.map((block) => [block.name, block] as const))("%s is checked", (_, block) => {
    const check = checkOf(block);
    expect(check, "run it, or list it in test/documents/code-blocks.ts with its check").toBeDefined();
    const elsewhere = typeof check === "object" && "test" in check ? check.test : "package.json";
    expect(existsSync(join(root, elsewhere))).toBe(true);
  });

  test("are all found: every fence of every document belongs to one", () => {
    const fences = documents.flatMap((document) => readDocument(document).match(/^ *```/gm) ?? []);
    expect(codeBlocks).toHaveLength(fences.length / 2);
    expect(documents).toEqual(expect.arrayContaining(["README.md", "infra/RUNBOOK.md"]));
    expect(documents.filter((document) => /cases|samples/.test(document))).toEqual([]);
  });

  test("have no line in the list of checks that no block needs", () => {
    const names = codeBlocks.map(({ name }) => name);
    expect(listedBlocks.filter((name) => !names.includes(name))).toEqual([]);
  });
});

/** Without comments, with the braces that a part of an object lacks, and with names that are valid for placeholders. */
function parseExample(text: string): Record<string, unknown> {
  const json = text
    .replaceAll(/(?<=[\s,]) *\/\/ .*$/gm, "")
    .replace("BUCKET", "feedbell-snapshots")
    .replace("TABLE", "feedbell-ledger");
  return JSON.parse(json.startsWith("{") ? json : `{${json}}`) as Record<string, unknown>;
}

describe("the examples of configurations", () => {
  const examples = codeBlocks.filter((block) => checkOf(block) === "configuration");

  test.each(examples.map(({ name, text }) => [name, text]))("%s is valid", (_, text = "") => {
    const example = parseExample(text);
    const configuration = "mode" in example ? { audiences: [example] } : example;
    expect(() => parseConfiguration(configuration)).not.toThrow();
  });

  test("the example in README.md has the audiences and feeds that it describes", () => {
    const { text = "" } = examples.find(({ name }) => name.startsWith("README.md: Configure")) ?? {};
    const { audiences, feeds } = parseConfiguration(parseExample(text));
    expect(audiences.map(({ name }) => name)).toEqual(["alerts", "city-desk"]);
    expect(Object.keys(feeds)).toEqual(["voa"]);
  });
});

test("README.md shows the output of `npm test`, and as many test files as there are", () => {
  const { text = "" } = codeBlocks.find(({ name }) => name === "README.md: Try it 4") ?? {};
  const shown =
    /^ Test Files {2}(\d+) passed \(\1\)\n {6}Tests {2}(\d+) passed(?: \| \d+ skipped)? \(\d+\)\n$/;
  const [, files = "", tests = ""] = shown.exec(text) ?? [];
  const existing = globSync("test/**/*.test.ts", { cwd: root }).length;
  // Files are added between two updates of the output.
  expect(Number(files)).toBeGreaterThan(existing * 0.9);
  expect(Number(files)).toBeLessThanOrEqual(existing);
  expect(Number(tests)).toBeGreaterThan(Number(files) * 10);
});
