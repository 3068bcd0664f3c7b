import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { configurationFile } from "../functions/aws/environment.ts";
import type { StackConfiguration } from "./config/stack-configuration.ts";

const projectRoot = fileURLToPath(new URL("..", import.meta.url));

/**
 * Writes what Lambda runs into `folder`: the entry file with all that it imports as the minified ES module `ingest.mjs`,
 * what it imports only when it is needed as chunks, their source maps and the configuration. Equal sources give equal bytes
 * wherever the project lies.
 */
export function bundle(entry: string, configuration: StackConfiguration, folder: string): void {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    absWorkingDir: projectRoot,
    // Never written there: the source map's paths are relative to it, and would tell a temporary folder's name.
    outdir: join(projectRoot, "bundle"),
    entryNames: "ingest",
    chunkNames: "chunk-[hash]",
    outExtension: { ".js": ".mjs" },
    write: false,
    bundle: true,
    splitting: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "esm",
    // ES modules throughout: smaller, and nothing in them asks for `require`.
    mainFields: ["module", "main"],
    // The package has its ES modules for browsers only; those for Node call `require`.
    alias: { yaml: join(projectRoot, "node_modules/yaml/browser/index.js") },
    sourcemap: "linked",
    sourcesContent: false,
    charset: "utf8",
    legalComments: "none",
    logLevel: "error",
  });
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of outputFiles) writeFileSync(join(folder, basename(path)), contents);
  const { deployment: _, ...forFunctions } = configuration;
  writeFileSync(join(folder, configurationFile), JSON.stringify(forFunctions));
}
