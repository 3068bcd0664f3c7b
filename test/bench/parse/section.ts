import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Measured } from "./child.ts";
import { generateFeed } from "./generate.ts";

interface Input {
  readonly name: string;
  readonly files: readonly string[];
  readonly runs: number;
  readonly libraries: readonly string[];
  /** Number of entries that every library must find, if the input is generated. */
  readonly entries?: number;
}

const ours = ["feedbell, lazy", "feedbell, content decoded"];
const peers = ["feedsmith", "rss-parser", "feedparser", "cheerio loop"];
const timeout = 90_000;

/**
 * Reads three inputs with feedbell and other libraries, each in its own process. The rounds of the libraries are
 * interleaved, so that other load on the machine affects all. Prints Markdown tables and the conformance scores.
 */
export async function benchParse(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "feedbell-bench-"));
  try {
    printMachine();
    const medium = join(folder, "10000.xml");
    const large = join(folder, "100000.xml");
    await generateFeed(medium, 10_000);
    await generateFeed(large, 100_000);
    const real = realFeeds();
    const inputs: readonly Input[] = [
      {
        name: "generated, 10,000 items",
        files: [medium],
        runs: 15,
        libraries: [...ours, ...peers],
        entries: 10_000,
      },
      ...(real.length === 0
        ? []
        : [
            {
              name: `${real.length} real feeds`,
              files: real,
              runs: 25,
              libraries: [...ours, ...peers],
            },
          ]),
      {
        name: "generated, 100,000 items",
        files: [large],
        runs: 1,
        libraries: [...ours, ...peers],
        entries: 100_000,
      },
    ];
    if (real.length === 0) console.log("The real feeds of ../shared/corpus are absent: left out.\n");
    for (const input of inputs) await benchInput(input);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function realFeeds(): readonly string[] {
  return ["real-sample-feeds", "feed-rs"].flatMap((suite) => {
    const folder = `../shared/corpus/feeds/${suite}`;
    return existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
  });
}

function printMachine(): void {
  const [cpu] = cpus();
  const versions = ["feedsmith", "rss-parser", "feedparser", "cheerio"].map(
    (name) => `${name} ${versionOf(name)}`,
  );
  console.log(
    `${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}; ${versions.join(", ")}\n`,
  );
}

function versionOf(name: string): string {
  let folder = dirname(createRequire(import.meta.url).resolve(name));
  while (!existsSync(join(folder, "package.json")) || !("version" in readPackage(folder)))
    folder = dirname(folder);
  return String(readPackage(folder).version);
}

function readPackage(folder: string): { version?: unknown } {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version?: unknown };
}

async function benchInput({ name, files, runs, libraries, entries }: Input): Promise<void> {
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const rounds = runs > 1 ? 2 : 1;
  const results = new Map<string, (Measured | string)[]>(libraries.map((library) => [library, []]));
  for (let round = 0; round < rounds; round++) {
    for (const library of libraries) results.get(library)?.push(await measure(library, runs, files));
  }
  console.log(`### ${name}, ${(bytes / 1e6).toFixed(1)} MB\n`);
  console.log(
    "| | MB/s, median (spread) | first run, MB/s | MB per processor second, median | peak resident, MB | entries |\n|---|---|---|---|---|---|",
  );
  const speeds = new Map<string, { wall: number; processor: number }>();
  for (const [library, all] of results) {
    const failure = all.find((one) => typeof one === "string");
    const good = all.filter((one) => typeof one !== "string");
    const [one] = good;
    if (failure !== undefined || one === undefined) {
      console.log(`| ${library} | ${failure ?? "no result"} | | | | |`);
      continue;
    }
    const sorted = (milliseconds: readonly number[]): number[] =>
      milliseconds.map((time) => bytes / 1e3 / time).sort((a, b) => a - b);
    const wall = sorted(good.flatMap(({ milliseconds }) => milliseconds));
    const processor = median(sorted(good.flatMap((measured) => measured.processor)));
    const first = median(sorted(good.map(({ milliseconds }) => milliseconds[0] ?? Infinity)));
    speeds.set(library, { wall: median(wall), processor });
    const spread = wall.length > 1 ? ` (${wall[0]?.toFixed(0)}–${wall.at(-1)?.toFixed(0)})` : "";
    const peak = Math.max(...good.map((measured) => measured.peak));
    console.log(
      `| ${library} | ${median(wall).toFixed(0)}${spread} | ${first.toFixed(0)} | ${processor.toFixed(0)} | ${peak} | ${one.seen.count}${problemOf(one, entries)} |`,
    );
  }
  const base = speeds.get("feedsmith");
  if (base !== undefined) {
    const ratios = [...speeds]
      .filter(([library]) => library.startsWith("feedbell"))
      .map(
        ([library, { wall, processor }]) =>
          `${library}: ${(wall / base.wall).toFixed(1)} times feedsmith by the clock, ${(processor / base.processor).toFixed(1)} by processor time`,
      );
    console.log(`\n${ratios.join("; ")}.`);
  }
  console.log("");
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Marks a figure whose output is wrong. */
function problemOf({ seen, failures }: Measured, entries: number | undefined): string {
  if (failures > 0) return `, ${failures} files failed`;
  if (entries === undefined) return "";
  const right =
    seen.count === entries && seen.firstTitle.endsWith(" 0") && seen.lastTitle.endsWith(` ${entries - 1}`);
  return right && seen.lastLink === `https://news.example/p/${entries - 1}` ? "" : ", WRONG";
}

async function measure(library: string, runs: number, files: readonly string[]): Promise<Measured | string> {
  const child = join(import.meta.dirname, "child.ts");
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [child, library, String(runs), ...files], {
      timeout,
      maxBuffer: 1e8,
    });
    return JSON.parse(stdout) as Measured;
  } catch (error) {
    const { killed, stderr = "" } = error as { killed?: boolean; stderr?: string };
    if (killed === true) return `not done after ${timeout / 1000} s`;
    return /heap out of memory/.test(stderr)
      ? "out of memory"
      : `failed: ${stderr.slice(0, 100).replaceAll("\n", " ")}`;
  }
}
