import type { InvocationOutcome } from "./function-process.ts";

/** What became of the messages of one invocation. */
export interface Batch {
  readonly messages: number;
  readonly failed: number;
  /** Of those that failed, how many have been received as often as their queue allows. */
  readonly givenUp: number;
}

/** Where the messages go that failed, in words; `failed` is at least one. */
export function describeReturn(
  kind: InvocationOutcome["kind"],
  { messages, failed, givenUp }: Batch,
): string {
  const how = kind === "done" ? "" : ` (the function ${kind})`;
  const which = (count: number) =>
    messages === 1 ? "A message goes" : `${count} of ${messages} messages ${count === 1 ? "goes" : "go"}`;
  const back = failed > givenUp ? [`${which(failed - givenUp)} back to the queue`] : [];
  const dead = givenUp > 0 ? [`${which(givenUp)} to the dead-letter queue`] : [];
  return [...back, ...dead].join(", ") + how;
}

/**
 * The identifiers of a batch that may be deleted from the queue, as Lambda decides it (AWS Lambda developer guide,
 * "Implementing partial batch responses"): all after an empty answer or an empty list; all but those that the function
 * names; none after an error, after an answer that is no such list, or where it names an empty or unknown identifier.
 */
export function succeeded(
  ids: readonly string[],
  outcome: InvocationOutcome,
  reportsFailures: boolean,
): readonly string[] {
  if (outcome.kind !== "done") return [];
  if (!reportsFailures) return ids;
  const { payload } = outcome;
  if (payload === null || payload === undefined) return ids;
  if (typeof payload !== "object") return [];
  const failures = (payload as { batchItemFailures?: unknown }).batchItemFailures;
  if (failures === undefined || failures === null) return ids;
  if (!Array.isArray(failures)) return [];
  const failed = failures.map((failure: unknown) =>
    typeof failure === "object" && failure !== null && "itemIdentifier" in failure
      ? failure.itemIdentifier
      : undefined,
  );
  if (failed.some((id) => typeof id !== "string" || !ids.includes(id))) return [];
  return ids.filter((id) => !failed.includes(id));
}
