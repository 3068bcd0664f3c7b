import type { Audience } from "../configuration.ts";
import { scheduleOf } from "../schedule/audience-schedule.ts";
import { nextSlot } from "../schedule/next-slot.ts";
import {
  gigabyteSeconds,
  slowdown,
  usageOf,
  type CountedSnapshot,
  type CountedSnapshots,
  type FunctionMemory,
  type Usage,
} from "./counted-snapshot.ts";
import { dollarsOf, prices, type PriceName, type Service } from "./prices.ts";

/** What a stack has to do in a month. */
export interface Volumes {
  readonly feeds: number;
  /** Minutes between two uploads of a feed. */
  readonly everyMinutes: number;
  /** New entries of a feed on one day. */
  readonly entriesPerDay: number;
  /** Of the uploads without new entries, those with the same bytes as before, from 0 to 1. */
  readonly unchanged: number;
  /** Bytes of a snapshot. */
  readonly snapshotBytes: number;
  /** Mail addresses and telephones of each audience. */
  readonly mailReaders: number;
  readonly telephones: number;
  /** SMS parts of a message. */
  readonly smsParts: number;
}

/** The stack that does it. */
export interface CostedStack {
  readonly audiences: readonly Audience[];
  readonly smsPartPrice: number;
  readonly snapshotDays: number;
  readonly ledgerDays: number;
  readonly memory: FunctionMemory;
  readonly alarms: number;
  readonly metrics: number;
}

export interface CostItem {
  readonly service: Service;
  readonly what: string;
  readonly units: number;
  /** US dollars a month. */
  readonly usd: number;
}

export interface CostEstimate {
  readonly items: readonly CostItem[];
  /** US dollars a month. */
  readonly usd: number;
  readonly snapshots: number;
  readonly entries: number;
  readonly messages: number;
}

/** Days of a month. */
const month = 30;

/** Bytes of an entry's items in the ledger, and of what one invocation logs. */
const entryBytes = 600;
const logBytes = 1_500;

/** Bytes of a gigabyte as AWS bills it. */
const gigabyte = 2 ** 30;

/**
 * Requests of an idle queue in a month: Lambda keeps five long polls of 20 seconds open (AWS Lambda Developer Guide,
 * 'Using Lambda with Amazon SQS': five concurrent batches). Intake and slots are standard queues, the outbox is a FIFO
 * queue.
 */
const idlePolls = (5 * month * 86_400) / 20;

/**
 * Milliseconds of an invocation: the time in which it computes with a whole processor, and the time in which it waits
 * (`npm run bench -- memory`).
 */
const digestTime = { processor: 170, waiting: 262 };
const watchTime = { processor: 80, waiting: 101 };

const secondsOf = ({ processor, waiting }: typeof digestTime, megabytes: number): number =>
  gigabyteSeconds(waiting + processor * slowdown(megabytes), megabytes);

/** Watch runs every hour. */
const watchRuns = 24 * month;

/** A month with a schedule's slots: January 2026. */
const start = Date.UTC(2026, 0, 1);

/** Slots of an audience's schedule in a month. */
function slotsOf(audience: Audience): number {
  const schedule = scheduleOf(audience);
  if (!schedule) return 0;
  let count = 0;
  const next = (after: number) => nextSlot(schedule.expression, schedule.timeZone, after);
  for (let slot = next(start); slot !== undefined && slot <= start + month * 86_400_000; slot = next(slot))
    count++;
  return count;
}

/**
 * Estimates a month. Per snapshot it uses what the benchmark counted for two audiences; each further audience adds the
 * requests of one message: its sent mark, three requests of the outbox, a publish and an invocation of deliver.
 */
