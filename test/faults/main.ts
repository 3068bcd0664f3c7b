/**
 * `npm run test:faults`: the matrix of faults and the other runs; or only those that are named, or `part N/M` of the matrix. Prints the tables of test/README.md. Exit code 1 when the promise is broken.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { nameOf, type CaseResult, type FaultCase } from "./cases.ts";
import { playLarge } from "./large.ts";
import { findCases, playCases } from "./matrix.ts";
import { playFairness } from "./fairness.ts";
import { outageHead, outages, playOutage, playUnwritableLedger, type Outcome } from "./outages.ts";
import { playPacing, playRate } from "./pacing.ts";
import { playPoison, poisonHead, poisons } from "./poison.ts";
import { kinds } from "./proxy.ts";
import { playRandom } from "./random-faults.ts";
import { scenarios } from "./scenarios.ts";
import { promisedCases, type PromisedCase } from "./verdict.ts";

/** A slow machine needs a longer time-out: a function that never gets to its end only shows that it may die. */
const settings = {
  stacks: Number(process.env["STACKS"] ?? 8),
  timeoutSeconds: Number(process.env["TIMEOUT"] ?? 2),
};

const sum = (results: readonly CaseResult[], name: PromisedCase): number =>
  results.reduce((total, { duplicates }) => total + duplicates[name], 0);

function table(results: readonly CaseResult[]): void {
  const met = results.filter(({ injected }) => injected > 0);
  const rows = (name: string, of: readonly CaseResult[]) =>
    `| ${name} | ${of.length} | ${of.reduce((n, { lost }) => n + lost.length, 0)} | ${promisedCases.map((promised) => sum(of, promised)).join(" | ")} | ${of.reduce((n, { broken }) => n + broken.length, 0)} |`;
  const print = (heading: string, groups: readonly (readonly [string, readonly CaseResult[]])[]) => {
    const duplicates = promisedCases.map((promised) => `duplicate: ${promised}`).join(" | ");
    console.log(
      `\n| ${heading} | cases | lost | ${duplicates} | other violations |\n|---|---|---|---|---|---|---|`,
    );
    for (const [name, group] of groups) console.log(rows(name, group));
  };
  const of = (belongs: (one: FaultCase) => boolean) => met.filter((result) => belongs(result.case));
  print(
    "fault",
    kinds.map((kind) => [kind, of((one) => one.kind === kind)]),
  );
  print(
    "service",
    ["s3", "sqs", "dynamodb", "sns"].map((service) => [
      service,
      of(({ call }) => call.startsWith(`${service}.`)),
    ]),
  );
  print(
    "scenario",
    scenarios.map((scenario) => [scenario.name, of((one) => one.scenario === scenario)]),
  );
  print("all", [["**total**", met]]);
  const redriven = met.reduce((n, result) => n + result.redriven, 0);
  console.log(
    `\nIn ${results.length - met.length} more cases the selected call was not made. ${redriven} dead letters were redriven.`,
  );
}

/**
 * Calls that can decide whether a message is enqueued or published a second time. The deduplication interval changes
 * nothing else, so that a fault of any other call has the same effect with both intervals.
 */
const repeats = / seal| outbox| finish|^sns\.| sent| attempt| audience| watch/;

/** The cases of the file `CASES`, which is written if there is none: parts that follow need not observe again. */
async function findOrRead(): Promise<readonly FaultCase[]> {
  const file = process.env["CASES"];
  if (file === undefined || !existsSync(file)) {
    const some = scenarios.filter(({ name }) => name.includes(process.env["SCENARIO"] ?? ""));
    const found = await findCases(some, { ...settings, deduplicationSeconds: 0 });
    const named = found.map((one) => ({ ...one, scenario: one.scenario.name }));
    if (file !== undefined) writeFileSync(file, JSON.stringify(named, undefined, 2));
    return found;
  }
  const named = JSON.parse(readFileSync(file, "utf8")) as readonly (Omit<FaultCase, "scenario"> & {
    readonly scenario: string;
  })[];
  return named.map(({ scenario: name, ...one }) => {
    const scenario = scenarios.find((other) => other.name === name);
    if (!scenario) throw new Error(`${file}: there is no scenario "${name}".`);
    return { ...one, scenario };
  });
}

