import { expect, test } from "vitest";
import { chance } from "../simulation/random.ts";
import { nameOf, type CaseResult, type FaultCase } from "./cases.ts";
import { findCases, playCases } from "./matrix.ts";
import { kinds } from "./proxy.ts";
import { scenarios } from "./scenarios.ts";

// The whole matrix takes long: `npm run test:faults`. Here every kind of fault hits every service once.

const settings = { stacks: 8, timeoutSeconds: 4, deduplicationSeconds: 0 };
/** Scenarios in which every run makes the same calls, independent of the machine's load. */
const some = scenarios.filter(({ name }) =>
  ["a few new entries", "an unreadable snapshot and a good one", "two messages that SNS refuses"].includes(
    name,
  ),
);
const serviceOf = ({ call }: Pick<FaultCase, "call">): string => call.split(".", 1)[0] ?? "";

/** One case of each service and kind; and those in which a repetition can't be avoided. */
function choose(cases: readonly FaultCase[]): readonly FaultCase[] {
  // A lasting silence ends with the function's time-out, which takes long to play.
  const mixed = chance(5)
    .shuffle(cases.filter(({ kind, lasts }) => !(lasts && kind.startsWith("silence"))))
    .toSorted((a, b) => Number(b.certain) - Number(a.certain));
  const chosen = new Map<string, FaultCase>();
  for (const one of mixed) {
    const place = `${serviceOf(one)} ${one.kind}`;
    if (!chosen.has(place)) chosen.set(place, one);
  }
  const inevitable = mixed.filter(
    ({ call, kind, lasts, scenario }) =>
      scenario.name === "a few new entries" &&
      ((call === "sns.PublishBatch" && kind === "error after" && !lasts) ||
        (call === "sns.PublishBatch" && kind === "killed after") ||
        (call === "dynamodb.PutItem sent" && kind === "throttled" && lasts)),
  );
  // Those first that wait for the queue's visibility time-out, so that the others fill the time.
  const isLong = ({ kind }: FaultCase) => (kind.startsWith("killed") ? 1 : 0);
  return [...new Set([...chosen.values(), ...inevitable])].toSorted((a, b) => isLong(b) - isLong(a));
}

const repeated = (results: readonly CaseResult[], name: string, kind: string): number =>
  results
    .filter(({ case: { call, kind: other } }) => call === name && other === kind)
    .flatMap(({ duplicates }) => Object.values(duplicates))
    .reduce((sum, count) => sum + count, 0);

test(
  "nothing is lost and only promised duplicates occur, for every call and every kind of failure",
  { timeout: 300_000 },
  async () => {
    const all = await findCases(some, settings);
    const cases = choose(all.filter(({ occurrence }) => occurrence === 0));
    const covered = new Set(cases.map((one) => `${serviceOf(one)} ${one.kind}`));
    const wanted = ["s3", "sqs", "dynamodb", "sns"].flatMap((service) =>
      kinds.filter((kind) => kind !== "partly" || service !== "sqs").map((kind) => `${service} ${kind}`),
    );
    expect([...covered].toSorted()).toEqual(wanted.toSorted());

    const results = await playCases(cases, settings);
    for (const { case: one, lost, broken, injected } of results)
      expect({ case: nameOf(one), lost, broken, isInjected: injected > 0 }).toEqual({
        case: nameOf(one),
        lost: [],
        broken: [],
        isInjected: true,
      });
    // The test sees repetitions where there must be some.
    expect(repeated(results, "sns.PublishBatch", "error after")).toBeGreaterThan(0);
    expect(repeated(results, "sns.PublishBatch", "killed after")).toBeGreaterThan(0);
    expect(repeated(results, "dynamodb.PutItem sent", "throttled")).toBeGreaterThan(0);
  },
);