export function estimateCost(volumes: Volumes, stack: CostedStack, counted: CountedSnapshots): CostEstimate {
  const { feeds, everyMinutes, entriesPerDay, unchanged, snapshotBytes, smsParts } = volumes;
  const uploadsPerDay = 1_440 / everyMinutes;
  const newsPerDay = Math.min(uploadsPerDay, entriesPerDay);
  const snapshots = feeds * uploadsPerDay * month;
  const news = feeds * newsPerDay * month;
  const entries = feeds * entriesPerDay * month;
  const perNews = newsPerDay === 0 ? 0 : entriesPerDay / newsPerDay;
  const total = new Map<PriceName, number>();
  const add = (usage: Usage, times: number) => {
    for (const [name, units] of Object.entries(usage) as [PriceName, number][])
      total.set(name, (total.get(name) ?? 0) + units * times);
  };
  const { memory } = stack;
  add(usageOf(counted["same bytes"], memory), (snapshots - news) * unchanged);
  add(usageOf(counted["nothing new"], memory), (snapshots - news) * (1 - unchanged));
  add(usageOf(withNew(perNews, counted), memory), news);

  const perAudience = stack.audiences.map((audience) => messagesOf(audience, { news, perNews }));
  const messages = perAudience.reduce((sum, count) => sum + count, 0);
  const further = perAudience.slice(2).reduce((sum, count) => sum + count, 0);
  const delivery = gigabyteSeconds(counted["1 new"].deliverMilliseconds, memory.deliver);
  add(
    {
      dynamodbRead: 1,
      dynamodbWrite: 1,
      sqsFifoRequest: 3,
      snsPublish: 1,
      lambdaRequest: 1,
      lambdaGigabyteSecond: delivery,
    },
    further,
  );
  const slots = stack.audiences.reduce((sum, audience) => sum + slotsOf(audience), 0);
  add(
    {
      schedulerInvocation: 1,
      sqsRequest: 3,
      dynamodbRead: 3,
      dynamodbWrite: 2,
      lambdaRequest: 1,
      lambdaGigabyteSecond: secondsOf(digestTime, memory.digest),
    },
    slots,
  );
  add({ lambdaRequest: 1, lambdaGigabyteSecond: secondsOf(watchTime, memory.watch) }, watchRuns);

  const invocations = total.get("lambdaRequest") ?? 0;
  add(
    {
      snsMail: messages * volumes.mailReaders,
      smsPart: messages * volumes.telephones * smsParts,
      sqsRequest: 2 * idlePolls,
      sqsFifoRequest: idlePolls,
      s3GigabyteMonth: (feeds * uploadsPerDay * stack.snapshotDays * snapshotBytes) / gigabyte,
      dynamodbGigabyteMonth: (feeds * entriesPerDay * stack.ledgerDays * entryBytes) / gigabyte,
      logsGigabyte: (invocations * logBytes) / gigabyte,
      alarm: stack.alarms,
      metric: stack.metrics,
      dashboard: 1,
    },
    1,
  );
  const items = [...total]
    .map(([name, units]): CostItem => {
      const { service, unit } = prices[name];
      const usd = name === "smsPart" ? units * stack.smsPartPrice : dollarsOf(name, units);
      return { service, what: unit, units, usd };
    })
    .filter(({ units }) => units > 0)
    .toSorted((a, b) => b.usd - a.usd);
  return { items, usd: items.reduce((sum, { usd }) => sum + usd, 0), snapshots, entries, messages };
}

/** What a snapshot with `count` new entries uses: counted for 1 and 5, in proportion between and beyond. */
function withNew(count: number, counted: CountedSnapshots): CountedSnapshot {
  const [one, five] = [counted["1 new"], counted["5 new"]];
  const names = Object.keys(one) as (keyof CountedSnapshot)[];
  const between = (name: keyof CountedSnapshot) =>
    Math.max(0, one[name] + ((five[name] - one[name]) / 4) * (count - 1));
  return Object.fromEntries(names.map((name) => [name, between(name)])) as Record<
    keyof CountedSnapshot,
    number
  >;
}

/** Messages to an audience in a month, if its rules select everything. */
function messagesOf(
  audience: Audience,
  { news, perNews }: { readonly news: number; readonly perNews: number },
): number {
  if (audience.mode === "alerts") {
    const { maxAlerts } = audience;
    return news * (perNews > maxAlerts ? maxAlerts + 1 : perNews);
  }
  return scheduleOf(audience) ? Math.min(slotsOf(audience), news) : news;
}
