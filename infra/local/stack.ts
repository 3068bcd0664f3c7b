import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { StackConfiguration } from "../config.ts";
import { getAssembly } from "./assembly.ts";
import { openChannels } from "./channels.ts";
import { openDrop } from "./drop.ts";
import { openEndpoint } from "./emulators/endpoint.ts";
import type { QueuedMessage } from "./emulators/queues.ts";
import { openSns } from "./emulators/sns/service.ts";
import { openMessages, type ReceivedMessage, type StoredMessage } from "./inbox/messages.ts";
import { openInbox } from "./inbox/server.ts";
import { openPost } from "./inbox/smtp.ts";
import type { FunctionProcess, Invocation } from "./lambda/function-process.ts";
import { openFunctions } from "./lambda/functions.ts";
import { provision } from "./provision.ts";
import { findNames } from "./stack-names.ts";
import { subscribeSamples } from "./subscribers.ts";
import { describeDeadLetters, readFailure, readQuarantine, type Trouble } from "./troubles.ts";
import { openUploader, type Uploader } from "./upload.ts";

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
  /** 0, the default, takes any. */
  readonly ports?: { readonly endpoint?: number; readonly inbox?: number };
  /** Holds the drop folder, which is then watched; without it a folder that is not. */
  readonly directory?: string;
  readonly onLog?: (line: string) => void;
  readonly onInvocation?: (invocation: Invocation, batch: { messages: number; failed: number }) => void;
  readonly onDrop?: (line: string) => void;
  readonly onMessage?: (message: ReceivedMessage) => void;
  /** Hears once of each snapshot that went into quarantine and of each dead letter. */
  readonly onTrouble?: (trouble: Trouble) => void;
}

/** What `.feedbell/local.json` says of a running stack. */
export interface StackNames {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly topics: Readonly<Record<string, string>>;
  readonly queues: { readonly intake: string; readonly deadLetter: string };
  readonly table: string;
  readonly inbox: string;
  readonly drop: string;
}

export interface LocalStack extends StackNames {
  readonly uploader: Uploader;
  /** What readers have received, oldest first. */
  messages(): readonly ReceivedMessage[];
  /** The same with identifiers and, of mails, the bytes that came over SMTP. */
  stored(): readonly StoredMessage[];
  clearMessages(): void;
  /** Resolves when the intake queue is empty, no function runs and everything published is delivered. */
  idle(options?: { readonly timeoutSeconds?: number }): Promise<void>;
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
  stop(): Promise<void>;
}

/**
 * Brings the synthesized template up on 127.0.0.1: emulators, function processes, inbox. Several can run at once.
 * Rejects with `EADDRINUSE` where a port that was asked for is taken, with `TemplateError` where the template holds
 * what is not known here, and leaves nothing behind then.
 */
