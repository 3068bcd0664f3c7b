import { SnapshotError } from "../errors.ts";

/** Time spent reading, without the time that the source and the consumer take. */
export interface Budget {
  /** Reading stops for a while. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** @throws SnapshotError `too-slow` if more than the limit has been spent. */
  readonly check: () => void;
}

/** A budget of `limit` milliseconds by a monotonic clock; without a clock it has no end. */
export function startBudget(clock: (() => number) | undefined, limit: number): Budget {
  let spent = 0;
  let since = clock?.() ?? 0;
  return {
    pause: () => {
      if (clock !== undefined) spent += clock() - since;
    },
    resume: () => {
      if (clock !== undefined) since = clock();
    },
    check: () => {
      if (clock === undefined || spent + clock() - since <= limit) return;
      throw new SnapshotError("too-slow", `more than ${limit} ms of reading`, `at most ${limit} ms`);
    },
  };
}
