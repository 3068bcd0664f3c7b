import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import { collectMetrics } from "../../infra/local/collected-metrics.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { countCapacity } from "../bench/path/capacity.ts";
import { openProxy } from "../faults/proxy.ts";
import { rss } from "../support/stack-under-test.ts";
import { metricKey, type Samples } from "./alarms/evaluate.ts";
import { put } from "./alarms/simulated-queue.ts";
import type { ResourceNames } from "./alarms/simulated-stack.ts";

/** Seconds of the run that are one period of five minutes in the samples. */
export const tickSeconds = 5;
const ticks = 48;
const period = 300;
export const runSeconds = ticks * tickSeconds;

export const settings = {
  maxRetrySeconds: 5,
  audiences: [
    { name: "alerts", mode: "alerts", rules: { exclude: ["sponsored"] } },
    { name: "digest", mode: "digest" },
    { name: "morning", mode: "digest", schedule: "daily 07:00" },
  ],
};

interface RunNames extends ResourceNames {
  readonly table: string;
  readonly topic: (audience: string) => string;
  readonly scheduleGroup: (start: string) => string;
}

/**
 * Runs a local stack for four minutes: uploads to four feeds, some of them unreadable or unchanged, a schedule that fires
 * twice, SNS unreachable for half a minute, a snapshot that kills ingest, and a message that SNS refuses. Returns its
 * metrics: those of the functions from their log, and those of AWS as far as the local services have them. Five
 * seconds of the run are one period of five minutes.
 */
export async function runForDashboard(names: RunNames): Promise<Samples> {
  const samples: Samples = new Map();
  const proxy = await openProxy();
  let collected = collectMetrics();
  const stack = await startLocalStack({
    configuration: parseConfiguration(settings),
    functionEndpoint: proxy.url,
    timeoutSeconds: 4,
    onLog: (line) => collected.readLogLine(line),
  });
  const { endpoint, region } = stack;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const sqs = new SQSClient({ endpoint, region, credentials });
  try {
    proxy.connect(endpoint, (traceId) => {
      for (const process of stack.processes) if (process.traceId === traceId) process.kill("SIGKILL");
    });
    const capacity = countCapacity();
    let tick = 0;
    proxy.reset(
      ({ name, object = "" }) => {
        if (name.startsWith("sns.PublishBatch") && tick >= 20 && tick < 26) return "error before";
        return object.includes("poison") ? "killed before" : undefined;
      },
      {
        tap: capacity.tap,
        refusal: ({ email }) => (email.includes("Lantern") ? "InvalidParameter" : undefined),
      },
    );
    const before = { invocations: 0, reads: 0, writes: 0, messages: 0 };
    const [watch, ...schedules] = stack
      .schedules()
      .toSorted((a, b) => Number(b.expression === "rate(1 hour)") - Number(a.expression === "rate(1 hour)"));
    const start = Date.now();
    for (; tick < ticks; tick++) {
      await act(stack, tick);
      if (tick % 12 === 6 && watch) void stack.fireSchedule(watch.name);
      if (tick === 18 || tick === 40) for (const { name } of schedules) void stack.fireSchedule(name);
      await new Promise((resolve) =>
        setTimeout(resolve, Math.max(0, start + (tick + 1) * tickSeconds * 1000 - Date.now())),
      );
      const at = tick * period;
      const emit = (namespace: string, name: string, value: number, dimensions = {}) =>
        put(samples, metricKey(namespace, name, dimensions), at, value);

      for (const { namespace, name, dimensions, periods } of collected.all())
        for (const { sum, maximum, count } of periods)
          // A period's sum, so that the widget's own statistic is right for counts and for ages.
          emit(
            namespace,
            name,
            count > 0 && /Age$|^waiting|^feeds|^silent|^subscr|^str|^long/.test(name) ? maximum : sum,
            dimensions,
          );
      collected = collectMetrics();

      const ended = stack.invocations.slice(before.invocations);
      before.invocations += ended.length;
      for (const [name, part] of functions) {
        const own = ended.filter(({ functionName }) => functionName.includes(part));
        const dimension = { FunctionName: names.function(name) };
        const failed = own.filter(({ outcome }) => outcome.kind !== "done");
        emit("AWS/Lambda", "Invocations", own.length, dimension);
        emit("AWS/Lambda", "Errors", failed.length, dimension);
        emit("AWS/Lambda", "Throttles", 0, dimension);
        const milliseconds = own.reduce((sum, invocation) => sum + invocation.milliseconds, 0);
        emit("AWS/Lambda", "Duration", milliseconds, dimension);
      }

      const waiting = await stack.waiting();
      for (const [name, queue] of [
        ["IntakeQueue", stack.queues.intake],
        ["OutboxQueue", stack.queues.outbox],
        ["SchedulesSlots", stack.queues.slots],
        ["IntakeDeadLetters", stack.queues.deadLetter],
        ["OutboxDeadLetters", stack.queues.outboxDeadLetter],
      ] as const) {
        const dimension = { QueueName: names.queue(name) };
        const { Attributes } = await sqs.send(
          new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ["All"] }),
        );
        const visible = Number(Attributes?.ApproximateNumberOfMessages ?? 0);
        emit("AWS/SQS", "ApproximateNumberOfMessagesVisible", visible, dimension);
        const ages = waiting.filter(({ body }) => queueOf(body) === name).map(({ body }) => ageOf(body));
        emit("AWS/SQS", "ApproximateAgeOfOldestMessage", Math.max(0, ...ages), dimension);
      }
      for (const name of ["SchedulesDeadLetters", "SchedulesFailures", "WatchFailures"])
        emit("AWS/SQS", "ApproximateNumberOfMessagesVisible", 0, { QueueName: names.queue(name) });

      const received = stack.messages().slice(before.messages);
      before.messages += received.length;
      for (const audience of Object.keys(stack.topics)) {
        const dimension = { TopicName: names.topic(audience) };
        const delivered = received.filter((message) => message.audience === audience).length;
        emit("AWS/SNS", "NumberOfNotificationsDelivered", delivered, dimension);
        emit("AWS/SNS", "NumberOfNotificationsFailed", 0, dimension);
      }
      const parts = stack.messages().reduce((sum, message) => sum + (message.parts ?? 0), 0);
      emit("AWS/SNS", "SMSMonthToDateSpentUSD", parts * parseConfiguration(settings).smsPartPrice);

      const table = { TableName: names.table };
      emit("AWS/DynamoDB", "ConsumedReadCapacityUnits", capacity.reads.units - before.reads, table);
      emit("AWS/DynamoDB", "ConsumedWriteCapacityUnits", capacity.writes.units - before.writes, table);
      emit("AWS/DynamoDB", "ReadThrottleEvents", 0, table);
      emit("AWS/DynamoDB", "WriteThrottleEvents", 0, table);
      [before.reads, before.writes] = [capacity.reads.units, capacity.writes.units];
      for (const start of ["Schedules", "Watch"])
        emit("AWS/Scheduler", "TargetErrorCount", 0, { ScheduleGroup: names.scheduleGroup(start) });
    }
  } finally {
    sqs.destroy();
    await stack.stop();
    await proxy.close();
  }
  return samples;
}

