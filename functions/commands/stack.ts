import { readFile } from "node:fs/promises";
import path from "node:path";
import { topicOutput } from "../../infra/config/output-names.ts";
import type { StackOutputs } from "../aws/stack-outputs.ts";
import { checkProfile } from "../console/aws-profiles.ts";
import { findLiveStack, localDirectory, type StackNames } from "../console/live-stack.ts";
import { UsageError } from "../console/usage-error.ts";

/** The parts of a stack that commands use. */
export interface StackParts {
  readonly bucket?: string;
  readonly table?: string;
  /** URL of the intake queue. */
  readonly queue?: string;
  /** URL of its dead-letter queue. */
  readonly deadLetterQueue?: string;
  /** URL of the outbox queue. */
  readonly outbox?: string;
  /** URL of its dead-letter queue. */
  readonly outboxDeadLetterQueue?: string;
  /** URL of the slots queue. */
  readonly slots?: string;
}

/** A stack as commands address it; parts that a command does not need may be missing. */
export interface StackAddress extends StackParts {
  /** Name for output. */
  readonly name: string;
  readonly endpoint?: string;
  readonly region?: string;
  /** AWS profile of the shared configuration. */
  readonly profile?: string;
  /** ARN of an audience's topic; `undefined` if the stack has none for it. */
  readonly topicOf: (audience: string) => string | undefined;
  /** Names of its audiences; absent where only the configuration knows them. */
  readonly audiences?: readonly string[];
  /** URLs of the queues of what was given up, besides the dead letters of intake and outbox, by name. */
  readonly failureQueues?: Readonly<Record<string, string>>;
  /** Address of a local stack's inbox. */
  readonly inbox?: string;
  /** Name of the log group of ingest. */
  readonly logGroup?: string;
  /** It is named by options, so that `cdk.json` need not be its configuration. */
  readonly isOfOptions?: true;
}

export interface StackOptions extends StackParts {
  /** Name of a deployed stack. */
  readonly stack?: string;
  readonly endpoint?: string;
  /** AWS profile of the shared configuration. */
  readonly profile?: string;
  /** ARN of the topic of the audience that the command is about. */
  readonly topic?: string;
}

/**
 * The stack of the options; without options the running local stack, else the stack that was deployed from this folder.
 * The three are never mixed; with a profile or a stack's name it is never the local one. Throws `UsageError` for an unknown
 * profile or stack.
 */
export async function findStack(options: StackOptions, directory = localDirectory): Promise<StackAddress> {
  const { bucket, table, queue, deadLetterQueue, outbox, outboxDeadLetterQueue, slots, endpoint } = options;
  const { topic, profile, stack } = options;
  const account = profile === undefined ? {} : { profile };
  if (profile !== undefined) await checkProfile(profile, process.env);
  const place = queue ?? deadLetterQueue ?? outbox ?? outboxDeadLetterQueue ?? slots ?? topic;
  if (bucket ?? table ?? place ?? endpoint) {
    if (stack !== undefined)
      throw new UsageError("--stack names all parts of a stack: give it without options for parts.");
    const name = "the stack of the options";
    return { name, isOfOptions: true, ...options, ...regionOf(place), topicOf: () => topic };
  }
  if (stack !== undefined) return { ...addressOf(stack, await outputsOf(stack, profile)), ...account };
  const local = profile === undefined ? await findLiveStack(directory) : undefined;
  if (local) return localStack(local);
  return { ...(await readOutputs(path.join(directory, "outputs.json"))), ...account };
}

/** The outputs of a deployed stack, as CloudFormation has them. Throws `UsageError` where it is none of feedbell's. */
async function outputsOf(stack: string, profile: string | undefined): Promise<StackOutputs> {
  const { describeOutputs } = await import("../aws/stack-outputs.ts");
  let outputs: StackOutputs | undefined;
  try {
    outputs = await describeOutputs(stack, profile);
  } catch (error) {
    throw new UsageError(
      `The outputs of the stack ${stack} can't be read: ${reasonOf(error)} ` +
        "Check the credentials (AWS_PROFILE or --profile), the region (AWS_REGION), and the permission cloudformation:DescribeStacks.",
    );
  }
  if (!outputs)
    throw new UsageError(`There is no stack ${stack} in this account and region; --profile chooses others.`);
  if (!outputs["BucketName"])
    throw new UsageError(`The stack ${stack} is not one of feedbell: it has no output BucketName.`);
  return outputs;
}