/** Plays part `part` of `parts` of the matrix, with both deduplication intervals; `SCENARIO`: of scenarios with this in their name. */
async function playMatrix(part = 1, parts = 1): Promise<void> {
  const found = await findOrRead();
  const chosen = found.filter((_, i) => i % parts === part - 1);
  console.log(`${found.length} cases were found.`);
  for (const deduplicationSeconds of [0, 300]) {
    const start = performance.now();
    const seconds = () => Math.round((performance.now() - start) / 1000);
    const cases = deduplicationSeconds === 0 ? chosen : chosen.filter(({ call }) => repeats.test(call));
    console.log(
      `\nPart ${part} of ${parts}, deduplication ${deduplicationSeconds} s: ${cases.length} cases on ${settings.stacks} stacks`,
    );
    let played = 0;
    const results = await playCases(cases, { ...settings, deduplicationSeconds }, (result) => {
      played++;
      if (played % 50 === 0) console.log(`${played} played, ${seconds()} s`);
      if (result.lost.length === 0 && result.broken.length === 0) return;
      process.exitCode = 1;
      const some = [result.lost, result.broken].map((found) => found.toReversed().slice(0, 4));
      console.log(`BROKEN ${nameOf(result.case)}: ${JSON.stringify(some)}`);
    });
    table(results);
    console.log(`\n${seconds()} s`);
  }
}

async function playByChance(): Promise<void> {
  const seed = Number(process.env["SEED"] ?? 20_261_123);
  const snapshots = Number(process.env["SNAPSHOTS"] ?? 1_000);
  for (const deduplicationSeconds of [0, 300]) {
    const { summary, lost, broken } = await playRandom({ seed, snapshots, share: 0.2, deduplicationSeconds });
    console.log(`\n${summary}`);
    if (lost.length === 0 && broken.length === 0) continue;
    process.exitCode = 1;
    console.log(JSON.stringify([lost, broken], undefined, 2));
  }
}

async function report(
  played: Promise<{ readonly summary: string; readonly isKept: boolean }>,
): Promise<void> {
  const { summary, isKept } = await played;
  console.log(`\n${isKept ? "" : "BROKEN "}${summary}`);
  if (!isKept) process.exitCode = 1;
}

/** Plays one after the other and prints a table. */
async function printRows(head: string, plays: readonly (() => Promise<Outcome>)[]): Promise<void> {
  console.log(`\n${head}`);
  for (const play of plays) {
    const { row, isKept } = await play();
    console.log(`${isKept ? "" : "BROKEN "}${row}`);
    if (!isKept) process.exitCode = 1;
  }
}

/** Divides the time of outages and the longest delay of a retry. */
const scale = Number(process.env["SCALE"] ?? 1);

const runs: Readonly<Record<string, () => Promise<void>>> = {
  matrix: () => playMatrix(),
  random: playByChance,
  pacing: () => report(playPacing(50)),
  rate: () => report(playRate(100)),
  large: async () => {
    await report(playLarge(10_000));
    await report(playLarge(100_000));
  },
  "large-8s": () => report(playLarge(100_000, 8)),
  outages: () =>
    printRows(outageHead, [
      ...outages.map((outage) => () => playOutage(outage, scale)),
      playUnwritableLedger,
    ]),
  poison: () =>
    printRows(
      poisonHead,
      poisons.map((poison) => () => playPoison(poison)),
    ),
  fairness: () => report(playFairness(500)),
};

console.log(`${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, Node ${process.version}\n`);
const chosen = process.argv.slice(2);
const [, part, parts] = /^part (\d+)\/(\d+)$/.exec(chosen.join(" ")) ?? [];
const unknown = part === undefined ? chosen.filter((name) => !Object.hasOwn(runs, name)) : [];
if (unknown.length > 0) {
  console.error(
    `Unknown run ${unknown.join(", ")}; expected some of ${Object.keys(runs).join(", ")}, or part N/M of the matrix.`,
  );
  process.exitCode = 2;
} else if (part !== undefined) await playMatrix(Number(part), Number(parts));
else
  for (const [name, run] of Object.entries(runs))
    if (chosen.length === 0 || chosen.includes(name)) await run();
