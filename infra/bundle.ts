import { hash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, buildSync, type BuildOptions, type Metafile, type OutputFile } from "esbuild";
import { configurationFile } from "../functions/aws/environment.ts";
import type { StackConfiguration } from "./config/stack-configuration.ts";

const projectRoot = fileURLToPath(new URL("..", import.meta.url));

/** Source of each function's entry. */
export interface Entries {
  readonly ingest: string;
  readonly deliver: string;
  readonly digest: string;
  readonly watch: string;
}

const source = (name: string) => join(projectRoot, "functions", `${name}.ts`);

/** The project's own functions. */
export const functionSources: Entries = {
  ingest: source("ingest"),
  deliver: source("deliver"),
  digest: source("digest"),
  watch: source("watch"),
};

/**
 * Modules that are bundled apart, by their name in `imports` of package.json, into a file of that name next to a
 * function that imports them late. esbuild assigns whole modules to chunks: an SDK module that lists what others export
 * would bring all of what the late client needs into the chunks that the function loads at its start.
 */
const apart = { "message-quarantine": source("aws/open-message-quarantine") } as const;

/**
 * Writes the code of each function into a folder of its name: `<name>.mjs`, which exports `handler`, chunks and
 * parts that it loads late, source maps and the configuration. Equal sources give equal bytes wherever the project
 * lies. Returns esbuild's description of each bundle, without its parts.
 */
export function bundle(
  entries: Entries,
  configuration: StackConfiguration,
  folder: string,
): Readonly<Record<keyof Entries, Metafile>> {
  const bundleFunction = (name: keyof Entries) => {
    const { outputFiles, metafile } = buildSync(buildOptions(name, entries[name]));
    writeCode(outputFiles, join(folder, name));
    for (const part of partsOf(metafile))
      writeCode(buildSync(buildOptions(part, apart[part])).outputFiles, join(folder, name));
    return metafile;
  };
  const metafiles = {
    ingest: bundleFunction("ingest"),
    deliver: bundleFunction("deliver"),
    digest: bundleFunction("digest"),
    watch: bundleFunction("watch"),
  };
  addConfiguration(folder, configuration);
  return metafiles;
}

/** Writes the same code as `bundle`, without the configuration, and all functions at the same time. */
export async function bundleCode(entries: Entries, folder: string): Promise<void> {
  await Promise.all(
    Object.entries(entries).map(async ([name, entry]: [string, string]) => {
      const { outputFiles, metafile } = await build(buildOptions(name, entry));
      writeCode(outputFiles, join(folder, name));
      await Promise.all(
        partsOf(metafile).map(async (part) => {
          writeCode((await build(buildOptions(part, apart[part]))).outputFiles, join(folder, name));
        }),
      );
    }),
  );
}

/** Adds the configuration and the hash of its code to each function in a folder with code. */
export function addConfiguration(folder: string, configuration: StackConfiguration): void {
  const { deployment: _, ...forFunctions } = configuration;
  for (const name of readdirSync(folder)) {
    const files = readdirSync(join(folder, name)).filter((file) => file.endsWith(".mjs"));
    const code = files.toSorted().map((file) => readFileSync(join(folder, name, file), "utf8"));
    const content = { configuration: forFunctions, codeHash: hash("sha256", code.join("\n")).slice(0, 16) };
    writeFileSync(join(folder, name, configurationFile), JSON.stringify(content));
  }
}

type Part = keyof typeof apart;
const parts = Object.keys(apart) as readonly Part[];

const fileOf = (part: Part) => `./${part}.mjs`;

/** The parts that a bundle imports. */
function partsOf({ outputs }: Metafile): readonly Part[] {
  const imported = new Set(Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path)));
  return parts.filter((part) => imported.has(fileOf(part)));
}

function writeCode(files: readonly OutputFile[], folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of files) writeFileSync(join(folder, basename(path)), contents);
}

function buildOptions(name: string, entry: string) {
  return {
    entryPoints: { [name]: entry },
    absWorkingDir: projectRoot,
    // Nothing is written there; the paths in source maps are relative to it and must not name a temporary folder.
    outdir: join(projectRoot, "bundle"),
    chunkNames: "chunk-[hash]",
    outExtension: { ".js": ".mjs" },
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "esm",
    // ES modules throughout: smaller, and nothing in them asks for `require`.
    mainFields: ["module", "main"],
    inject: [join(projectRoot, "functions/aws/stack-traces.ts")],
    alias: {
      // The package has its ES modules for browsers only; those for Node call `require`.
      yaml: join(projectRoot, "node_modules/yaml/browser/index.js"),
      "@aws-sdk/credential-provider-node": join(projectRoot, "functions/aws/environment-credentials.ts"),
      ...Object.fromEntries(parts.map((part) => [`#${part}`, fileOf(part)])),
    },
    external: parts.map(fileOf),
    sourcemap: "linked",
    sourcesContent: false,
    charset: "utf8",
    legalComments: "none",
    logLevel: "error",
  } satisfies BuildOptions;
}
