import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { getAssembly, type AssemblyOptions } from "./assembly.ts";
import { openChannels } from "./channels.ts";
import { collectMetrics } from "./collected-metrics.ts";
import { openEndpoint } from "./emulators/endpoint.ts";
import { openSns } from "./emulators/sns/sns.ts";
import { readFunctionConfiguration } from "./function-configuration.ts";
import { untilIdle } from "./idle.ts";
import { openInboxActions, type ShownStack } from "./inbox-actions.ts";
import { openMessages } from "./inbox/messages.ts";
import { openInbox } from "./inbox/server.ts";
import { openMailServer } from "./inbox/smtp.ts";
import type { Invocation } from "./lambda/function-process.ts";
import { openFunctions } from "./lambda/functions.ts";
import type { StackNames } from "../../functions/console/live-stack.ts";
import type { LocalStack, LocalStackOptions } from "./local-stack.ts";
import { openLogMemory } from "./log-memory.ts";
import { provision } from "./provision.ts";
import { openAudienceSchedules } from "./schedules/audience-schedules.ts";
import { openScheduleTargets } from "./schedules/schedule-targets.ts";
import { followSnapshots } from "./snapshot-states.ts";
import { startScheduler } from "./scheduler.ts";
import { uploadSamples } from "./samples.ts";
import type { Replays } from "./replay-version.ts";
import { findNames } from "./stack-names.ts";
import { subscribeSamples } from "./subscribers.ts";
import { TemplateError } from "./template.ts";
import { makeTemporaryFolder, removeStaleFolders } from "./temporary.ts";
import { watchTroubles } from "./troubles.ts";
import { openUploader } from "./upload.ts";

type Closers = (() => void | Promise<void>)[];

/**
 * Runs the synthesized template on 127.0.0.1: emulators, function processes, inbox. Several stacks can run at the same
 * time. Rejects with `EADDRINUSE` if a requested port is in use and with `TemplateError` if the template has something
 * unknown; it cleans up before it rejects.
 */
