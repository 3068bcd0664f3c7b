import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { getAssembly } from "./assembly.ts";
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
import { openStateFolder } from "./kept-state.ts";
import { openFunctions } from "./lambda/functions.ts";
import type { Configuration } from "../../functions/core/configuration.ts";
import type { StackNames } from "../../functions/console/live-stack.ts";
import type { LocalStack, LocalStackOptions } from "./local-stack.ts";
import { openLogMemory } from "./log-memory.ts";
import type { StackConfiguration } from "../config/stack-configuration.ts";
import { provision, type Provisioned } from "./provision.ts";
import { openAudienceSchedules } from "./schedules/audience-schedules.ts";
import { openScheduleTargets } from "./schedules/schedule-targets.ts";
import { followSnapshots } from "./snapshot-states.ts";
import { startScheduler } from "./scheduler.ts";
import { uploadSamples } from "./samples.ts";
import type { Replays } from "./replay-version.ts";
import { collectState, restoreState } from "./state-parts.ts";
import { findNames } from "./stack-names.ts";
import { assemblyOptions, describeUpdate, provisionUpdate, type RunningTemplate } from "./stack-update.ts";
import { subscribeSamples } from "./subscribers.ts";
import { TemplateError } from "./template.ts";
import { makeTemporaryFolder, removeStaleFolders } from "./temporary.ts";
import { watchTroubles } from "./troubles.ts";
import { openUploader } from "./upload.ts";
import { openWaiting } from "./waiting.ts";

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
  const kept = options.state === undefined ? undefined : openStateFolder(options.state);
  if (kept?.lostSince !== undefined)
    (options.onWarning ?? log)(
      `The last stack in ${options.state} was killed: what it did after ${kept.lostSince} may be lost or repeated.`,
    );
  const endpoint = await openEndpoint({
    ...(options.state !== undefined && { state: options.state }),
    port: options.ports?.endpoint ?? 0,
    region: "us-east-1",
    temporary,
    ...(deduplicationSeconds !== undefined && { deduplicationSeconds }),
  });
  closers.push(() => endpoint.close());
  const closersOfEndpoint = closers.length;
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
  // What was published has reached its readers before the mail server closes.
  if (kept) closers.push(() => sns.settled());
  if (kept?.last) restoreState({ endpoint, sns, messages }, kept.last);
  const hasReaders = new Set(sns.topics.keys());
  const shown: { stack?: ShownStack } = {};
  const inbox = await openInbox(
    options.ports?.inbox ?? 0,
    messages,
    openInboxActions(() => shown.stack),
  );
  closers.push(() => inbox.close());

  const assembly = await synthesis;
  const provisioned = await provision(assembly, { endpoint, sns });
  const drop = path.join(options.directory ?? temporary, "drop");
  await mkdir(drop, { recursive: true });
  const namesOf = (found: Provisioned): StackNames => ({
    endpoint: endpoint.url,
    region: endpoint.region,
    inbox: inbox.url,
    drop,
    ...findNames(found, [...sns.topics.keys()]),
  });
  let running: RunningTemplate = { assembly, provisioned, names: namesOf(provisioned) };
  const { names } = running;
  for (const [audience, arn] of Object.entries(names.topics)) audiences.set(arn, audience);
  if (options.subscribers !== false) subscribeSamples(sns, names.topics, (arn) => !hasReaders.has(arn));
  if (onMessage) messages.watch((added) => added && onMessage(added.message));

  const inspect = async (queues: readonly (string | undefined)[]) => {
    const found = queues.filter((queue) => queue !== undefined);
    const messages = found.map((queue) => endpoint.queues.inspect(queueName(queue)));
    return (await Promise.all(messages)).flat();
  };
  const queueArn = (url: string) => `arn:aws:sqs:${endpoint.region}:${endpoint.account}:${queueName(url)}`;
  const waiting = () =>
    inspect([...new Set(running.provisioned.eventSources.map(({ queueArn }) => queueArn))]);
  const deadLetters = () => {
    const { deadLetter, outboxDeadLetter } = running.names.queues;
    return inspect([deadLetter, outboxDeadLetter]);
  };
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
    deadLetters: () => inspect([running.names.queues.deadLetter]),
  });

  const invocations: Invocation[] = [];
  if (kept?.last) snapshots.restore(kept.last.snapshots);
  const endKeeping = kept?.keep({
    state: () => collectState({ endpoint, sns, messages, snapshots }),
    activity: () =>
      messages.all().length + invocations.length + endpoint.calls.values().reduce((a, b) => a + b, 0),
  });
  // Saves after the functions and the mail server have ended.
  if (endKeeping) closers.splice(closersOfEndpoint, 0, endKeeping);

  const logMemory = openLogMemory(Date.now);
  const metrics = collectMetrics();
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
  let scheduler = startScheduler(provisioned.schedules, targets, { log });
  closers.push(() => {
    scheduler.close();
    targets.close();
  });
  const uploader = openUploader(endpoint.url, endpoint.region, names.bucket);
  closers.push(() => uploader.close());
  // Imported with its first use: it needs the clients of every service.
  let replays: Promise<Replays> | undefined;
  const openReplays = () =>
    (replays ??= import("./replay-version.ts").then((found) => found.openReplays(running.names)));
  closers.push(async () => (await replays)?.close());
  const waits = openWaiting({ endpoint, names, outbox: () => inspect([running.names.queues.outbox]) });
  closers.push(() => waits.close());
  // After the functions' processes, which start in the meantime.
  mailServer.prepare().catch(() => undefined);
  const show = () => {
    shown.stack = {
      endpoint,
      sns,
      names: running.names,
      configuration: readAnyConfiguration(running.provisioned),
      snapshots,
      troubles,
      logMemory,
      schedules: openAudienceSchedules(running.provisioned, scheduler),
      metrics,
      uploader,
      waiting: waits,
      replay: async (version) => (await openReplays()).run(version),
      passing: options.passing === true,
    };
  };
  show();

  async function update(configuration?: StackConfiguration): Promise<string | undefined> {
    const { onSynthesis: _, ...others } = options;
    const changed = await assemblyOptions({ ...others, ...(configuration && { configuration }) });
    const next = await provisionUpdate(running, changed, { emulators: { endpoint, sns }, namesOf });
    if (!next) return undefined;
    const before = running.names;
    running = next;
    for (const [audience, arn] of Object.entries(next.names.topics)) audiences.set(arn, audience);
    const known = Object.values(before.topics);
    if (options.subscribers !== false)
      subscribeSamples(sns, next.names.topics, (arn) => !known.includes(arn));
    functions.update(next.provisioned);
    scheduler.close();
    scheduler = startScheduler(next.provisioned.schedules, targets, { log });
    show();
    return describeUpdate(before, next.names);
  }
  if (options.samples) await uploadSamples(uploader, log);

  const activity = {
    running: () => functions.running + scheduler.running,
    waiting,
    settled: () => sns.settled(),
  };
  return {
    ...names,
    get topics() {
      return running.names.topics;
    },
    get configuration() {
      return readAnyConfiguration(running.provisioned);
    },
    update,
    isRestored: kept?.last !== undefined,
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

function readAnyConfiguration({ functions }: Pick<Provisioned, "functions">): Configuration {
  const [anyFunction] = functions.values();
  if (!anyFunction) throw new TemplateError("it has no function");
  return readFunctionConfiguration(anyFunction);
}

/** The name of a queue, from its URL or ARN. */
const queueName = (place: string) => place.split(/[/:]/).at(-1) ?? "";
