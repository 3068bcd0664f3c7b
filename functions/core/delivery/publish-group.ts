import { backoff } from "../backoff.ts";
import type { Attempts, DeliverPorts, PublishResult, SentMark } from "../ports.ts";
import { dailyLimits, type DailyState } from "./apply-limits.ts";
import { measureAccepted, measureRetries } from "./measure-delivery.ts";
import { paceOf } from "./pace.ts";
import { quarantineMessage } from "./quarantine-message.ts";
import { isAgain, noAttempts, startOf, type Received } from "./received.ts";

/** Failures of its own after which a message is quarantined, and the least time between two that count, milliseconds. */
const maxOwnFailures = 3;
const ownFailureInterval = 60_000;

export interface GroupContext {
  readonly messagesPerSecond: number;
  readonly attempts: ReadonlyMap<string, Attempts>;
  readonly daily: DailyState;
  /** Epoch milliseconds: no publish starts after it. */
  readonly deadline: number;
  /** Epoch milliseconds: accepted messages are marked until then. */
  readonly end: number;
}

/** The messages that are not done, and why; all of them are returned to the queue for the same time. */
export interface GroupResult {
  readonly unfinished: readonly Received[];
  /** Absent where only the time ran out. */
  readonly why?: string;
  /** A daily limit keeps them back. */
  readonly isHeld?: true;
}

/**
 * Publishes the messages of one audience in their order. After a call in which a message failed nothing later is
 * published. Does not return before the next call to the audience's topic may start, because the queue hands the
 * group to one invocation at a time: that keeps the pace across invocations.
 */
export async function publishGroup(
  group: readonly Received[],
  context: GroupContext,
  ports: DeliverPorts,
): Promise<GroupResult> {
  const { clock, topics } = ports;
  const pace = paceOf(context.messagesPerSecond, topics.limits.messages);
  let rest = group;
  const limits = dailyLimits(context.daily, ports);
  while (rest.length > 0) {
    if (clock.now() > context.deadline) return { unfinished: rest };
    const next = rest.slice(0, callLength(rest, pace.callSize, topics.limits.bytes));
    const call = limits.allow(next);
    if (call.length === 0) return { unfinished: rest, isHeld: true };
    rest = rest.slice(call.length);
    const { answeredAt, ...failed } = await publishCall(call, context, ports);
    measureRetries(failed.unfinished, ports);
    const open = new Set(failed.unfinished.map(({ messageId }) => messageId));
    await limits.count(call.filter(({ messageId }) => !open.has(messageId)));
    // The marks were written in the meantime.
    await clock.sleep(Math.max(0, answeredAt + pace.pauseAfter(call.length) - clock.now()));
    if (failed.unfinished.length > 0) return { ...failed, unfinished: [...failed.unfinished, ...rest] };
  }
  return { unfinished: [] };
}

/** How many of the messages one call carries: at least one, at most `size`, within `bytes`. */
function callLength(messages: readonly Received[], size: number, bytes: number): number {
  let total = 0;
  const end = messages.findIndex(({ message }, i) => i >= size || (total += message.bytes) > bytes);
  return end < 0 ? messages.length : Math.max(1, end);
}

/** `answeredAt`: when the publish was answered, or failed, epoch milliseconds. */
async function publishCall(
  call: readonly Received[],
  context: GroupContext,
  ports: DeliverPorts,
): Promise<GroupResult & { readonly answeredAt: number }> {
  const { started, unstarted } = await recordStarts(call, ports);
  const [first] = started;
  if (!first) return { ...unstarted, answeredAt: ports.clock.now() };
  let results: readonly PublishResult[];
  try {
    results = await ports.topics.publish(
      first.message.audience,
      started.map(({ message }) => message),
    );
  } catch (error) {
    results = started.map(() => ({ outcome: "failed", why: String(error) }));
  }
  const answeredAt = ports.clock.now();
  const { unfinished, why = unstarted.why } = await settle(started, results, context, ports);
  const all = [...unfinished, ...unstarted.unfinished];
  return { unfinished: all, answeredAt, ...(why !== undefined && { why }) };
}

/**
 * Records the starts of the messages that may have been published before. One whose start could not be recorded is not
 * published, because a message that is accepted and can't be marked would be sent again and again; the others are, because
 * a start without an end would count as a death.
 */
