import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Metafile } from "esbuild";
import { bundle, type Entries } from "../../../infra/bundle.ts";
import { defaults } from "../../../infra/config/configuration.ts";
import { compositionOf, loadedAtStart } from "./composition.ts";
import { isPinned, load, type Load } from "./load.ts";
import { loadPair, medianOf, ratioOf, type Compared, type Median, type Pair } from "./pairs.ts";

const rounds = 41;

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

/**
 * Loads each function as Lambda does and the SDK clients that it makes, in pairs of fresh processes, and compares the
 * two times of each pair. The clients of deliver are also compared with themselves: what that ratio differs from 1 is
 * the error of the measurement. Prints Markdown tables.
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
  const [own, base] = [join(folder, "own"), join(folder, "clients")];
  const compared: readonly Compared[] = [
    ...names.map((name) => ({ ours: own, base, name })),
    { ours: base, base, name: "deliver" },
  ];
  const pairs = compared.map((): Pair[] => []);
  const composed = { ingest: [] as Load[], digest: [] as Load[] };
  for (const one of compared) loadPair(one, 0);
  for (let round = 0; round < rounds; round++) {
    for (const [i, one] of compared.entries()) pairs[i]?.push(loadPair(one, round));
    for (const name of ["ingest", "digest"] as const)
      composed[name].push(load(join(folder, "composing"), name));
  }
  const place = isPinned ? "all on one processor" : "on any processor";
  console.log(
    `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}, Node ${process.version}; medians of ${rounds} pairs of fresh processes, ${place}, milliseconds; ratios within the pairs, and the interval of 95 % of their median\n`,
  );
  console.log(
    "| function | processor | its SDK clients | ratio | wall clock | its SDK clients | ratio | until it can compose a message, processor |\n|---|---|---|---|---|---|---|---|",
  );
  for (const [i, { name, ours }] of compared.entries()) {
    const list = pairs[i] ?? [];
    const cells = (["processor", "wall"] as const).flatMap((measure) => [
      ...(["ours", "base"] as const).map((side) =>
        medianOf(list.map((pair) => pair[side][measure])).value.toFixed(0),
      ),
      ratioCell(ratioOf(list, measure)),
    ]);
    const isControl = ours === base;
    const loads = !isControl && (name === "ingest" || name === "digest") ? composed[name] : [];
    const last = loads.length > 0 ? medianOf(loads.map(({ processor }) => processor)).value.toFixed(0) : "";
    console.log(
      `| ${isControl ? "the clients of deliver against themselves" : name} | ${cells.join(" | ")} | ${last} |`,
    );
  }
}

const ratioCell = ({ value, low, high }: Median): string =>
  `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;

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