const functions = [
  ["IntakeIngest", "Ingest"],
  ["DeliveryDeliver", "Deliver"],
  ["SchedulesDigest", "Digest"],
  ["Watch", "Watch"],
] as const;

const feeds = ["harbour", "tram", "hills", "market"];
const titles = new Map<string, readonly string[]>();

/** What is uploaded in a tick: one or two snapshots of a feed with one or two new entries. */
async function act({ uploader }: LocalStack, tick: number): Promise<void> {
  const feed = feeds[tick % feeds.length] ?? "";
  const isUnchanged = tick % 7 === 6;
  const fresh = [
    `${tick === 10 ? "Lantern" : "News"} ${tick} of the ${feed}`,
    ...(tick % 3 === 0 ? [`Sponsored offer ${tick}`] : []),
    ...(tick % 4 === 1 ? [`More news ${tick}`] : []),
  ];
  const all = [...(isUnchanged ? [] : fresh), ...(titles.get(feed) ?? [])].slice(0, 12);
  titles.set(feed, all);
  if (all.length > 0) await uploader.put(`snapshots/${feed}/latest.xml`, rss(feed, ...all));
  if (tick === 15) await uploader.put("snapshots/market/page.html", "\u0000\u0001 no feed");
  if (tick === 30) await uploader.put("snapshots/hills/poison.xml", rss("hills", "Never read"));
}

/** The queue to which a message belongs, by its body. */
function queueOf(body: string): string {
  if (body.includes('"machine"')) return "OutboxQueue";
  return body.includes('"slot"') ? "SchedulesSlots" : "IntakeQueue";
}

/** Seconds since the first time that a message's body names. */
function ageOf(body: string): number {
  const [time = ""] =
    /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/.exec(/"(?:at|eventTime|slot)":"[^"]+"/.exec(body)?.[0] ?? "") ??
    [];
  const age = (Date.now() - Date.parse(time)) / 1000;
  return Number.isNaN(age) ? 0 : Math.max(0, age);
}