async function recordStarts(
  call: readonly Received[],
  { ledger, measure }: DeliverPorts,
): Promise<{ readonly started: readonly Received[]; readonly unstarted: GroupResult }> {
  const started: Received[] = [];
  const unfinished: Received[] = [];
  let why: string | undefined;
  const starts = await Promise.allSettled(
    call.map(
      async (received) => isAgain(received) && ledger.recordStart(received.message.id, startOf(received)),
    ),
  );
  for (const [i, received] of call.entries()) {
    const start = starts[i];
    if (start?.status === "rejected") {
      unfinished.push(received);
      why = `start not recorded: ${String(start.reason)}`;
      // It may have been recorded and only its answer lost.
      await ledger.recordFailure(received.message.id, { start: startOf(received) }).catch(() => undefined);
      continue;
    }
    if (start?.value && start.value.lastDied) measure?.("crashes", 1);
    started.push(received);
  }
  return { started, unstarted: { unfinished, ...(why !== undefined && { why }) } };
}

/** Marks what was accepted first, because a failure from here on would send it again. */
async function settle(
  call: readonly Received[],
  results: readonly PublishResult[],
  context: GroupContext,
  ports: DeliverPorts,
): Promise<GroupResult> {
  const outcomes = call.map((received, i) => ({
    received,
    result: results[i] ?? ({ outcome: "failed", why: "no answer for the message" } as const),
  }));
  const accepted = outcomes.filter(({ result }) => result.outcome === "accepted");
  measureAccepted(
    accepted.map(({ received }) => received.message),
    ports,
  );
  if (accepted.length > 0) ports.emit?.();
  const unfinished: Received[] = [];
  let why: string | undefined;
  const marks = await Promise.allSettled(
    accepted.map(({ received: { message }, result }) =>
      mark(message.id, "acceptedAs" in result ? result : {}, context.end, ports),
    ),
  );
  for (const [i, { received }] of accepted.entries()) {
    const outcome = marks[i];
    if (outcome?.status !== "rejected") continue;
    unfinished.push(received);
    why = `mark not written: ${String(outcome.reason)}`;
  }
  for (const { received, result } of outcomes) {
    if (result.outcome === "accepted") continue;
    const isOwn = result.outcome === "refused" || accepted.length > 0;
    if (await handleFailure(received, { ...result, isOwn }, context, ports)) continue;
    unfinished.push(received);
    why ??= result.why;
  }
  return { unfinished, ...(why !== undefined && { why }) };
}

/** Whether the message is done: it is quarantined where only itself can explain its failures. */
async function handleFailure(
  received: Received,
  { outcome, why, isOwn }: { readonly outcome: string; readonly why: string; readonly isOwn: boolean },
  { attempts }: GroupContext,
  ports: DeliverPorts,
): Promise<boolean> {
  const { ledger, log, clock } = ports;
  const { message, receives } = received;
  const before = attempts.get(message.id) ?? noAttempts;
  const counts = isOwn && clock.now() - before.lastOwnFailure >= ownFailureInterval;
  log("warn", "publish failed", { audience: message.audience, message: message.id, receives, why });
  try {
    if (outcome === "refused")
      return await quarantineMessage(
        message,
        { code: "message-refused", found: why, expected: "a message that SNS accepts" },
        ports,
      );
    if (counts && before.ownFailures + 1 >= maxOwnFailures)
      return await quarantineMessage(
        message,
        { code: "message-fails", found: why, expected: "success, as of other messages in the same call" },
        ports,
      );
    if (isAgain(received) || counts)
      await ledger.recordFailure(message.id, {
        ...(isAgain(received) && { start: startOf(received) }),
        ...(counts && { ownFailures: before.ownFailures + 1 }),
      });
  } catch (error) {
    log("warn", "failure not recorded", { message: message.id, why: String(error) });
  }
  return false;
}

/** What SNS has accepted is marked until the time is up, because without its mark the message is sent again. */
async function mark(
  id: string,
  { acceptedAs }: SentMark,
  end: number,
  { ledger, clock, log }: DeliverPorts,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ledger.markSent(id, acceptedAs === undefined ? {} : { acceptedAs });
    } catch (error) {
      const wait = backoff(attempt, clock);
      if (clock.now() + wait > end) throw error;
      log("warn", "mark not written", { message: id, attempt, why: String(error) });
      await clock.sleep(wait);
    }
  }
}
