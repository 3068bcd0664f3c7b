import { randomUUID } from "node:crypto";
import { messageFolder } from "../../aws/message-quarantine.ts";
import { openClients, type StackClients } from "../../aws/stack-clients.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { countAnswer, endActivity, startActivity } from "../../console/activity.ts";
import { isConfirmed } from "../../console/confirmation.ts";
import { UsageError } from "../../console/usage-error.ts";
import { describeFailure, type Failure } from "../failure.ts";
import { counted, escapeLine, safeLine, write, writeError } from "../../console/terminal.ts";
import { intakeRoute, outboxRoute, planDeadLetters } from "./dead-letters.ts";
import { ReplayError, serviceFailure } from "./failure.ts";
import { combinePlans, type ReplayItem, type ReplayPlan } from "./item.ts";
import { startProgress } from "../../console/progress.ts";
import { planQuarantine } from "./quarantine.ts";
import { planQuarantinedMessages } from "./quarantined-messages.ts";
import { findStack, need, type StackAddress, type StackOptions } from "../stack.ts";
import { readTarget, type Target, type TargetOptions } from "./target.ts";
import { planVersions } from "./versions.ts";

export interface ReplayOptions extends TargetOptions, StackOptions {
  readonly dryRun?: true;
  readonly yes?: true;
  readonly json?: true;
}

/** Plans the replay, asks for confirmation if needed, runs it and prints the result. */
export const runReplay = (given: string | undefined, options: ReplayOptions): Promise<void> =>
  replayTargets([readTarget(given, options)], options);

/** Replays several targets as one. */
export async function replayTargets(targets: readonly Target[], options: ReplayOptions): Promise<void> {
  if (options.resend && !options.dryRun && !options.yes && !process.stdin.isTTY)
    throw new UsageError("--resend sends readers what they already have; confirm it with --yes.");
  startActivity("replay", options);
  const stack = await findStack(options);
  const clients = openClients(stack, process.env, countAnswer);
  const done: ReplayItem[] = [];
  try {
    const resend = options.resend ? randomUUID() : undefined;
    const plans: ReplayPlan[] = [];
    for (const target of targets) {
      const plan = await makePlan(target, stack, clients, resend);
      if (isMissing(plan, target)) throw missing(target);
      plans.push(plan);
    }
    const plan = combinePlans(plans);
    writeError(`${safeLine(stack.name)}, ${counted(plan.total, "replay", "replays")} found\n`);
    if (!(await isWanted(plan, options))) return;
    const items = options.dryRun ? plan.list() : plan.run();
    const progress = startProgress(plan.total, options);
    try {
      for await (const item of items) {
        done.push(item);
        progress.step();
      }
    } finally {
      progress.stop();
    }
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    writeError(describeFailure(error instanceof ReplayError ? error.subject : "replay", failure));
    process.exitCode = 1;
  } finally {
    endActivity();
    clients.close();
  }
  await report(done, options);
}

async function makePlan(
  target: Target,
  stack: StackAddress,
  clients: StackClients,
  resend: string | undefined,
): Promise<ReplayPlan> {
  if (target.kind === "dead letters") {
    const intake = intakeRoute(need(stack, "queue", "deadLetterQueue"));
    const options = { now: Date.now(), isResend: resend !== undefined };
    const outbox = outboxRoute(need(stack, "outbox", "outboxDeadLetterQueue"), options);
    return combinePlans([
      await planDeadLetters(clients.sqs, intake),
      await planDeadLetters(clients.sqs, outbox),
    ]);
  }
  if (target.kind === "snapshots")
    return planVersions(clients, need(stack, "bucket", "queue"), target, resend);
  const address = resend === undefined ? need(stack, "bucket") : need(stack, "bucket", "queue");
  const plans = [await planQuarantine(clients, address, target, resend)];
  if (messageFolder.startsWith(target.prefix) || target.prefix.startsWith(messageFolder))
    plans.push(await planQuarantinedMessages(clients, need(stack, "bucket", "outbox"), target));
  return combinePlans(plans);
}

/** A period may be empty; a given key may not. */
const isMissing = (plan: ReplayPlan, target: Target): boolean =>
  plan.total === 0 && target.kind !== "dead letters" && !target.period;

function missing(target: Target): ReplayError {
  const prefix = target.kind === "dead letters" ? "" : target.prefix;
  return target.kind === "snapshots"
    ? new ReplayError(
        prefix,
        "nothing there now",
        "Check the key; for what was deleted or replaced give a period, such as --since 2026-11-20.",
      )
    : new ReplayError(
        prefix,
        "nothing there that could be brought back",
        "Check the key; a snapshot whose version was gone has only a reason and must be uploaded again.",
      );
}

/** Whether to go on; shows what would be replayed and asks. */
async function isWanted({ total, list }: ReplayPlan, options: ReplayOptions): Promise<boolean> {
  if (options.dryRun || total === 0) return true;
  const what = options.resend
    ? `Readers get the entries of ${counted(total, "snapshot", "snapshots")} once more.`
    : `${counted(total, "snapshot or message", "snapshots and messages")} will be read or sent again.`;
  return isConfirmed({ what, parts: describeItems(list()), total, seeAll: "--dry-run lists all" }, options);
}

async function* describeItems(items: AsyncIterable<ReplayItem>): AsyncGenerator<string> {
  for await (const { key, at } of items) yield [at ?? [], escapeLine(key)].flat().join("  ");
}

function failureOf(error: unknown): Failure | undefined {
  if (!(error instanceof ReplayError)) return serviceFailure(error);
  return {
    code: "not-replayed",
    message: "It can't be replayed like this.",
    found: error.message,
    expected: "a snapshot that can be read again",
    hint: error.hint,
  };
}

async function report(items: readonly ReplayItem[], { dryRun, resend, json }: ReplayOptions): Promise<void> {
  if (json) {
    const line = { dryRun: dryRun === true, resend: resend === true, items };
    return write(process.stdout, `${jsonLine(line)}\n`);
  }
  for (const { key, version, at } of items)
    await write(process.stdout, `${[at ?? "", key, version ?? ""].map(safeLine).join("  ").trim()}\n`);
  const what = counted(items.length, "replay", "replays");
  const more = dryRun ? "listed; nothing was changed" : "on the way";
  await write(process.stdout, `${what} ${more}\n`);
}
