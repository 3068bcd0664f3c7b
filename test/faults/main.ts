/** `npm run test:faults`: the whole matrix of faults, the table for the README, and exit code 1 when the promise is broken. */
import { cpus } from "node:os";
import { nameOf, type CaseResult } from "./cases.ts";
import { findCases, playCases } from "./matrix.ts";
import { kinds } from "./proxy.ts";
import { playRandom } from "./random-faults.ts";
import { scenarios } from "./scenarios.ts";
import { promisedCases, type PromisedCase } from "./verdict.ts";

const settings = { stacks: Number(process.env["STACKS"] ?? 8), timeoutSeconds: 1 };
const [only] = process.argv.slice(2);

const sum = (results: readonly CaseResult[], name: PromisedCase): number =>
  results.reduce((total, { duplicates }) => total + duplicates[name], 0);

function table(results: readonly CaseResult[]): void {
  const met = results.filter(({ injected }) => injected > 0);
  const rows = (name: string, of: readonly CaseResult[]) =>
    `| ${name} | ${of.length} | ${of.reduce((n, { lost }) => n + lost.length, 0)} | ${promisedCases.map((promised) => sum(of, promised)).join(" | ")} | ${of.reduce((n, { broken }) => n + broken.length, 0)} |`;
  const head = (name: string) =>
    `\n| ${name} | cases | lost | ${promisedCases.map((promised) => `repeated: ${promised}`).join(" | ")} | otherwise wrong |\n|---|---|---|---|---|---|---|`;
  console.log(head("what went wrong"));
  for (const kind of kinds)
    console.log(
      rows(
        kind,
        met.filter((result) => result.case.kind === kind),
      ),
    );
  console.log(head("service"));
  for (const service of ["s3", "sqs", "dynamodb", "sns"])
    console.log(
      rows(
        service,
        met.filter((result) => result.case.call.startsWith(`${service}.`)),
      ),
    );
  console.log(head("what was uploaded"));
  for (const scenario of scenarios)
    console.log(
      rows(
        scenario.name,
        met.filter((result) => result.case.scenario === scenario),
      ),
    );
  console.log(rows("**all**", met));
  const redriven = met.reduce((n, result) => n + result.redriven, 0);
  console.log(
    `\n${results.length - met.length} further cases did not come about: their call was not made that time. ${redriven} messages came to the dead-letter queue and were redriven.`,
  );
}

console.log(`${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, Node ${process.version}\n`);
if (only !== "random") {
  const begun = performance.now();
  const cases = await findCases(scenarios, settings, (count) =>
    count <= 12 ? [...new Set([0, count - 1])] : [0],
  );
  console.log(`${cases.length} cases on ${settings.stacks} stacks`);
  let played = 0;
  const results = await playCases(cases, settings, (result) => {
    played++;
    if (played % 100 === 0)
      console.log(`${played} played, ${Math.round((performance.now() - begun) / 1000)} s`);
    if (result.lost.length > 0 || result.broken.length > 0) {
      process.exitCode = 1;
      console.log(`BROKEN ${nameOf(result.case)}: ${JSON.stringify([result.lost, result.broken])}`);
    }
  });
  table(results);
  console.log(`\n${Math.round((performance.now() - begun) / 1000)} s`);
}
if (only !== "matrix") {
  const seed = Number(process.env["SEED"] ?? 20_261_123);
  const result = await playRandom({ seed, snapshots: Number(process.env["SNAPSHOTS"] ?? 1_000), share: 0.2 });
  console.log(`\n${result.summary}`);
  if (result.lost.length > 0 || result.broken.length > 0) {
    process.exitCode = 1;
    console.log(JSON.stringify([result.lost, result.broken], undefined, 2));
  }
}
