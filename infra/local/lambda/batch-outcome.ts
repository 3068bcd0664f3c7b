import type { InvocationOutcome } from "./function-process.ts";

/** Result of the messages of one invocation. */
export interface Batch {
  readonly messages: number;
  readonly failed: number;
  /** Failed messages that were received as often as their queue allows. */
  readonly givenUp: number;
}

/** A sentence that says where the failed messages go; `failed` is at least one. */
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
 * The ids of a batch that Lambda deletes from the queue (AWS Lambda Developer Guide, "Implementing partial batch
 * responses"): all after an empty response or an empty list; all but the reported ones; none after an error, after a
 * response that is not such a list, or if it reports an empty or unknown id.
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
