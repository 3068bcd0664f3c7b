import { describe, expect, test } from "vitest";
import type { PortCall, PortFault } from "../support/port-faults.ts";
import { checkPromise } from "./promise.ts";
import { playScenario, scenarios, type Scenario } from "./scenarios.ts";

/** Deduplication intervals of the outbox, milliseconds. */
const intervals = [0, 300_000] as const;

/** `THOROUGH=1`: each call meets each fault with both intervals; otherwise fewer calls, each with one interval. */
const isThorough = process.env["THOROUGH"] === "1";

const kept = { lost: [], unexplained: [] };

/** The faults that a call can meet. */
function faultsOf({ name }: PortCall): readonly PortFault[] {
  // Nothing but the end of its process wakes a sleeper early; an iteration has no effect that could be hidden.
  if (name === "clock.sleep") return ["die before"];
  if (name === "plans.list" || name === "snapshots.read") return ["fail before", "die before"];
  const any = ["fail before", "fail after", "die before", "die after"] as const;
  // The SDK never repeats a publish.
  if (name === "topics.publish") return [...any, "fail partly"];
  const isPartial = ["outbox.enqueue", "ledger.putWaiting", "ledger.coverClaims"].includes(name);
  if (isPartial) return [...any, "repeat", "fail partly"];
  return [...any, "repeat"];
}

/** The calls that meet a fault: of all calls of a name in a function the first and the last. */
function tried(calls: readonly PortCall[], { only = /./ }: Scenario): readonly PortCall[] {
  const wanted = calls.filter(({ name }) => only.test(name));
  if (isThorough) return wanted;
  const named = Map.groupBy(wanted, ({ name, process }) => `${process.function} ${name}`);
  return [...named.values()].flatMap((group) =>
    [...new Set([group[0], group.at(-1)])].filter((call) => call !== undefined),
  );
}

describe.each(Object.entries(scenarios))(
  "%s",
  { timeout: isThorough ? 1_200_000 : 120_000 },
  (_, scenario) => {
    test.each(intervals)(
      "keeps the promise without a fault, with a deduplication of %i ms",
      async (deduplication) => {
        const system = await playScenario(scenario, { deduplication, fault: () => undefined });
        expect(checkPromise(system, scenario.due)).toEqual({ ...kept, explained: 0 });
        expect(system.quarantined).toEqual([]);
      },
    );

    test("keeps the promise at each fault of each call", async () => {
      const calm = await playScenario(scenario, { deduplication: 0, fault: () => undefined });
      const calls = tried(calm.calls.slice(calm.firstCall), scenario);
      const cases = calls.flatMap((call) => faultsOf(call).map((fault) => ({ call, fault })));
      const broken: string[] = [];
      for (const [i, { call, fault }] of cases.entries())
        for (const deduplication of isThorough ? intervals : [intervals[(call.number + i) % 2] ?? 0]) {
          const where = `${fault} at ${call.name} (${call.process.function}, call ${call.number}, ${deduplication} ms)`;
          broken.push(
            ...(await breaches(scenario, { call, fault, deduplication })).map(
              (breach) => `${where}: ${breach}`,
            ),
          );
        }
      expect(cases.length).toBeGreaterThan(50);
      expect(broken.slice(0, 20)).toEqual([]);
    });
  },
);

/** How the promise is broken when one call meets a fault. */
async function breaches(
  scenario: Scenario,
  {
    call,
    fault,
    deduplication,
  }: { readonly call: PortCall; readonly fault: PortFault; readonly deduplication: number },
): Promise<readonly string[]> {
  try {
    const faultOf = ({ number }: PortCall) => (number === call.number ? fault : undefined);
    const system = await playScenario(scenario, { deduplication, fault: faultOf });
    const { lost, unexplained } = checkPromise(system, scenario.due);
    return [
      ...lost.map((one) => `lost ${one}`),
      ...unexplained,
      ...(system.faults.length === 1 ? [] : ["the call was not reached"]),
      ...(system.quarantined.length + system.quarantinedMessages.length > 0
        ? ["something was quarantined"]
        : []),
    ];
  } catch (error) {
    return [String(error)];
  }
}