export async function startLocalStack(options: LocalStackOptions = {}): Promise<LocalStack> {
  const closers: (() => void | Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  };
  try {
    return await bringUp(options, closers, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function bringUp(
  options: LocalStackOptions,
  closers: (() => void | Promise<void>)[],
  stop: () => Promise<void>,
): Promise<LocalStack> {
  const log = options.onLog ?? (() => undefined);
  const assembly = await getAssembly(await assemblyOptions(options));
  const temporary = await mkdtemp(path.join(tmpdir(), "feedbell-local-"));
  closers.push(() => rm(temporary, { recursive: true, force: true }));

  const endpoint = await openEndpoint({ port: options.ports?.endpoint ?? 0, region: "us-east-1", temporary });
  closers.push(() => endpoint.close());
  const messages = openMessages();
  const audiences = new Map<string, string>();
  const nameAudience = (arn: string) => audiences.get(arn) ?? arn.split(":").at(-1) ?? "";
  const post = await openPost(messages, nameAudience);
  closers.push(() => post.close());

  const links = {
    confirm: ({ token }: { token: string }) => `${inbox.url}/confirm?token=${token}`,
    unsubscribe: ({ arn }: { arn: string }) => `${inbox.url}/unsubscribe?arn=${encodeURIComponent(arn)}`,
  };
  const sns = openSns(
    { region: endpoint.region, account: endpoint.account },
    openChannels({ endpoint, messages, post, nameAudience, log }),
    links,
  );
  endpoint.connectSns(sns);

  const inbox = await openInbox(options.ports?.inbox ?? 0, messages, {
    confirm: (token) => (sns.confirm(token) ? "The subscription is confirmed." : "This link is not valid."),
    unsubscribe: (arn) =>
      ({
        done: "The subscription has ended.",
        unknown: "There is no such subscription.",
        guarded: "Only a signed request can end this subscription.",
      })[sns.unsubscribe(arn)],
    hints: () => ({ pid: process.pid, drop: `${names.drop}/my-feed/`, upload: uploadHint(names) }),
  });
  closers.push(() => inbox.close());

  const provisioned = await provision(assembly.template, assembly.directory, {
    endpoint,
    sns,
    stackName: assembly.stackName,
  });
  const drop = path.join(options.directory ?? temporary, "drop");
  await mkdir(drop, { recursive: true });
  const found = findNames(provisioned, [...sns.topics.keys()]);
  const names: StackNames = {
    endpoint: endpoint.url,
    region: endpoint.region,
    inbox: inbox.url,
    drop,
    ...found,
  };
  for (const [audience, arn] of Object.entries(names.topics)) audiences.set(arn, audience);
  if (options.subscribers !== false) subscribeSamples(sns, names.topics);

  if (options.onMessage) messages.watch((added) => added && options.onMessage?.(added.message));

  let lastFailure: ReturnType<typeof readFailure>;
  const troubles = async () => [
    ...(await readQuarantine(endpoint, names.bucket)),
    ...describeDeadLetters(await endpoint.queues.inspect(queueName(names.queues.deadLetter)), lastFailure),
  ];
  const told = new Set<string>();
  async function tellTroubles(): Promise<void> {
    for (const trouble of await troubles()) {
      const name = JSON.stringify(trouble);
      if (!told.has(name)) options.onTrouble?.(trouble);
      told.add(name);
    }
  }

  if (options.onTrouble) {
    // A message moves to the dead-letter queue when it is asked for, not when an invocation ends.
    const timer = setInterval(() => void tellTroubles(), 2000);
    closers.push(() => clearInterval(timer));
  }

  const invocations: Invocation[] = [];
  const functions = await openFunctions(provisioned, endpoint, {
    log(line) {
      lastFailure = readFailure(line) ?? lastFailure;
      log(line);
    },
    functionEndpoint: options.functionEndpoint ?? endpoint.url,
    onInvocation(invocation, batch) {
      invocations.push(invocation);
      options.onInvocation?.(invocation, batch);
      if (options.onTrouble) void tellTroubles();
    },
  });
  closers.push(() => functions.close());
  const uploader = openUploader(endpoint.url, endpoint.region, names.bucket);
  closers.push(() => uploader.close());
  if (options.directory !== undefined) {
    const watched = await openDrop(drop, uploader, options.onDrop ?? log);
    closers.push(() => watched.close());
  }

  const waiting = () => endpoint.queues.inspect(queueName(names.queues.intake));

  async function isIdle(): Promise<boolean> {
    if (functions.running > 0 || (await waiting()).length > 0) return false;
    await sns.settled();
    return functions.running === 0 && (await waiting()).length === 0;
  }

  return {
    ...names,
    uploader,
    messages: () => messages.all().map(({ message }) => message),
    stored: () => messages.all(),
    clearMessages: () => messages.clear(),
    async idle({ timeoutSeconds = 60 } = {}) {
      const end = Date.now() + timeoutSeconds * 1000;
      while (!(await isIdle())) {
        if (Date.now() > end) {
          const left = (await waiting()).map(({ state, receives }) => `${state} after ${receives} receives`);
          throw new Error(`Not idle after ${timeoutSeconds} s: ${left.join(", ") || "a function runs"}.`);
        }
        await sleep(15);
      }
    },
    waiting,
    deadLetters: () => endpoint.queues.inspect(queueName(names.queues.deadLetter)),
    keys(prefix) {
      const objects = endpoint.buckets.get(names.bucket)?.objects ?? new Map<string, never[]>();
      const live = [...objects].filter(([, versions]) => versions[0]?.body !== undefined);
      return live.map(([key]) => key).filter((key) => key.startsWith(prefix));
    },
    troubles,
    invocations,
    get processes() {
      return functions.processes();
    },
    calls: endpoint.calls,
    stop,
  };
}

const queueName = (url: string) => url.split("/").at(-1) ?? "";

async function assemblyOptions({ configuration, timeoutSeconds, entry }: LocalStackOptions) {
  const changed =
    timeoutSeconds === undefined
      ? configuration
      : { ...(configuration ?? (await import("../config.ts")).readConfiguration()), timeoutSeconds };
  return { ...(changed && { configuration: changed }), ...(entry !== undefined && { entry }) };
}

/** A line that uploads with any version of the AWS command line. */
export const uploadHint = ({ endpoint, region, bucket }: StackNames): string =>
  `AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_REGION=${region} aws --endpoint-url ${endpoint} s3 cp FILE s3://${bucket}/snapshots/my-feed/`;
