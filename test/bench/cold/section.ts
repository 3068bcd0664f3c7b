import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Metafile } from "esbuild";
import { environmentNames } from "../../../functions/aws/environment.ts";
import { bundle, type Entries } from "../../../infra/bundle.ts";
import { defaults } from "../../../infra/config/configuration.ts";
import { compositionOf, loadedAtStart } from "./composition.ts";

const rounds = 21;

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const functionOf = (name: string) => source(`../../../functions/${name}.ts`);
const idle = source("../../support/idle.ts");

const own: Entries = {
  ingest: functionOf("ingest"),
  deliver: functionOf("deliver"),
  digest: functionOf("digest"),
  watch: functionOf("watch"),
};
/** Only the SDK clients that a function makes. */
const clients: Entries = {
  ingest: source("clients/ingest.ts"),
  deliver: source("clients/deliver.ts"),
  digest: source("clients/digest.ts"),
  watch: source("clients/watch.ts"),
};
/** The function after it has composed its first message. */
const composing: Entries = {
  ingest: source("composing/ingest.ts"),
  digest: source("composing/digest.ts"),
  deliver: idle,
  watch: idle,
};

interface Load {
  /** Milliseconds by the clock. */
  readonly wall: number;
  /** Milliseconds of processor time of all threads. */
  readonly processor: number;
}

/**
 * Loads each function as Lambda does, each time in a fresh process, and compares it with the SDK clients that it makes.
 * The rounds are interleaved, so that other load on the machine affects all. Prints Markdown tables.
 */
export function benchCold(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "feedbell-bench-"));
  try {
    const path = (set: string) => join(folder, set);
    const metafiles = bundle(own, defaults, path("own"));
    bundle(clients, defaults, path("clients"));
    bundle(composing, defaults, path("composing"));
    printTimes(folder);
    printComposition(metafiles);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return Promise.resolve();
}

const names = ["ingest", "digest", "watch", "deliver"] as const;

function printTimes(folder: string): void {
  const measured = [
    ...names.flatMap((name) => [`own/${name}`, `clients/${name}`]),
    "composing/ingest",
    "composing/digest",
  ];
  const loads = new Map<string, Load[]>(measured.map((path) => [path, []]));
  for (let round = 0; round < rounds; round++)
    for (const [path, list] of loads) list.push(load(join(folder, path), path.split("/")[1] ?? ""));
  const medianOf = (path: string, key: keyof Load) =>
    (loads.get(path) ?? []).map((one) => one[key]).toSorted((a, b) => a - b)[rounds >> 1] ?? Number.NaN;
  console.log(
    `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}, Node ${process.version}; medians of ${rounds} fresh processes, milliseconds\n`,
  );
  console.log(
    "| function | processor | its SDK clients | ratio | wall clock | its SDK clients | ratio | until it has composed a message, processor |\n|---|---|---|---|---|---|---|---|",
  );
  for (const name of names) {
    const cells = (["processor", "wall"] as const).flatMap((key) => {
      const [ours, base] = [medianOf(`own/${name}`, key), medianOf(`clients/${name}`, key)];
      return [ours.toFixed(0), base.toFixed(0), (ours / base).toFixed(2)];
    });
    const composed = medianOf(`composing/${name}`, "processor");
    console.log(`| ${name} | ${cells.join(" | ")} | ${Number.isNaN(composed) ? "" : composed.toFixed(0)} |`);
  }
}

/** Loads a bundle in a fresh process, with the environment of the stack. */
function load(folder: string, name: string): Load {
  const url = pathToFileURL(join(folder, `${name}.mjs`)).href;
  const script = `
    const processor = process.cpuUsage();
    const start = performance.now();
    const { handler } = await import(${JSON.stringify(url)});
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(processor);
    if (!handler) throw new Error("no handler");
    console.log(JSON.stringify({ wall, processor: (user + system) / 1000 }));`;
  const variables = Object.values(environmentNames).map((variable) => [variable, "x"]);
  const out = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
    env: { AWS_REGION: "eu-central-1", ...Object.fromEntries(variables) },
  });
  return JSON.parse(out) as Load;
}

function printComposition(metafiles: Readonly<Record<keyof Entries, Metafile>>): void {
  const columns = names.map((name) => compositionOf(metafiles[name], loadedAtStart(metafiles[name], name)));
  const labels = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  const sums = labels.map((label) => columns.reduce((sum, column) => sum + (column.get(label) ?? 0), 0));
  const cell = (bytes: number) => (bytes === 0 ? "" : (bytes / 1024).toFixed(0));
  console.log(
    `\nKB loaded at start:\n\n| | ${names.join(" | ")} |\n|---|${names.map(() => "---|").join("")}`,
  );
  for (const [label] of labels
    .map((label, i) => [label, sums[i] ?? 0] as const)
    .toSorted((a, b) => b[1] - a[1]))
    console.log(`| ${label} | ${columns.map((column) => cell(column.get(label) ?? 0)).join(" | ")} |`);
  const totals = columns.map((column) => cell([...column.values()].reduce((sum, bytes) => sum + bytes, 0)));
  console.log(`| all | ${totals.join(" | ")} |`);
}
