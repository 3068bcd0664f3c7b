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

/** Names relative to the folder of the bundle. */
const filesIn = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.\w+$/.test(name))
    .toSorted();

const readConfiguration = (path: string, entry: keyof Entries = "ingest") =>
  JSON.parse(read(path, `${entry}/configuration.json`)) as { configuration: unknown; codeHash: string };

/** The files that are read before the handler can run: the entry's module and the chunks that it imports statically. */
function atStart(path: string, entry: keyof Entries): readonly string[] {
  const names = new Set([`${entry}/${entry}.mjs`]);
  for (const name of names)
    for (const [, chunk = ""] of read(path, name).matchAll(/(?:from|import)\s*"\.\/(chunk-\w+\.mjs)"/g))
      names.add(`${entry}/${chunk}`);
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
  const url = pathToFileURL(join(path, entry, `${entry}.mjs`)).href;
  const script = `const { handler } = await import(${JSON.stringify(url)}); console.log(${then});`;
  return execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
    stdio: "pipe",
    cwd: path,
    env,
  });
}

const call = "await handler().then(JSON.stringify, (error) => error.stack)";

// Each test bundles four functions, or starts processes.
describe("the bundle", () => {
  it("has a folder per function with its module, its source map and the configuration", () => {
    const path = bundled();
    const entries = ["deliver", "digest", "ingest", "watch"] as const;
    expect(filesIn(path)).toEqual(
      entries.flatMap((name) => [
        `${name}/configuration.json`,
        `${name}/${name}.mjs`,
        `${name}/${name}.mjs.map`,
      ]),
    );
    for (const entry of entries) expect(loaded(path, call, { entry })).toBe('{"batchItemFailures":[]}\n');
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
    const first = bundled();
    const { codeHash } = readConfiguration(first);
    expect(codeHash).toMatch(/^[0-9a-f]{16}$/);
    expect(readConfiguration(bundled({}, parseConfiguration({ ledgerDays: 90 }))).codeHash).toBe(codeHash);
    const other = bundled({ ingest: failing });
    expect(readConfiguration(other).codeHash).not.toBe(codeHash);
    expect(readConfiguration(other, "digest").codeHash).toBe(readConfiguration(first, "digest").codeHash);
  });

  it("is the same every time and in every folder", () => {
    const [first, second] = [project(), bundled(functions)];
    expect(filesIn(first).length).toBeGreaterThan(20);
    expect(filesIn(second)).toEqual(filesIn(first));
    for (const name of filesIn(first)) expect(read(second, name)).toBe(read(first, name));
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
  { entry: "ingest", needs: ["stack", "table", "bucket", "intake", "outbox"], kilobytes: 480 },
  { entry: "deliver", needs: ["stack", "table", "bucket", "outbox", "topicPrefix"], kilobytes: 290 },
  { entry: "digest", needs: ["stack", "table", "bucket", "outbox", "slots"], kilobytes: 440 },
  { entry: "watch", needs: ["stack", "table", "bucket", "outbox", "topicPrefix"], kilobytes: 480 },
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

  it("contains no provider of credentials but the one for the environment", () => {
    const all = filesIn(path).filter((name) => name.startsWith(`${entry}/`) && name.endsWith(".mjs"));
    const others = /credential-provider|token-providers|nested-clients/;
    expect(sourcesOf(path, all).filter((source) => others.test(source))).toEqual([]);
  });

  it(`loads less than ${kilobytes} KB at its start`, () => {
    const bytes = files.map((name) => Buffer.byteLength(read(path, name)));
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(kilobytes * 1024);
  });
});

/** The services of the SDK's clients among the sources. */
const clientsIn = (sources: readonly string[]): readonly string[] => {
  const found = sources.map((source) => /@aws-sdk\/client-([\w-]+)\//.exec(source)?.[1] ?? "");
  return [...new Set(found)].filter((name) => name !== "").toSorted();
};

const atStartOf = (entry: keyof Entries): readonly string[] =>
  sourcesOf(project(), atStart(project(), entry));

it.each(["ingest", "deliver", "digest", "watch"] as const)(
  "%s loads what reads feeds, and what composes messages, when it is needed",
  (entry) => {
    const late =
      /functions\/core\/(?:feed\/(?:decode|dates|html|json|markdown|sitemap|xml)|message(?!\/channel-(?:limits|texts))|summary)\/|node_modules\/(?:cheerio|entities|htmlparser2|marked|re2js)\//;
    expect(atStartOf(entry).filter((source) => late.test(source))).toEqual([]);
  },
);

it("deliver loads at its start nothing of the SDK that only S3 needs", () => {
  const onlyS3 = /\/(?:AwsRestXmlProtocol|XmlShapeSerializer|HttpBindingProtocol|ChecksumStream)\.js$/;
  expect(atStartOf("deliver").filter((source) => onlyS3.test(source))).toEqual([]);
  const late = sourcesOf(project(), ["deliver/message-quarantine.mjs"]);
  expect(late.filter((source) => onlyS3.test(source))).not.toEqual([]);
});

it("deliver imports the quarantine of messages, which is bundled apart", () => {
  expect(read(project(), "deliver/deliver.mjs")).toContain('import("./message-quarantine.mjs")');
  const part = pathToFileURL(join(project(), "deliver/message-quarantine.mjs")).href;
  const then = `typeof (await import(${JSON.stringify(part)})).openMessageQuarantine`;
  const names = Object.values(environmentNames).map((name) => [name, "x"]);
  const env = { AWS_REGION: "eu-central-1", ...Object.fromEntries(names) };
  expect(loaded(project(), then, { entry: "deliver", env })).toBe("function\n");
});

it("the functions other than ingest can't read a feed", () => {
  const path = project();
  for (const entry of ["deliver", "watch", "digest"]) {
    const all = filesIn(path).filter((name) => name.startsWith(`${entry}/`) && name.endsWith(".mjs"));
    const readers = /functions\/core\/feed\/(?:decode|html|json|markdown|sitemap|xml)\//;
    expect(sourcesOf(path, all).filter((source) => readers.test(source))).toEqual([]);
  }
});

it.each(["entities", "htmlparser2"])("ingest contains one version of %s", (name) => {
  const path = project();
  const all = filesIn(path).filter((file) => file.startsWith("ingest/") && file.endsWith(".mjs"));
  const folders = sourcesOf(path, all).flatMap((source) => {
    const end = source.lastIndexOf(`node_modules/${name}/`);
    return end < 0 ? [] : [source.slice(0, end)];
  });
  expect([...new Set(folders)]).toEqual(["../"]);
});

it.each([
  ["ingest", ["dynamodb", "s3", "sqs"]],
  ["deliver", ["dynamodb", "sns", "sqs"]],
  ["digest", ["dynamodb", "s3", "sqs"]],
  ["watch", ["dynamodb", "s3", "sns", "sqs"]],
] as const)("%s loads the clients %s at its start", (entry, clients) => {
  expect(clientsIn(atStartOf(entry))).toEqual(clients);
});

it.each([
  ["ingest", ["dynamodb", "s3", "sqs"]],
  ["deliver", ["dynamodb", "s3", "sns", "sqs"]],
  ["digest", ["dynamodb", "s3", "sqs"]],
  ["watch", ["dynamodb", "s3", "sns", "sqs"]],
] as const)("%s contains the clients %s, and none that only the command line uses", (entry, clients) => {
  const path = project();
  const all = filesIn(path).filter((name) => name.startsWith(`${entry}/`) && name.endsWith(".mjs"));
  expect(clientsIn(sourcesOf(path, all))).toEqual(clients);
});
