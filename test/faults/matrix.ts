import { openArena, type Arena } from "./arena.ts";
import { casesOf, observe, playCase, type CaseResult, type FaultCase } from "./cases.ts";
import { twoAudiences } from "./arena-configuration.ts";
import type { Scenario } from "./scenarios.ts";

export interface MatrixSettings {
  /** Stacks that run side by side. */
  readonly stacks: number;
  /** Time-out of the functions; lease and visibility follow from it, and so does the time that a case takes. */
  readonly timeoutSeconds: number;
  /** Deduplication interval of the outbox. */
  readonly deduplicationSeconds: number;
}

/** Runs jobs on several stacks side by side. */
async function onArenas<T>(
  jobs: readonly ((arena: Arena) => Promise<T>)[],
  { stacks, timeoutSeconds, deduplicationSeconds }: MatrixSettings,
): Promise<T[]> {
  const queue = [...jobs.entries()];
  const results: T[] = [];
  const work = async () => {
    const configuration = twoAudiences({ timeoutSeconds, maximumConcurrency: 2 });
    const arena = await openArena({ configuration, deduplicationSeconds });
    try {
      for (let job = queue.shift(); job; job = queue.shift()) results[job[0]] = await job[1](arena);
    } finally {
      await arena.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(stacks, jobs.length) }, work));
  return results;
}

/** Every fault that can occur in these scenarios, found by observing runs without faults. */
export async function findCases(
  scenarios: readonly Scenario[],
  settings: MatrixSettings,
): Promise<readonly FaultCase[]> {
  const found = await onArenas(
    scenarios.map(
      (scenario, i) => async (arena: Arena) => casesOf(scenario, await observe(arena, scenario, `clean${i}`)),
    ),
    settings,
  );
  return found.flat();
}

/** Plays the cases, each with a feed of its own, and reports each result at once. */
export function playCases(
  cases: readonly FaultCase[],
  settings: MatrixSettings,
  onResult: (result: CaseResult) => void = () => undefined,
): Promise<CaseResult[]> {
  return onArenas(
    cases.map((faultCase, i) => async (arena: Arena) => {
      // On a busy machine a run may take another path, on which the call is not made.
      for (let attempt = 1; ; attempt++) {
        const result = await playCase(arena, faultCase, `case${attempt}${String(i).padStart(5, "0")}`);
        const isBroken = result.lost.length + result.broken.length > 0;
        if (result.injected === 0 && attempt < 5 && !isBroken) continue;
        onResult(result);
        return result;
      }
    }),
    settings,
  );
}
