import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { environmentNames } from "../../functions/aws/environment.ts";
import { bundle, type Entries } from "../../infra/bundle.ts";
import { defaults, parseConfiguration } from "../../infra/config/configuration.ts";
import { folder, idle } from "../support/synthesized.ts";

const sourceOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const failing = sourceOf("../support/failing.ts");
const reading = sourceOf("../support/functions/reading.ts");
const functions: Entries = {
  ingest: sourceOf("../../functions/ingest.ts"),
  deliver: sourceOf("../../functions/deliver.ts"),
  digest: sourceOf("../../functions/digest.ts"),
  watch: sourceOf("../../functions/watch.ts"),
};

function bundled(entries: Partial<Entries> = {}, configuration = defaults): string {
  const path = folder();
  bundle({ ingest: idle, deliver: idle, digest: idle, watch: idle, ...entries }, configuration, path);
  return path;
}

let projectBundle: string | undefined;
/** The bundle of the project's own functions. */
const project = (): string => (projectBundle ??= bundled(functions));

const read = (path: string, name: string): string => readFileSync(join(path, name), "utf8");

const readConfiguration = (path: string) =>
  JSON.parse(read(path, "configuration.json")) as { configuration: unknown; codeHash: string };

/** The files that are read before the handler can run: the entry's module and the chunks that it imports statically. */
function atStart(path: string, entry: keyof Entries): readonly string[] {
  const names = new Set([`${entry}.mjs`]);
  for (const name of names)
    for (const [, chunk = ""] of read(path, name).matchAll(/(?:from|import)\s*"\.\/(chunk-\w+\.mjs)"/g))
      names.add(chunk);
  return [...names];
}

const sourcesOf = (path: string, names: readonly string[]): readonly string[] =>
  names.flatMap((name) => (JSON.parse(read(path, `${name}.map`)) as { sources: readonly string[] }).sources);

/** What a process prints that loads an entry as Lambda does and then evaluates `then`. */
function loaded(
  path: string,
  then: string,
  { entry = "ingest", env = {} }: { entry?: keyof Entries; env?: Readonly<Record<string, string>> } = {},
): string {
  const url = pathToFileURL(join(path, `${entry}.mjs`)).href;
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
  it("has a module per function, source maps and the configuration", () => {
    const path = bundled();
    expect(readdirSync(path).filter((name) => !name.startsWith("chunk-"))).toEqual(
      [
        "configuration.json",
        "deliver.mjs",
        "deliver.mjs.map",
        "digest.mjs",
        "digest.mjs.map",
        "ingest.mjs",
        "ingest.mjs.map",
      ].concat(["watch.mjs", "watch.mjs.map"]),
    );
    for (const entry of ["ingest", "deliver", "digest", "watch"] as const)
      expect(loaded(path, call, { entry })).toBe('{"batchItemFailures":[]}\n');
  });

  it("has the configuration of the functions, without that of the deployment", () => {
    const configuration = parseConfiguration({
      feeds: { voa: { title: "美国之音" } },
      deployment: { tags: { a: "b" } },
    });
    const { deployment, ...expected } = configuration;
    expect(deployment.tags).toEqual({ a: "b" });
    expect(readConfiguration(bundled({}, configuration)).configuration).toEqual(expected);
  });

  it("has a hash of its code that changes with the code, and not with the configuration", () => {
    const { codeHash } = readConfiguration(bundled());
    expect(codeHash).toMatch(/^[0-9a-f]{16}$/);
    expect(readConfiguration(bundled({}, parseConfiguration({ ledgerDays: 90 }))).codeHash).toBe(codeHash);
    expect(readConfiguration(bundled({ ingest: failing })).codeHash).not.toBe(codeHash);
  });

  it("is the same every time and in every folder", () => {
    const [first, second] = [bundled(functions), bundled(functions)];
    expect(readdirSync(second)).toEqual(readdirSync(first));
    for (const name of readdirSync(first)) expect(read(second, name)).toBe(read(first, name));
  });

  it("reads front matter and Markdown with libraries that it loads when they are needed", () => {
    const path = bundled({ ingest: reading });
    expect(JSON.parse(loaded(path, call))).toEqual([
      "One: <p><em>Text</em></p>",
      "Two: <p><em>Text</em></p>",
      "Three: <p><em>Text</em></p>",
    ]);
    const libraries = /node_modules\/(?:yaml|smol-toml|marked)\//;
    expect(sourcesOf(path, atStart(path, "ingest")).filter((source) => libraries.test(source))).toEqual([]);
  });

  it("has the source's place in a stack trace", () => {
    expect(loaded(bundled({ ingest: failing }), call)).toMatch(
      /as it should\n +at .*test\/support\/failing\.ts:3:/,
    );
  });
});

describe.each([
  { entry: "ingest", needs: ["stack", "table", "bucket", "intake", "outbox"], kilobytes: 1056 },
  { entry: "deliver", needs: ["stack", "table", "bucket", "outbox", "topicPrefix"], kilobytes: 512 },
  { entry: "digest", needs: ["stack", "table", "bucket", "outbox", "slots"], kilobytes: 640 },
  { entry: "watch", needs: ["stack", "table", "bucket", "outbox"], kilobytes: 640 },
] as const)("the $entry function's code", ({ entry, needs, kilobytes }) => {
  const path = project();
  const files = atStart(path, entry);
  const sources = sourcesOf(path, files);

  it("loads with the variables that the stack sets, and names those that are missing", () => {
    const region = { AWS_REGION: "eu-central-1" };
    const names = needs.map((name) => environmentNames[name]);
    const env = { ...region, ...Object.fromEntries(names.map((name) => [name, "x"])) };
    expect(loaded(path, "typeof handler", { entry, env })).toBe("function\n");
    expect(() => loaded(path, "typeof handler", { entry, env: region })).toThrow(
      `Environment variables are missing: ${names.join(", ")};`,
    );
  });

  it("has no path of the machine that built it", () => {
    expect(sources.length).toBeGreaterThan(50);
    // A package with a source map of its own may name its published source.
    expect(sources.filter((source) => !/^(?:\.\.\/|https:\/\/)/.test(source))).toEqual([]);
    expect(sources.filter((source) => source.includes("../../"))).toEqual([]);
  });

  it.each(["zod", "aws-cdk-lib", "commander", "undici", "iconv-lite", "parse5"])(
    "does not contain %s",
    (name) => {
      expect(sources.filter((source) => source.includes(`node_modules/${name}/`))).toEqual([]);
    },
  );

  it("contains nothing of the stack's definition", () => {
    expect(sources.filter((source) => source.startsWith("../infra/"))).toEqual([]);
  });

  it(`is below ${kilobytes} KB, so that it starts quickly`, () => {
    const bytes = files.map((name) => Buffer.byteLength(read(path, name)));
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(kilobytes * 1024);
  });
});

/** What reads feeds, and what only deals with text. The log uses the list of unsafe characters. */
const readers =
  /functions\/core\/feed\/(?:decode|html|json|markdown|sitemap|xml)\/|node_modules\/(?:cheerio|htmlparser2|marked)\//;
const texts = /functions\/core\/(?:feed\/(?!text\/unsafe-characters)|summary\/)|node_modules\/entities\//;

it.each(["deliver", "digest", "watch"] as const)("%s does not load the readers of feeds", (entry) => {
  const path = project();
  expect(sourcesOf(path, atStart(path, entry)).filter((source) => readers.test(source))).toEqual([]);
});

it("deliver does not load what composes messages from texts", () => {
  const path = project();
  expect(sourcesOf(path, atStart(path, "deliver")).filter((source) => texts.test(source))).toEqual([]);
});
