import { globSync, readFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Paths relative to the project's root, with forward slashes. */
const files = globSync(["functions/**/*.ts", "infra/**/*.ts"], { cwd: root }).map((path) =>
  path.replaceAll(sep, "/"),
);

const under = (...folders: readonly string[]): readonly string[] =>
  files.filter((file) => folders.some((folder) => file === folder || file.startsWith(`${folder}/`)));

const source = (file: string): string => readFileSync(join(root, file), "utf8");

/** Names that are not allowed in a pure function. esbuild finds them as free variables: not in strings, comments, types or shadowed names. */
const impure = [
  "process",
  "performance",
  "fetch",
  "WebSocket",
  "console",
  "crypto",
  "navigator",
  "require",
  "globalThis",
  "global",
  "eval",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "Math.random",
  "Date.now",
  "import.meta",
] as const;

const marker = (name: string): string => `__outside_${name.replaceAll(".", "_")}`;

/** The impure names that a text uses; `new Date()` and `Date()` without an argument are clocks too. */
function impurities(text: string): readonly string[] {
  const { code } = transformSync(text, {
    loader: "ts",
    format: "esm",
    define: { Date: marker("Date"), ...Object.fromEntries(impure.map((name) => [name, marker(name)])) },
  });
  const date = marker("Date");
  const clock = new RegExp(`\\bnew ${date}(?!\\w|\\((?!\\)))|(?<!new )\\b${date}\\(`);
  return [
    ...impure.filter((name) => new RegExp(`\\b${marker(name)}\\b`).test(code)),
    ...(clock.test(code) ? ["Date"] : []),
  ];
}

describe("the scan", () => {
  it.each([
    ["Date.now()", "Date.now"],
    ["new Date()", "Date"],
    ["new Date", "Date"],
    ["Date()", "Date"],
    ["process.env.TABLE_NAME", "process"],
    ["globalThis.process", "globalThis"],
    ["performance.now()", "performance"],
    ["Math.random()", "Math.random"],
    ["fetch('https://example.org')", "fetch"],
    ["console.log(1)", "console"],
    ["setTimeout(() => {}, 1)", "setTimeout"],
    ["crypto.randomUUID()", "crypto"],
    ["import.meta.url", "import.meta"],
  ])("finds what is impure in %s", (expression, name) => {
    expect(impurities(`export const found = ${expression};`)).toEqual([name]);
  });

  it.each([
    "new Date(0)",
    "new Date(text).getTime()",
    "Date.parse(text)",
    "Date.UTC(2026, 0)",
    "'process.env and Date.now()'",
    "/* console.log */ 1",
    "(process: number) => process + 1",
    "clock.now()",
    "Math.max(1, 2)",
  ])("finds nothing in %s", (expression) => {
    expect(impurities(`export const found = ${expression};`)).toEqual([]);
  });
});

describe("the core", () => {
  const core = under("functions/core");
  it("is there", () => {
    expect(core.length).toBeGreaterThan(10);
  });

  it("names no operation of an AWS service: a port says what it needs", () => {
    const operation =
      /\b(?:(?:Batch)?(?:Get|Put|Update|Delete|Write|Copy|Head)(?:Item|Items|Object|Objects)|ListObject(?:s|sV2|Versions)|Publish(?:Batch)?Command|PublishBatch|(?:Send|Receive|Delete)Message(?:Batch)?|ChangeMessageVisibility(?:Batch)?)\b/;
    const named = core.filter((file) => operation.test(source(file)));
    expect(named).toEqual([]);
  });

  it("uses no clock, no environment, no randomness and no I/O", () => {
    const found = core.flatMap((file) => impurities(source(file)).map((name) => `${file}: ${name}`));
    expect(found).toEqual([]);
  });
});

/** The names of the types, interfaces and classes that a source text exports; a re-export is no second type. */
const exportedTypes = (text: string): readonly string[] =>
  [...text.matchAll(/^export\s+(?:declare\s+)?(?:abstract\s+)?(?:type|interface|class)\s+(\w+)/gm)].map(
    ([, name = ""]) => name,
  );

/** What appears more than once, each with the files that have it. */
function duplicates(entries: readonly (readonly [name: string, file: string])[]): readonly string[] {
  const grouped = Map.groupBy(entries, ([name]) => name);
  return [...grouped]
    .filter(([, found]) => found.length > 1)
    .map(([name, found]) => `${name}: ${found.map(([, file]) => file).join(", ")}`);
}

/** The names of the functions, classes and other values that a source text exports. */
const exportedValues = (text: string): readonly string[] =>
  [...text.matchAll(/^export\s+(?:abstract\s+)?(?:async\s+)?(?:const|let|class|function\*?)\s+(\w+)/gm)].map(
    ([, name = ""]) => name,
  );

/** The source text without comments, so that a name in a comment does not count as used. */
const code = (text: string): string => text.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");

describe("exports", () => {
  const tests = globSync("test/**/*.ts", { cwd: root }).map((path) => path.replaceAll(sep, "/"));
  const texts = new Map([...files, ...tests].map((file) => [file, code(source(file))]));
  /** Used by Lambda. */
  const isHandler = (entry: string): boolean => /^functions\/[a-z]+\.ts: handler$/.test(entry);

  it("have a user in another file", () => {
    const unused = files.flatMap((file) =>
      exportedValues(source(file))
        .filter((name) => {
          const word = new RegExp(`\\b${name}\\b`);
          return ![...texts].some(([other, text]) => other !== file && word.test(text));
        })
        .map((name) => `${file}: ${name}`),
    );
    expect(unused.filter((entry) => !isHandler(entry))).toEqual([]);
  });
});

describe("names", () => {
  it("finds exported types", () => {
    const text =
      "export type A = 1;\nexport interface B {}\nexport abstract class C {}\nexport type { D } from 'd';\ntype E = 1;";
    expect(exportedTypes(text)).toEqual(["A", "B", "C"]);
  });

  it("have one meaning: no two exported types have the same name", () => {
    const types = files.flatMap((file) => exportedTypes(source(file)).map((name) => [name, file] as const));
    expect(types.length).toBeGreaterThan(100);
    expect(duplicates(types)).toEqual([]);
  });

  it("are unique among the files of the core, but for the barrel", () => {
    const names = under("functions/core").map((file) => [basename(file), file] as const);
    expect(duplicates(names.filter(([, file]) => file !== "functions/core/message/index.ts"))).toEqual([]);
  });

  it("are specific", () => {
    const vague = /^(?:utils?|helpers?|commons?|managers?|services?)$/;
    const named = files.flatMap((file) =>
      file.split("/").flatMap((part) =>
        basename(part, ".ts")
          .split("-")
          .filter((word) => vague.test(word))
          .map(() => file),
      ),
    );
    expect(named).toEqual([]);
  });

  it("are in kebab-case", () => {
    expect(
      files.filter(
        (file) => !/^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)*[a-z0-9]+(?:-[a-z0-9]+)*(?:\.d)?\.ts$/.test(file),
      ),
    ).toEqual([]);
  });

  it("are imported from their own files: only one folder has a barrel", () => {
    const barrels = files.filter((file) => basename(file) === "index.ts" && file.startsWith("functions/"));
    const allowed = ["functions/core/message/index.ts"];
    expect(barrels.filter((file) => !allowed.includes(file))).toEqual([]);
  });
});
