import type { Reporter, TestCase, TestModule, Vitest } from "vitest/node";

/** Prints, as the last lines of a run, how many tests were skipped and why. */
export class SkipReporter implements Reporter {
  private isFiltered = false;

  onInit({ config }: Vitest): void {
    this.isFiltered = config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules
      .flatMap((module) => [...module.children.allTests("skipped")])
      .map((test) => reasonOf(test) ?? (this.isFiltered ? undefined : `no reason given: ${test.fullName}`))
      .filter((reason) => reason !== undefined);
    if (skipped.length > 0) process.stdout.write(`${describeSkipped(skipped)}\n`);
  }
}

/** The reasons with their counts, the most frequent first. */
export function describeSkipped(reasons: readonly string[]): string {
  const counts = [...Map.groupBy(reasons, (reason) => reason)].map(
    ([reason, { length }]) => [reason, length] as const,
  );
  const lines = counts
    .toSorted(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${String(count).padStart(4)}  ${reason}`);
  return ["Skipped tests:", ...lines].join("\n");
}

/** The reason given to `skip()`, or the options of the test or of a suite around it. */
function reasonOf(test: TestCase): string | undefined {
  const result = test.result();
  if (result.state === "skipped" && result.note !== undefined) return result.note;
  if (test.meta().skipReason !== undefined) return test.meta().skipReason;
  for (let parent = test.parent; parent.type === "suite"; parent = parent.parent)
    if (parent.meta().skipReason !== undefined) return parent.meta().skipReason;
  return undefined;
}