/** The message of an error as a sentence. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/[^.!?]$/, "$&.");

/** A running local stack. */
export function localStack(local: StackNames): StackAddress {
  const { queues, endpoint, region } = local;
  return {
    name: `the local stack at ${endpoint}`,
    bucket: local.bucket,
    table: local.table,
    queue: queues.intake,
    deadLetterQueue: queues.deadLetter,
    outbox: queues.outbox,
    outboxDeadLetterQueue: queues.outboxDeadLetter,
    slots: queues.slots,
    endpoint,
    region,
    inbox: local.inbox,
    topicOf: (audience) => local.topics[audience],
    audiences: Object.keys(local.topics),
  };
}

/** Reads the file of `cdk deploy --outputs-file`: the outputs of each stack by its name. */
async function readOutputs(file: string): Promise<StackAddress> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined)
    throw new UsageError(
      "No stack is found: none runs locally and none was deployed from this folder. " +
        "Start one with `npm start`, deploy one with `npm run deploy`, or name one by --stack or by its parts.",
    );
  const stacks = Object.entries(outputsIn(text, file)).filter(([, outputs]) => outputs["BucketName"]);
  const [first, second] = stacks;
  if (!first || second)
    throw new UsageError(
      `${file} has ${stacks.length} stacks with a bucket; expected one. Choose one by --stack.`,
    );
  return addressOf(...first);
}

function addressOf(stackName: string, outputs: StackOutputs): StackAddress {
  const parts = Object.entries(outputNames).flatMap(([part, output]) => {
    const value = outputs[output];
    return value === undefined ? [] : [[part, value] as const];
  });
  const failureQueues = Object.entries(failureOutputs).flatMap(([part, output]) => {
    const value = outputs[output];
    return value === undefined ? [] : [[part, value] as const];
  });
  return {
    name: `the deployed stack ${stackName}`,
    ...(Object.fromEntries(parts) as StackParts),
    ...regionOf(outputs[outputNames.queue]),
    ...(outputs["IngestLogGroupName"] !== undefined && { logGroup: outputs["IngestLogGroupName"] }),
    topicOf: (audience) => outputs[topicOutput(audience)],
    ...(failureQueues.length > 0 && { failureQueues: Object.fromEntries(failureQueues) }),
  };
}

/** The stack's outputs. */
const outputNames = {
  bucket: "BucketName",
  table: "TableName",
  queue: "IntakeQueueUrl",
  deadLetterQueue: "DeadLetterQueueUrl",
  outbox: "OutboxQueueUrl",
  outboxDeadLetterQueue: "OutboxDeadLetterQueueUrl",
  slots: "SlotsQueueUrl",
} as const satisfies Record<keyof StackParts, string>;

const failureOutputs = {
  "slot dead letters": "SlotsDeadLetterQueueUrl",
  "schedule failures": "ScheduleFailuresQueueUrl",
  "watch failures": "WatchFailuresQueueUrl",
} as const;

function outputsIn(text: string, file: string): Record<string, StackOutputs> {
  try {
    return JSON.parse(text) as Record<string, Record<string, string>>;
  } catch {
    throw new UsageError(`${file} is no JSON; deploy again to have it written.`);
  }
}

/** The region in a queue URL (Amazon SQS Developer Guide, 'Queue and message identifiers') or in the ARN of a topic. */
function regionOf(place = ""): { readonly region?: string } {
  const region = /^(?:https:\/\/sqs\.|arn:aws[a-z-]*:sns:)([a-z0-9-]+)(?:\.amazonaws\.com|:)/.exec(
    place,
  )?.[1];
  return region === undefined ? {} : { region };
}

const optionNames = {
  bucket: "--bucket",
  table: "--table",
  queue: "--queue",
  deadLetterQueue: "--dead-letter-queue",
  outbox: "--outbox",
  outboxDeadLetterQueue: "--outbox-dead-letter-queue",
  slots: "--slots",
} as const satisfies Record<keyof StackParts, string>;

/** The parts of an address that a command needs; throws `UsageError` with all missing options. */
export function need<K extends keyof typeof optionNames>(
  stack: StackAddress,
  ...parts: readonly K[]
): Readonly<Record<K, string>> {
  const missing = parts.filter((part) => stack[part] === undefined);
  if (missing.length > 0)
    throw new UsageError(`${missing.map((part) => optionNames[part]).join(" and ")} must be given as well.`);
  return stack as Readonly<Record<K, string>>;
}
