import type { Metafile } from "esbuild";

/** The output files that are read before a function's handler can run: its entry and what that imports statically. */
export function loadedAtStart({ outputs }: Metafile, name: string): readonly string[] {
  const entry = Object.keys(outputs).find((path) => path.endsWith(`/${name}.mjs`));
  const paths = new Set(entry === undefined ? [] : [entry]);
  for (const path of paths)
    for (const { path: next, kind, external } of outputs[path]?.imports ?? [])
      if (kind === "import-statement" && external !== true) paths.add(next);
  return [...paths];
}

/** Bytes of these output files by package, or by folder of the project. */
export function compositionOf({ outputs }: Metafile, paths: readonly string[]): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  const add = (label: string, size: number) => bytes.set(label, (bytes.get(label) ?? 0) + size);
  for (const path of paths) {
    const { inputs = {}, bytes: all = 0 } = outputs[path] ?? {};
    let rest = all;
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      add(labelOf(input), bytesInOutput);
      rest -= bytesInOutput;
    }
    add("joints between modules", rest);
  }
  return bytes;
}

/** `@aws-sdk and @smithy`, `htmlparser2`, `core/feed` */
function labelOf(input: string): string {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input) ?? [];
  if (name !== undefined) return /^@(?:aws|aws-sdk|smithy)\//.test(name) ? "@aws-sdk and @smithy" : name;
  return (
    input
      .replace(/^functions\//, "")
      .split("/")
      .slice(0, 2)
      .join("/")
      .replace(/\/?[\w-]+\.ts$/, "") || "entry"
  );
}
