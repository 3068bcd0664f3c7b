import { build } from "esbuild";
import { expect, test } from "vitest";
import { root } from "../support/feedbell.ts";

test("the command line starts without the code of its commands, the SDK and the readers of formats", async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["functions/cli.ts"],
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    packages: "external",
    outdir: "unused",
    write: false,
    metafile: true,
  });
  const loaded = new Set(["unused/cli.js"]);
  const packages = new Set<string>();
  for (const output of loaded)
    for (const { path, kind, external } of metafile.outputs[output]?.imports ?? []) {
      if (kind !== "import-statement") continue;
      if (external) packages.add(path);
      else loaded.add(path);
    }
  const files = [...loaded].flatMap((output) => Object.keys(metafile.outputs[output]?.inputs ?? {}));
  expect(files).toContain("functions/commands/parse.ts");
  const allowed = ["functions/core/errors.ts", "functions/core/feed/text/unsafe-characters.ts"];
  const heavy = files.filter((file) => !/^functions\/(cli|commands\/|console\/)/.test(file));
  expect(heavy.filter((file) => !allowed.includes(file))).toEqual([]);
  expect([...packages].filter((name) => !name.startsWith("node:"))).toEqual(["commander", "leven"]);
});
