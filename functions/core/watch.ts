import { resume } from "./dedupe/sealing.ts";
import type { Claim, ListedPlan, WatchPorts } from "./ports.ts";

/** Plans whose claims are read together. */
const batchSize = 100;

export interface WatchContext {
  /** Unique to the invocation. */
  readonly owner: string;
  /** Epoch milliseconds: plans that were written later may still belong to a live run. */
  readonly before: number;
  /** Epoch milliseconds: no plan is resumed after it. */
  readonly deadline: number;
}

export interface WatchResult {
  /** Plans that a dead run had sealed and not finished, and that were enqueued now. */
  readonly finished: number;
  /** Plans that were looked at. */
  readonly plans: number;
  /** Plans that could not be enqueued; the next run tries them again. */
  readonly failed: number;
}

/**
 * Finishes what dead runs left: enqueues every plan that is sealed and not finished. Remembers up to where all plans
 * are known to be settled, so that each plan is looked at about once.
 */
export async function watch(context: WatchContext, ports: WatchPorts): Promise<WatchResult> {
  const { ledger } = ports;
  let plans = 0;
  let finished = 0;
  let failed = 0;
  let settled: string | undefined;
  const isOutOfTime = () => ports.clock.now() > context.deadline;
  for await (const batch of inBatches(ports.plans.list(await ledger.readCursor()), context.before)) {
    if (isOutOfTime()) break;
    const claims = await ledger.claims(batch.map(({ claim }) => claim));
    for (const { name, claim } of batch) {
      if (isOutOfTime()) break;
      plans++;
      if (isUnfinished(claims.get(claim), name)) {
        try {
          await resume(name, context.owner, ports);
          finished++;
          ports.log("warn", "plan finished", { plan: name });
        } catch (error) {
          failed++;
          ports.log("error", "plan not finished", { plan: name, why: String(error) });
        }
      }
      if (failed === 0) settled = name;
    }
  }
  if (settled !== undefined) await ledger.writeCursor(settled);
  return { plans, finished, failed };
}

/**
 * A plan that its claim does not name is void: the run that wrote it died or lost its claim before it could seal it, and
 * nobody else seals a claim with another run's plan.
 */
const isUnfinished = (claim: Claim | undefined, name: string): boolean =>
  claim?.state === "sealed" && claim.plan === name;

async function* inBatches(
  listed: AsyncIterable<ListedPlan>,
  before: number,
): AsyncGenerator<readonly ListedPlan[]> {
  let batch: ListedPlan[] = [];
  for await (const plan of listed) {
    if (plan.at >= before) break;
    if (batch.push(plan) < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
