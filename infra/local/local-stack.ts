import type { StackNames } from "../../functions/console/live-stack.ts";
import type { StackConfiguration } from "../config/configuration.ts";
import type { QueuedMessage } from "./emulators/queues.ts";
import type { ReceivedMessage, StoredMessage } from "./inbox/messages.ts";
import type { Batch } from "./lambda/batch-outcome.ts";
import type { FunctionProcess, Invocation } from "./lambda/function-process.ts";
import type { Trouble } from "./troubles.ts";
import type { Uploader } from "./upload.ts";

export interface LocalStackOptions {
  /** The project's own by default. */
  readonly configuration?: StackConfiguration;
  /** Time-out of the function in place of the configured one; lease and visibility follow from it. */
  readonly timeoutSeconds?: number;
  /** Source of the function in place of `functions/ingest.ts`. */
  readonly entry?: string;
  /** Where every client of the function's processes goes instead of the stack's own endpoint. */
  readonly functionEndpoint?: string;
  /** Subscribe a sample mail address and telephone number to each audience; true by default. */
  readonly subscribers?: boolean;
  /** Upload the samples that ship with the project; false by default. */
  readonly samples?: boolean;
  /** 0, the default, takes any. */
  readonly ports?: { readonly endpoint?: number; readonly inbox?: number };
  /** It ends by itself; another stack may take its place in `.feedbell/local.json`. */
  readonly passing?: boolean;
  /** Holds the drop folder; a folder that ends with the stack by default. */
  readonly directory?: string;
  /** Hears each line that the function's processes write. */
  readonly onLog?: (line: string) => void;
  readonly onInvocation?: (invocation: Invocation, batch: Batch) => void;
  readonly onMessage?: (message: ReceivedMessage) => void;
  /** Hears once of each snapshot that went into quarantine and of each dead letter. */
  readonly onTrouble?: (trouble: Trouble) => void;
}

export interface LocalStack extends StackNames {
  readonly uploader: Uploader;
  /** What readers have received, oldest first. */
  messages(): readonly ReceivedMessage[];
  /** The same with identifiers and, of mails, the bytes that came over SMTP. */
  stored(): readonly StoredMessage[];
  clearMessages(): void;
  /** Resolves when the intake queue is empty, no function runs and everything published is delivered; rejects when the time (60 s by default) is over. */
  idle(options?: { readonly timeoutSeconds?: number }): Promise<void>;
  /** What is in the intake queue, in whatever state. */
  waiting(): Promise<readonly QueuedMessage[]>;
  deadLetters(): Promise<readonly QueuedMessage[]>;
  /** What went into quarantine and to the dead-letter queue, with its reason. */
  troubles(): Promise<readonly Trouble[]>;
  /** Keys under a prefix, in no order. */
  keys(prefix: string): readonly string[];
  /** Every invocation so far, oldest first. */
  readonly invocations: readonly Invocation[];
  /** The function's processes that live now; tests may kill them. */
  readonly processes: readonly FunctionProcess[];
  /** How often each operation was called at the endpoint, by names such as `sns.PublishBatch`. */
  readonly calls: ReadonlyMap<string, number>;
  /** Ends every process, connection and file of the stack; a second call does nothing. */
  stop(): Promise<void>;
}

/** A line that uploads with any version of the AWS command line. */
export const uploadHint = ({ endpoint, region, bucket }: StackNames): string =>
  `AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_REGION=${region} aws --endpoint-url ${endpoint} s3 cp FILE s3://${bucket}/snapshots/my-feed/`;
