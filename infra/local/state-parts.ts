import type { Endpoint } from "./emulators/endpoint.ts";
import { keepBuckets, restoreBuckets } from "./emulators/s3/kept-objects.ts";
import { keepTopics, restoreTopics } from "./emulators/sns/kept-topics.ts";
import type { Sns } from "./emulators/sns/sns.ts";
import type { Messages } from "./inbox/messages.ts";
import type { KeptState } from "./kept-state.ts";
import type { SnapshotStates } from "./snapshot-states.ts";

/** The parts of a stack that have a state. */
interface StateParts {
  readonly endpoint: Pick<Endpoint, "queues" | "s3">;
  readonly sns: Pick<Sns, "topics">;
  readonly messages: Pick<Messages, "keep" | "restore">;
  readonly snapshots: Pick<SnapshotStates, "keep">;
}

export const collectState = ({ endpoint, sns, messages, snapshots }: StateParts): KeptState => ({
  buckets: keepBuckets(endpoint.s3.buckets),
  queues: endpoint.queues.keep(),
  topics: keepTopics(sns.topics),
  messages: messages.keep(),
  snapshots: snapshots.keep(),
});

/** Restores a state before the resources of the template are created; the states of snapshots come later. */
export function restoreState(
  { endpoint, sns, messages }: Omit<StateParts, "snapshots">,
  kept: KeptState,
): void {
  restoreBuckets(endpoint.s3.buckets, kept.buckets, endpoint.s3.directory);
  endpoint.queues.restore(kept.queues);
  restoreTopics(sns.topics, kept.topics);
  messages.restore(kept.messages);
}
