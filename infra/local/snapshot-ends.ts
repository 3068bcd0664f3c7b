import { setTimeout } from "node:timers/promises";
import { readOutcome, type Outcome } from "../../functions/console/outcomes.ts";

/** How the last run of each snapshot ended. */
export interface SnapshotEnds {
  /** Reads a line of the functions' log. */
  readonly note: (line: string) => void;
  /** The end of the last run of a key; waits a moment for its line. `undefined` if there is none. */
  readonly take: (key: string) => Promise<Outcome | undefined>;
}

/** Milliseconds in which the line of a run arrives that has ended: logs come through another pipe than results. */
const patience = 1_000;

export function rememberEnds(): SnapshotEnds {
  const ends = new Map<string, Outcome>();
  return {
    note(line) {
      const outcome = readOutcome(line);
      if (outcome?.isEnd === true) ends.set(outcome.key, outcome);
    },
    async take(key) {
      for (const start = performance.now(); !ends.has(key) && performance.now() - start < patience;)
        await setTimeout(10);
      const end = ends.get(key);
      ends.delete(key);
      return end;
    },
  };
}
