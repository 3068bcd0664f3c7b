import type { StackNames } from "../../functions/console/live-stack.ts";
import type { Entries } from "../bundle.ts";
import type { Configuration } from "../../functions/core/configuration.ts";
import type { StackConfiguration } from "../config/stack-configuration.ts";
import type { QueuedMessage } from "./emulators/queues.ts";
import type { ReceivedMessage, StoredMessage } from "./inbox/messages.ts";
import type { Batch } from "./lambda/batch-outcome.ts";
import type { FunctionProcess, Invocation } from "./lambda/function-process.ts";
import type { ScheduleStatus } from "./scheduler.ts";
import type { Trouble } from "./troubles.ts";
import type { Uploader } from "./upload.ts";

export interface LocalStackOptions {
  /** The project's own by default. */
  readonly configuration?: StackConfiguration;
  /** Overrides the configured time-out of the function; lease and visibility are derived from it. */
  readonly timeoutSeconds?: number;
  /** Entry files of functions; those of `functions/` by default. */
  readonly entries?: Partial<Entries>;
  /** Publishes as fast as SNS allows instead of at each audience's pace; false by default. */
  readonly unpaced?: boolean;
  /** Called if the template is not in the cache: its synthesis takes a few seconds. */
  readonly onSynthesis?: () => void;
  /** Starts a process of ingest and of deliver before their first event; false by default. */
  readonly warm?: boolean;
  /** Endpoint for the function's AWS clients; the stack's own by default. */
  readonly functionEndpoint?: string;
  /** Subscribes a sample mail address and telephone number to each audience; true by default. */
  readonly subscribers?: boolean;
  /** Uploads the sample snapshots; false by default. */
  readonly samples?: boolean;
  /** 0, the default, chooses a free port. */
  readonly ports?: { readonly endpoint?: number; readonly inbox?: number };
  /** The stack stops by itself; another stack may replace it in `.feedbell/local.json`. */
  readonly passing?: boolean;
  /** Folder whose state is used and kept; without it everything is removed at the end. */
  readonly state?: string;
  /** Parent of the drop folder; a temporary folder by default. */
  readonly directory?: string;
  /** Deduplication interval of FIFO queues; 300, as on SQS, by default. 0 turns deduplication off. */
  readonly deduplicationSeconds?: number;
  /** Seconds before each retry of a failed asynchronous invocation; 60 and 120, as on Lambda, by default. */
  readonly asyncRetrySeconds?: readonly number[];
  /** Called with each line that the function's processes log. */
  readonly onLog?: (line: string) => void;
  /** Called after each invocation; an asynchronous one has no batch. */
  readonly onInvocation?: (invocation: Invocation, batch?: Batch) => void;
  /** Called with what the user should know, such as that an earlier stack was killed; `onLog` by default. */
  readonly onWarning?: (line: string) => void;
  readonly onMessage?: (message: ReceivedMessage) => void;
  /** Called once for each quarantined snapshot and each dead letter. */
  readonly onTrouble?: (trouble: Trouble) => void;
}

export interface LocalStack extends StackNames {
  /** It goes on with the state of an earlier stack. */
  readonly isRestored: boolean;
  /** What the functions know of the configuration. */
  readonly configuration: Configuration;
  readonly uploader: Uploader;
  /** Received messages, oldest first. */
  messages(): readonly ReceivedMessage[];
  /** Received messages with their ids and, for mails, their raw bytes. */
  stored(): readonly StoredMessage[];
  clearMessages(): void;
  /**
   * Resolves when every queue that a function reads is empty, no function runs and everything published is delivered.
   * Rejects after `timeoutSeconds` (60 by default).
   */
  idle(options?: { readonly timeoutSeconds?: number }): Promise<void>;
  /** Messages in the queues that functions read, delayed and in-flight ones included. */
  waiting(): Promise<readonly QueuedMessage[]>;
  deadLetters(): Promise<readonly QueuedMessage[]>;
  /** Quarantined snapshots and dead letters, with their reasons. */
  troubles(): Promise<readonly Trouble[]>;
  /** Keys under a prefix, unordered. */
  keys(prefix: string): readonly string[];
  /** Every invocation so far, oldest first. */
  readonly invocations: readonly Invocation[];
  /** The function's live processes; tests may kill them. */
  readonly processes: readonly FunctionProcess[];
  /** Number of calls per operation at the endpoint, by names such as `sns.PublishBatch`. */
  readonly calls: ReadonlyMap<string, number>;
  /** The schedules of the template and when each fires next. */
  schedules(): readonly ScheduleStatus[];
  /**
   * Fires a schedule now, with `at` (milliseconds of the epoch; now by default) as its scheduled time. Resolves when its
   * target has handled it.
   */
  fireSchedule(name: string, at?: number): Promise<void>;
  /**
   * Takes changed sources and a changed `cdk.json`, or the given configuration, over: messages, readers and the ledger stay, and running invocations
   * end undisturbed. Returns what has changed, in words; `undefined` if nothing has. Rejects with a `ConfigurationError`
   * or `TemplateError` by name for mistakes, and the stack stays as it was.
   */
  update(configuration?: StackConfiguration): Promise<string | undefined>;
  /** Stops the processes, closes the connections, removes temporary files. Calling it again does nothing. */
  stop(): Promise<void>;
}
