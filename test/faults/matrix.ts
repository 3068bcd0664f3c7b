import { openArena, type Arena } from "./arena.ts";
import { casesOf, observe, playCase, type CaseResult, type FaultCase } from "./cases.ts";
import { digestItems, type Scenario } from "./scenarios.ts";

export interface MatrixSettings {
  /** Stacks that run side by side. */
  readonly stacks: number;
  /** The function's time-out; lease and visibility follow from it, and so does the time that a case takes. */
  readonly timeoutSeconds: number;
}

const groupOf = ({ batchSize, burst }: Scenario): string => `${batchSize} ${burst}`;

/** Runs jobs on stacks of their own, several at a time; a stack is used again by the next job of its group. */
async function onArenas<T>(
  jobs: readonly { readonly scenario: Scenario; readonly run: (arena: Arena) => Promise<T> }[],
  { stacks, timeoutSeconds }: MatrixSettings,
): Promise<T[]> {
  const queue = jobs
    .map((job, index) => ({ ...job, index }))
    .toSorted((a, b) => groupOf(a.scenario).localeCompare(groupOf(b.scenario)));
  const results: T[] = [];
  const work = async () => {
    let arena: Arena | undefined;
    let group: string | undefined;
    try {
      for (let job = queue.shift(); job; job = queue.shift()) {
        if (!arena || group !== groupOf(job.scenario)) {
          await arena?.close();
          group = groupOf(job.scenario);
          const { batchSize, burst } = job.scenario;
          arena = await openArena({ timeoutSeconds, batchSize, burst, digestItems, maximumConcurrency: 2 });
        }
        results[job.index] = await job.run(arena);
      }
    } finally {
      await arena?.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(stacks, jobs.length) }, work));
  return results;
}

/** Everything that can go wrong in these scenarios, found by watching each of them go well. */
export async function findCases(
  scenarios: readonly Scenario[],
  settings: MatrixSettings,
): Promise<readonly FaultCase[]> {
  const found = await onArenas(
    scenarios.map((scenario, i) => ({
      scenario,
      run: async (arena: Arena) => casesOf(scenario, await observe(arena, scenario, `clean${i}`)),
    })),
    settings,
  );
  return found.flat();
}

/** Plays the cases, each with a feed of its own, and tells of each as soon as it is over. */
export function playCases(
  cases: readonly FaultCase[],
  settings: MatrixSettings,
  onResult: (result: CaseResult) => void = () => undefined,
): Promise<CaseResult[]> {
  return onArenas(
    cases.map((faultCase, i) => ({
      scenario: faultCase.scenario,
      run: async (arena: Arena) => {
        // A busy machine may take another way, on which the call is not made.
        for (let attempt = 1; ; attempt++) {
          const result = await playCase(arena, faultCase, `case${attempt}${String(i).padStart(5, "0")}`);
          const isBroken = result.lost.length + result.broken.length > 0;
          if (result.injected === 0 && attempt < 5 && !isBroken) continue;
          onResult(result);
          return result;
        }
      },
    })),
    settings,
  );
}
