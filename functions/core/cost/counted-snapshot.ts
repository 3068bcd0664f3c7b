import { dollarsOf, type PriceName } from "./prices.ts";

/** What one snapshot makes the functions do, for one audience in mode `alerts` and one in mode `digest`. */
export interface CountedSnapshot {
  readonly readItems: number;
  readonly readUnits: number;
  readonly writeItems: number;
  readonly writeUnits: number;
  readonly s3Get: number;
  /** By the functions, the upload itself not included. */
  readonly s3Put: number;
  /** Requests of the intake queue, those of S3 and of Lambda's pollers included. */
  readonly sqs: number;
  /** Requests of the outbox, which is a FIFO queue, those of Lambda's pollers included. */
  readonly sqsFifo: number;
  readonly publishes: number;
  readonly invocations: number;
  /** Of all invocations of the function, with a whole processor. */
  readonly ingestMilliseconds: number;
  readonly deliverMilliseconds: number;
}

/** Megabytes of memory. */
export type FunctionMemory = Readonly<Record<"ingest" | "deliver" | "digest" | "watch", number>>;

/** The snapshots that the benchmark counts, by the names in `counted-snapshots.json`. */
export type CountedName = "same bytes" | "nothing new" | "full memory" | "1 new" | "2 new" | "5 new";

export type CountedSnapshots = Readonly<Record<CountedName, CountedSnapshot>>;

/** Units by price. */
export type Usage = Partial<Record<PriceName, number>>;

/**
 * What a snapshot uses, the upload's PUT included. Ingest computes, so that its time grows where it has less than a whole
 * processor; deliver mostly waits for the pace of its audiences.
 */
export const usageOf = (one: CountedSnapshot, memory: Pick<FunctionMemory, "ingest" | "deliver">): Usage => ({
  s3Put: 1 + one.s3Put,
  s3Get: one.s3Get,
  sqsRequest: one.sqs,
  sqsFifoRequest: one.sqsFifo,
  dynamodbRead: one.readUnits,
  dynamodbWrite: one.writeUnits,
  snsPublish: one.publishes,
  lambdaRequest: one.invocations,
  lambdaGigabyteSecond:
    gigabyteSeconds(one.ingestMilliseconds * slowdown(memory.ingest), memory.ingest) +
    gigabyteSeconds(one.deliverMilliseconds, memory.deliver),
});

/** Megabytes with which a function has a whole processor (AWS Lambda Developer Guide, 'Configure Lambda function memory'). */
const fullProcessor = 1_769;

/** How many times as long a computation takes as with a whole processor. Lambda gives a function a part of it in proportion. */
export const slowdown = (megabytes: number): number => Math.max(1, fullProcessor / megabytes);

/** GB-seconds as Lambda bills them. */
export const gigabyteSeconds = (milliseconds: number, megabytes: number): number =>
  (milliseconds / 1_000) * (megabytes / 1_024);

/** US dollars. */
export const dollarsOfUsage = (usage: Usage): number =>
  Object.entries(usage).reduce((sum, [name, units]) => sum + dollarsOf(name as PriceName, units), 0);