export async function startLocalStack(options: LocalStackOptions = {}): Promise<LocalStack> {
  const closers: Closers = [];
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
  closers: Closers,
  stop: () => Promise<void>,
): Promise<LocalStack> {
  const { onLog: log = () => undefined, onInvocation, onMessage, onTrouble } = options;
  const synthesis = getAssembly(await assemblyOptions(options));
  // Awaited below; a rejection before that is not unhandled.
  synthesis.catch(() => undefined);
  await removeStaleFolders();
  const temporary = await makeTemporaryFolder();
  closers.push(() => rm(temporary, { recursive: true, force: true }));

  const { deduplicationSeconds } = options;
  const endpoint = await openEndpoint({
    port: options.ports?.endpoint ?? 0,
    region: "us-east-1",
    temporary,
    ...(deduplicationSeconds !== undefined && { deduplicationSeconds }),
  });
  closers.push(() => endpoint.close());
  const messages = openMessages();
  const audiences = new Map<string, string>();
  const nameAudience = (arn: string) => audiences.get(arn) ?? arn.split(":").at(-1) ?? "";
  const mailServer = openMailServer(messages, nameAudience);
  closers.push(() => mailServer.close());

  const sns = openSns(
    { region: endpoint.region, account: endpoint.account },
    openChannels({ endpoint, messages, mailServer, nameAudience, log }),
    {
      confirm: ({ token, topic }) => `${inbox.url}/confirm?token=${token}&TopicArn=${topic.arn}`,
      unsubscribe: ({ arn }) => `${inbox.url}/unsubscribe?arn=${encodeURIComponent(arn)}`,
      endSoon: options.passing === true,
    },
  );
  endpoint.connectSns(sns);
  const shown: { stack?: ShownStack } = {};
  const inbox = await openInbox(
    options.ports?.inbox ?? 0,
    messages,
    openInboxActions(() => shown.stack),
  );
  closers.push(() => inbox.close());

  const { stackName, template, directory } = await synthesis;
  const provisioned = await provision(template, directory, { endpoint, sns, stackName });
  const drop = path.join(options.directory ?? temporary, "drop");
  await mkdir(drop, { recursive: true });
  const names: StackNames = {
    endpoint: endpoint.url,
    region: endpoint.region,
    inbox: inbox.url,
    drop,
    ...findNames(provisioned, [...sns.topics.keys()]),
  };
  for (const [audience, arn] of Object.entries(names.topics)) audiences.set(arn, audience);
  if (options.subscribers !== false) subscribeSamples(sns, names.topics);
  if (onMessage) messages.watch((added) => added && onMessage(added.message));

  const inspect = async (queues: readonly (string | undefined)[]) => {
    const found = queues.filter((queue) => queue !== undefined);
    const messages = found.map((queue) => endpoint.queues.inspect(queueName(queue)));
    return (await Promise.all(messages)).flat();
  };
  const queueArn = (url: string) => `arn:aws:sqs:${endpoint.region}:${endpoint.account}:${queueName(url)}`;
  const sources = new Set(provisioned.eventSources.map(({ queueArn }) => queueArn));
  const waiting = () => inspect([...sources]);
  const deadLetters = () => inspect([names.queues.deadLetter, names.queues.outboxDeadLetter]);
  const troubles = watchTroubles({
    endpoint,
    bucket: names.bucket,
    deadLetters,
    ...(onTrouble && { onTrouble }),
  });
  closers.push(() => troubles.close());

  const snapshots = followSnapshots({
    endpoint,
    bucket: names.bucket,
    deadLetters: () => inspect([names.queues.deadLetter]),
  });

  const logMemory = openLogMemory(Date.now);
  const metrics = collectMetrics();
  const invocations: Invocation[] = [];
  const functions = await openFunctions(provisioned, endpoint, {
    functionEndpoint: options.functionEndpoint ?? endpoint.url,
    warmQueues: options.warm ? [names.queues.intake, names.queues.outbox].map(queueArn) : [],
    ...(options.asyncRetrySeconds && { asyncRetrySeconds: options.asyncRetrySeconds }),
    log(line) {
      troubles.readLogLine(line);
      snapshots.readLogLine(line);
      metrics.readLogLine(line);
      logMemory.readLogLine(line);
      log(line);
    },
    onInvocation(invocation, batch) {
      invocations.push(invocation);
      onInvocation?.(invocation, batch);
    },
    onHandled: (messageIds) => targets.handled(messageIds),
  });
  closers.push(() => functions.close());
  const targets = openScheduleTargets(functions, endpoint);
  const scheduler = startScheduler(provisioned.schedules, targets, { log });
  closers.push(() => {
    scheduler.close();
    targets.close();
  });
  const schedules = openAudienceSchedules(provisioned, scheduler);
  const uploader = openUploader(endpoint.url, endpoint.region, names.bucket);
  closers.push(() => uploader.close());
  // Imported with its first use: it needs the clients of every service.
  let replays: Promise<Replays> | undefined;
  const openReplays = () =>
    (replays ??= import("./replay-version.ts").then((found) => found.openReplays(names)));
  closers.push(async () => (await replays)?.close());
  // After the functions' processes, which start in the meantime.
  mailServer.prepare().catch(() => undefined);
  const [anyFunction] = provisioned.functions.values();
  if (!anyFunction) throw new TemplateError("it has no function");
  shown.stack = {
    endpoint,
    sns,
    names,
    configuration: readFunctionConfiguration(anyFunction),
    snapshots,
    troubles,
    logMemory,
    schedules,
    metrics,
    uploader,
    replay: async (version) => (await openReplays()).run(version),
    passing: options.passing === true,
  };
  if (options.samples) await uploadSamples(uploader, log);

  const activity = {
    running: () => functions.running + scheduler.running,
    waiting,
    settled: () => sns.settled(),
  };
  return {
    ...names,
    uploader,
    messages: () => messages.all().map(({ message }) => message),
    stored: () => messages.all(),
    clearMessages: () => messages.clear(),
    idle: ({ timeoutSeconds = 60 } = {}) => untilIdle(activity, timeoutSeconds),
    waiting,
    deadLetters,
    troubles: () => troubles.all(),
    keys(prefix) {
      const objects = [...(endpoint.buckets.get(names.bucket)?.objects ?? [])];
      const live = objects.filter(([key, versions]) => key.startsWith(prefix) && versions[0]?.body);
      return live.map(([key]) => key);
    },
    invocations,
    get processes() {
      return functions.processes();
    },
    calls: endpoint.calls,
    schedules: () => scheduler.schedules(),
    fireSchedule: (name, at) => scheduler.fire(name, at),
    stop,
  };
}

/** The name of a queue, from its URL or ARN. */
const queueName = (place: string) => place.split(/[/:]/).at(-1) ?? "";

async function assemblyOptions(options: LocalStackOptions): Promise<AssemblyOptions> {
  const { configuration, timeoutSeconds, entries, unpaced, onSynthesis } = options;
  const changed =
    timeoutSeconds === undefined
      ? configuration
      : {
          ...(configuration ?? (await import("../config/configuration.ts")).readConfiguration()),
          timeoutSeconds,
        };
  return {
    ...(changed && { configuration: changed }),
    ...(entries && { entries }),
    ...(unpaced && { unpaced }),
    ...(onSynthesis && { onSynthesis }),
  };
}
