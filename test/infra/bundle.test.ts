import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { environmentNames } from "../../functions/aws/environment.ts";
import { bundle } from "../../infra/bundle.ts";
import { defaults, parseConfiguration } from "../../infra/config/configuration.ts";
import { folder, idle } from "../support/synthesized.ts";

const failing = fileURLToPath(new URL("../support/failing.ts", import.meta.url));
const reading = fileURLToPath(new URL("../support/functions/reading.ts", import.meta.url));
const ingest = fileURLToPath(new URL("../../functions/ingest.ts", import.meta.url));

function bundled(entry: string, configuration = defaults): string {
  const path = folder();
  bundle(entry, configuration, path);
  return path;
}

const read = (path: string, name: string): string => readFileSync(join(path, name), "utf8");

/** The files that are read before the handler can run: `ingest.mjs` and the chunks that it imports at once. */
function atStart(path: string): readonly string[] {
  const names = new Set(["ingest.mjs"]);
  for (const name of names)
    for (const [, chunk = ""] of read(path, name).matchAll(/(?:from|import)\s*"\.\/(chunk-\w+\.mjs)"/g))
      names.add(chunk);
  return [...names];
}

const sourcesOf = (path: string, names: readonly string[]): readonly string[] =>
  names.flatMap((name) => (JSON.parse(read(path, `${name}.map`)) as { sources: readonly string[] }).sources);

/** What a process prints that loads the bundle as Lambda does and then does something with its handler. */
function loaded(path: string, then: string, env: Readonly<Record<string, string>> = {}): string {
  const url = pathToFileURL(join(path, "ingest.mjs")).href;
  const script = `const { handler } = await import(${JSON.stringify(url)}); console.log(${then});`;
  return execFileSync(process.execPath, ["--enable-source-maps", "--input-type=module", "--eval", script], {
    encoding: "utf8",
    stdio: "pipe",
    cwd: path,
    env,
  });
}

const call = "await handler().then(JSON.stringify, (error) => error.stack)";

describe("the bundle", () => {
  it("is one ES module, its source map and the configuration", () => {
    const path = bundled(idle);
    expect(readdirSync(path).toSorted()).toEqual(["configuration.json", "ingest.mjs", "ingest.mjs.map"]);
    expect(loaded(path, call)).toBe('{"batchItemFailures":[]}\n');
  });

  it("carries what the functions need to know, and nothing of the deployment", () => {
    const configuration = parseConfiguration({
      feeds: { voa: { title: "美国之音" } },
      deployment: { tags: { a: "b" } },
    });
    const { deployment, ...expected } = configuration;
    expect(deployment.tags).toEqual({ a: "b" });
    expect(JSON.parse(read(bundled(idle, configuration), "configuration.json"))).toEqual(expected);
  });

  it("is the same every time and in every folder", () => {
    const [first, second] = [bundled(idle), bundled(idle)];
    for (const name of readdirSync(first)) expect(read(second, name)).toBe(read(first, name));
  });

  it("reads front matter and Markdown with libraries that it loads when they are needed", () => {
    const path = bundled(reading);
    expect(JSON.parse(loaded(path, call))).toEqual([
      "One: <p><em>Text</em></p>",
      "Two: <p><em>Text</em></p>",
      "Three: <p><em>Text</em></p>",
    ]);
    const libraries = /node_modules\/(?:yaml|smol-toml|marked)\//;
    expect(sourcesOf(path, atStart(path)).filter((source) => libraries.test(source))).toEqual([]);
  });

  it("tells in a stack trace where in the source it was", () => {
    expect(loaded(bundled(failing), call)).toMatch(/as it should\n +at .*test\/support\/failing\.ts:3:/);
  });
});

describe("the ingest function's bundle", () => {
  const path = bundled(ingest);
  const sources = sourcesOf(path, atStart(path));

  it("loads with the environment that the stack gives it, and without it says what is missing", () => {
    const region = { AWS_REGION: "eu-central-1" };
    const names = Object.fromEntries(Object.values(environmentNames).map((name) => [name, "x"]));
    expect(loaded(path, "typeof handler", { ...region, ...names })).toBe("function\n");
    expect(() => loaded(path, "typeof handler", region)).toThrow(Object.values(environmentNames).join(", "));
  });

  it("tells nothing of the machine that it was built on", () => {
    expect(sources.length).toBeGreaterThan(50);
    // A package that ships a source map of its own may name its published source.
    expect(sources.filter((source) => !/^(?:\.\.\/|https:\/\/)/.test(source))).toEqual([]);
    expect(sources.filter((source) => source.includes("../../"))).toEqual([]);
  });

  it.each(["zod", "aws-cdk-lib", "commander", "undici", "iconv-lite", "parse5"])(
    "is not burdened with %s",
    (name) => {
      expect(sources.filter((source) => source.includes(`node_modules/${name}/`))).toEqual([]);
    },
  );

  it("takes nothing from the stack's definition", () => {
    expect(sources.filter((source) => source.startsWith("../infra/"))).toEqual([]);
  });

  it("is small enough to start quickly", () => {
    const bytes = atStart(path).map((name) => Buffer.byteLength(read(path, name)));
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1024 * 1024);
  });
});
