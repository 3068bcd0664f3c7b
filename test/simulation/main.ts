/** `npm run simulate`: a week of 200 feeds polled every 15 minutes, then a year of them polled daily; exits with 1 when the promise is broken. */
import { cpus } from "node:os";
import { day, simulate, week, year, type Simulation, type SimulationResult } from "./polling.ts";

const seed = Number(process.env["SEED"] ?? 20_261_123);
const feeds = Number(process.env["FEEDS"] ?? 200);
console.log(
  `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, Node ${process.version}, seed ${seed}\n`,
);

function show(name: string, result: SimulationResult): boolean {
  const { snapshots, appeared, audiences, messages, sizes, seconds } = result;
  console.log(
    `${name}: ${snapshots} snapshots, ${appeared} entries appeared, ${messages} messages, ${seconds.toFixed(0)} s`,
  );
  console.log("| audience | told once | told again | never told |\n|---|---|---|---|");
  for (const [audience, { once, again, never }] of Object.entries(audiences))
    console.log(`| ${audience} | ${once} | ${again} | ${never} |`);
  console.log(
    "\n| day | entries in sight | entries and pointers in the table | claims ever |\n|---|---|---|---|",
  );
  for (const { at, slots, claims, shown } of sizes)
    console.log(`| ${(at / day).toFixed(1)} | ${shown} | ${slots} | ${claims} |`);
  console.log(["", ...result.broken.slice(0, 20), ""].join("\n"));
  return Object.values(audiences).every((tally) => tally.once === appeared && tally.madeUp === 0);
}

const runs: readonly (readonly [string, Simulation])[] = [
  [`A week, ${feeds} feeds every 15 minutes`, week(feeds, 7 * 96, seed)],
  [`A year, ${feeds} feeds daily, the ledger remembers 60 days`, year(feeds, seed)],
];
for (const [name, simulation] of runs) if (!show(name, await simulate(simulation))) process.exitCode = 1;
