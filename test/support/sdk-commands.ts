import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

/** The SDK commands that a Lambda entry can send: those in its own modules after unused exports were removed. */
export function sdkCommands(entry: string): ReadonlySet<string> {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL(`../../functions/${entry}.ts`, import.meta.url))],
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    write: false,
    logLevel: "error",
  });
  const [bundle] = outputFiles;
  // A number follows a name that several modules import.
  return new Set(bundle?.text.match(/(?<=\bnew )[A-Z]\w+?Command(?=\d*\()/g));
}
