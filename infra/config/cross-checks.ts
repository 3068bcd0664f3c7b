import type { StackConfiguration } from "./configuration.ts";
import { deadLetterDays, intakeDays, replayDays } from "./deployment.ts";
import type { Mistake } from "./mistakes.ts";
import { readingTime } from "./schema.ts";

/** Characters of a topic's ARN besides its name, in the longest partition and region. */
const arnLength = 60;

/** Characters of topic ARNs in the function's inline policy, which as a whole may have 10,240 (IAM quotas). */
const arnBudget = 8_000;

/** A mistake that no single value makes, with every path that has a part in it. */
export interface Contradiction extends Mistake {
  readonly involves: readonly (readonly PropertyKey[])[];
}

const retentions = ["snapshotDays", "quarantineDays"] as const;

/** What doesn't fit together in a configuration whose values are each right. */
export function contradictions(configuration: StackConfiguration): Contradiction[] {
  return [
    ...twins(configuration),
    ...tooManyTopics(configuration),
    ...forgottenTooSoon(configuration),
    ...unreachableLimits(configuration),
  ];
}

function* twins({ audiences }: StackConfiguration): Iterable<Contradiction> {
  const seen = new Map<string, string>();
  for (const { name } of audiences) {
    // Names of the stack's outputs have no hyphens, so that `a-1` and `a1` would meet there.
    const bare = name.replaceAll("-", "");
    const twin = seen.get(bare);
    seen.set(bare, twin ?? name);
    if (twin === undefined) continue;
    const says = `found the names ${JSON.stringify(twin)} and ${JSON.stringify(name)}; expected names that differ, hyphens not counted`;
    yield { path: ["audiences"], says, involves: [] };
  }
}

function* tooManyTopics({ audiences, deployment }: StackConfiguration): Iterable<Contradiction> {
  const each = (name: string) => arnLength + deployment.stackName.length + name.length;
  const total = audiences.reduce((sum, { name }) => sum + each(name), 0);
  if (total <= arnBudget) return;
  const says = `found ${audiences.length} audiences, whose topics' ARNs take some ${total} characters; expected at most ${arnBudget}, so that the function's policy, which names each, stays within IAM's limit`;
  yield { path: ["audiences"], says, involves: [["deployment", "stackName"]] };
}

function* forgottenTooSoon({ deployment, ledgerDays }: StackConfiguration): Iterable<Contradiction> {
  for (const key of retentions) {
    const days = deployment[key];
    const path = ["deployment", key];
    if (days < replayDays) {
      const says = `found ${days}; expected at least ${replayDays}, the days in which a queued message may still ask for a snapshot (${deadLetterDays} in the dead-letter queue and, redriven, ${intakeDays} in the intake queue)`;
      yield { path, says, involves: [path] };
    }
    // An entry's record is renewed only once half of its time has passed, so that half is all that is certain.
    if (ledgerDays < 2 * days) {
      const says = `found ${ledgerDays}; expected at least ${2 * days}, twice deployment.${key}, or a replay of an old snapshot would send again what the ledger has forgotten`;
      yield { path: ["ledgerDays"], says, involves: [["ledgerDays"], path] };
    }
  }
}

function* unreachableLimits({ limits, timeoutSeconds }: StackConfiguration): Iterable<Contradiction> {
  if (limits.milliseconds > readingTime(timeoutSeconds)) {
    const path = ["limits", "milliseconds"];
    const says = `found ${limits.milliseconds}; expected at most ${readingTime(timeoutSeconds)}, when the function's time-out ends it`;
    yield { path, says, involves: [path, ["timeoutSeconds"]] };
  }
  if (limits.expandedBytes < limits.bytes) {
    const path = ["limits", "expandedBytes"];
    const says = `found ${limits.expandedBytes}; expected at least limits.bytes, ${limits.bytes}`;
    yield { path, says, involves: [path, ["limits", "bytes"]] };
  }
}
