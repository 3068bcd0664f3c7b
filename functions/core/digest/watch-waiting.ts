import type { Audience } from "../configuration.ts";
import { digest } from "../digest.ts";
import type { WatchPorts } from "../ports.ts";
import { scheduleOf } from "../schedule/audience-schedule.ts";
import { isDigestPlan } from "../plan.ts";
import { finishOpenPlan } from "./finish-plan.ts";

export interface WatchWaitingContext {
  readonly audiences: readonly Audience[];
  /** Epoch milliseconds: plans that were decided later may still belong to a live run. */
  readonly before: number;
  /** Epoch milliseconds. */
  readonly deadline: number;
}

export interface WatchWaitingResult {
  /** Digests that dead runs had sealed, or that were sent because their audience has no schedule any more. */
  readonly digests: number;
  /** Entries that wait for audiences that are not in the configuration. */
  readonly stranded: number;
  /** Audiences whose entries could not be read or sent; the next run tries them again. */
  readonly failedAudiences: number;
  /** Entries that wait for configured audiences; absent where not every audience could be read. */
  readonly entries?: number;
}

/**
 * Finishes the digests that dead runs left, and sends what waits for an audience that has no schedule any more. What
 * waits for an audience that was renamed or removed stays where it is, and is logged.
 */
export async function watchWaiting(
  context: WatchWaitingContext,
  ports: WatchPorts,
): Promise<WatchWaitingResult> {
  const { ledger, log, clock } = ports;
  const counts = { digests: 0, stranded: 0, failedAudiences: 0 };
  let entries = 0;
  let isComplete = true;
  const configured = new Map(context.audiences.map((audience) => [audience.name, audience]));
  for (const name of await ledger.waitingAudiences()) {
    if (clock.now() > context.deadline) {
      isComplete = false;
      break;
    }
    const audience = configured.get(name);
    try {
      if (audience) {
        counts.digests += await sendLeft(audience, context, ports);
        entries += await entriesFor(name, ports);
      } else counts.stranded += await logStranded(name, ports);
    } catch (error) {
      counts.failedAudiences++;
      isComplete = false;
      log("error", "waiting entries not sent", { audience: name, why: String(error) });
    }
  }
  return { ...counts, ...(isComplete && { entries }) };
}

/** Number of digests that were sent. */
async function sendLeft(
  audience: Audience,
  { before, deadline }: WatchWaitingContext,
  ports: WatchPorts,
): Promise<number> {
  const { ledger, plans, clock, log } = ports;
  const { openPlan } = await ledger.readAudience(audience.name);
  if (openPlan !== undefined) {
    const plan = await plans.read(openPlan);
    if (!isDigestPlan(plan) || Date.parse(plan.at) >= before) return 0;
    await finishOpenPlan(openPlan, deadline, ports);
    return 1;
  }
  if (scheduleOf(audience) || (await ledger.waitingClaims(audience.name)).length === 0) return 0;
  const { state } = await digest({ slot: clock.now(), attempts: 0 }, { audience, deadline }, ports);
  log("warn", "audience without a schedule", { audience: audience.name, state });
  return state === "sent" ? 1 : 0;
}

/** Number of entries that wait. */
async function entriesFor(audience: string, { ledger }: WatchPorts): Promise<number> {
  const claims = await ledger.waitingClaims(audience);
  return claims.reduce((sum, claim) => sum + claim.entries, 0);
}

/** Number of entries that wait. */
async function logStranded(audience: string, ports: WatchPorts): Promise<number> {
  const entries = await entriesFor(audience, ports);
  if (entries > 0) ports.log("warn", "entries wait for no audience", { audience, entries });
  return entries;
}
