import { openArena, type Arena } from "./arena.ts";
import { casesOf, observe, playCase, type CaseResult, type FaultCase } from "./cases.ts";
import { arenaAudiences } from "./arena-configuration.ts";
import type { Scenario } from "./scenarios.ts";

export interface MatrixSettings {
  /** Stacks that run side by side. */
  readonly stacks: number;
  /** Time-out of the functions; lease and visibility follow from it, and so does the time that a case takes. */
  readonly timeoutSeconds: number;
  /** Deduplication interval of the outbox. */
  readonly deduplicationSeconds: number;
}

/** What is played on a stack. */
interface Job<T> {
  readonly scenario: Scenario;
  readonly play: (arena: Arena) => Promise<T>;
}

/** Runs jobs on several stacks side by side; a stack plays scenarios of one time-out only. */
async function onArenas<T>(
  jobs: readonly Job<T>[],
  { stacks, timeoutSeconds, deduplicationSeconds }: MatrixSettings,
): Promise<T[]> {
  const results: T[] = [];
  const ofTimeout = Map.groupBy(jobs.entries(), ([, job]) => job.scenario.timeoutSeconds ?? timeoutSeconds);
  for (const [seconds, queue] of ofTimeout) {
    const configuration = arenaAudiences({ timeoutSeconds: seconds, maximumConcurrency: 2 });
    const work = async () => {
      const arena = await openArena({ configuration, deduplicationSeconds });
      try {
        for (let next = queue.shift(); next; next = queue.shift())
          results[next[0]] = await next[1].play(arena);
      } finally {
        await arena.close();
      }
    };
    await Promise.all(Array.from({ length: Math.min(stacks, queue.length) }, work));
  }
  return results;
}

/** Every fault that can occur in these scenarios, found by observing runs without faults. */
export async function findCases(
  scenarios: readonly Scenario[],
  settings: MatrixSettings,
): Promise<readonly FaultCase[]> {
  const jobs = scenarios.map((scenario, i) => ({
    scenario,
    play: async (arena: Arena) => casesOf(scenario, await observe(arena, scenario, `clean${i}`)),
  }));
  return (await onArenas(jobs, settings)).flat();
}

/** Plays the cases, each with a feed of its own, and reports each result at once. */
export function playCases(
  cases: readonly FaultCase[],
  settings: MatrixSettings,
  onResult: (result: CaseResult) => void = () => undefined,
): Promise<CaseResult[]> {
  const jobs = cases.map((one, i) => ({
    scenario: one.scenario,
    play: async (arena: Arena) => {
      // On a busy machine a run may take another path, on which the call is not made.
      for (let attempt = 1; ; attempt++) {
        const result = await playCase(arena, one, `case${attempt}${String(i).padStart(5, "0")}`);
        const isBroken = result.lost.length + result.broken.length > 0;
        if (result.injected === 0 && attempt < 3 && !isBroken) continue;
        onResult(result);
        return result;
      }
    },
  }));
  return onArenas(jobs, settings);
}
