import { readFile } from "node:fs/promises";
import path from "node:path";
import { findLiveStack, localDirectory } from "../../console/live-stack.ts";
import { UsageError } from "../../console/usage-error.ts";

/** Where a stack takes snapshots in; what a command does not need may be missing. */
export interface StackAddress {
  /** What people call it. */
  readonly name: string;
  readonly bucket?: string;
  readonly queue?: string;
  readonly deadLetterQueue?: string;
  readonly endpoint?: string;
  readonly region?: string;
}

export interface StackOptions {
  readonly bucket?: string;
  readonly queue?: string;
  readonly deadLetterQueue?: string;
  readonly endpoint?: string;
}

/**
 * The stack that the options name; without any, the local one that runs now, else the one that was deployed from
 * this folder. The three are never mixed.
 */
export async function findStack(options: StackOptions, directory = localDirectory): Promise<StackAddress> {
  const { bucket, queue, deadLetterQueue, endpoint } = options;
  if (bucket ?? queue ?? deadLetterQueue ?? endpoint)
    return { name: "the stack of the options", ...options, ...regionOf(queue ?? deadLetterQueue) };
  const local = await findLiveStack(directory);
  if (local) {
    const { queues, endpoint, region } = local;
    const name = `the local stack at ${endpoint}`;
    return {
      name,
      bucket: local.bucket,
      queue: queues.intake,
      deadLetterQueue: queues.deadLetter,
      endpoint,
      region,
    };
  }
  return readOutputs(path.join(directory, "outputs.json"));
}

/** What `cdk deploy --outputs-file` wrote: the outputs of each stack by its name. */
async function readOutputs(file: string): Promise<StackAddress> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined)
    throw new UsageError(
      "No stack is found: none runs locally and none was deployed from this folder. " +
        "Start one with `npm start`, deploy one with `npm run deploy`, or give --bucket, --queue and --dead-letter-queue.",
    );
  const stacks = Object.entries(outputsIn(text, file)).filter(([, outputs]) => outputs["BucketName"]);
  const [first, second] = stacks;
  if (!first || second)
    throw new UsageError(
      `${file} tells of ${stacks.length} stacks with a bucket; expected one. Deploy again, or give --bucket, --queue and --dead-letter-queue.`,
    );
  const [stackName, { BucketName, IntakeQueueUrl, DeadLetterQueueUrl }] = first;
  return {
    name: `the deployed stack ${stackName}`,
    ...(BucketName !== undefined && { bucket: BucketName }),
    ...(IntakeQueueUrl !== undefined && { queue: IntakeQueueUrl }),
    ...(DeadLetterQueueUrl !== undefined && { deadLetterQueue: DeadLetterQueueUrl }),
    ...regionOf(IntakeQueueUrl),
  };
}

function outputsIn(text: string, file: string): Record<string, Record<string, string | undefined>> {
  try {
    return JSON.parse(text) as Record<string, Record<string, string>>;
  } catch {
    throw new UsageError(`${file} is no JSON; deploy again to have it written.`);
  }
}

/** Queue URLs name their region (Amazon SQS Developer Guide, 'Queue and message identifiers'). */
function regionOf(url: string | undefined): { readonly region?: string } {
  const region = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com/.exec(url ?? "")?.[1];
  return region === undefined ? {} : { region };
}

const optionNames = { bucket: "--bucket", queue: "--queue", deadLetterQueue: "--dead-letter-queue" } as const;

/** The parts of an address that a command needs; names all that are missing. */
export function need<K extends keyof typeof optionNames>(
  stack: StackAddress,
  ...parts: readonly K[]
): Readonly<Record<K, string>> {
  const missing = parts.filter((part) => stack[part] === undefined);
  if (missing.length > 0)
    throw new UsageError(`${missing.map((part) => optionNames[part]).join(" and ")} must be given as well.`);
  return stack as Readonly<Record<K, string>>;
}
