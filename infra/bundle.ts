import { hash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync, type Metafile } from "esbuild";
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

/**
 * Writes the code of each function into a folder of its name: `<name>.mjs`, which exports `handler`, chunks that it
 * loads late, source maps and the configuration. Equal sources give equal bytes wherever the project lies. Returns
 * esbuild's description of each bundle.
 */
export function bundle(
  entries: Entries,
  configuration: StackConfiguration,
  folder: string,
): Readonly<Record<keyof Entries, Metafile>> {
  const build = (name: keyof Entries) =>
    bundleFunction(name, entries[name], { configuration, folder: join(folder, name) });
  return {
    ingest: build("ingest"),
    deliver: build("deliver"),
    digest: build("digest"),
    watch: build("watch"),
  };
}

function bundleFunction(
  name: string,
  entry: string,
  { configuration, folder }: { readonly configuration: StackConfiguration; readonly folder: string },
): Metafile {
  const { outputFiles, metafile } = buildSync({
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
    },
    sourcemap: "linked",
    sourcesContent: false,
    charset: "utf8",
    legalComments: "none",
    logLevel: "error",
  });
  mkdirSync(folder, { recursive: true });
  const files = outputFiles.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  for (const { path, contents } of files) writeFileSync(join(folder, basename(path)), contents);
  const { deployment: _, ...forFunctions } = configuration;
  const code = files.filter(({ path }) => path.endsWith(".mjs")).map(({ text }) => text);
  const content = { configuration: forFunctions, codeHash: hash("sha256", code.join("\n")).slice(0, 16) };
  writeFileSync(join(folder, configurationFile), JSON.stringify(content));
  return metafile;
}
