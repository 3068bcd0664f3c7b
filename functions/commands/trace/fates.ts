import type { PlannedMessage, SnapshotPlan } from "../../core/plan.ts";
import { scheduleOf } from "../../core/schedule/audience-schedule.ts";
import { nextSlot } from "../../core/schedule/next-slot.ts";
import { program } from "../options.ts";
import type { StackRecords } from "./stack-records.ts";

/** What became of an entry for one audience. */
export interface AudienceFate {
  readonly audience: string;
  /**
   * `sent`: SNS accepted the message, or it was dropped with `outbox drop`. `outbox`: the message was decided and not
   * accepted. `dropped`: it waited, and `waiting drop` or `move` removed it.
   */
  readonly fate: "sent" | "outbox" | "quarantined" | "waiting" | "dropped" | "skipped" | "unknown";
  readonly message?: {
    readonly id: string;
    readonly kind: string;
    readonly subject: string;
    /** The id under which SNS accepted it; absent where a version before 0.3 sent it, and where it was dropped. */
    readonly acceptedAs?: string;
  };
  /** The message shows only the number of further entries. */
  readonly isCounted?: true;
  /** When SNS accepted it, or the slot at which it will be sent; ISO 8601. */
  readonly at?: string;
  readonly why?: string;
}

/** What a plan decided about an entry: the messages that name it, and what waits for schedules. */
export async function fatesIn(
  plan: SnapshotPlan,
  key: string,
  records: StackRecords,
): Promise<readonly AudienceFate[]> {
  const fates: AudienceFate[] = [];
  for (const message of plan.messages)
    if (message.keys.includes(key)) fates.push(await fateOf(message, records));
  for (const { audience, entries } of plan.waiting ?? [])
    if (entries.some((entry) => entry.key === key))
      fates.push(await waitingFate(audience, key, plan, records));
  return fates;
}

async function fateOf(
  { id, audience, kind, subject }: PlannedMessage,
  { ledger, isQuarantined }: StackRecords,
): Promise<AudienceFate> {
  const common = { audience, message: { id, kind, subject } };
  if (await isQuarantined(audience, id)) return { ...common, fate: "quarantined" };
  const sent = (await ledger.sentMarks([id])).get(id);
  if (sent !== undefined) {
    const { at, acceptedAs } = sent;
    const message = { ...common.message, ...(acceptedAs !== undefined && { acceptedAs }) };
    return { ...common, message, fate: "sent", at: new Date(at).toISOString() };
  }
  const { paused } = await ledger.readDelivery({ ids: [], audiences: [audience], attemptsOf: [] });
  return { ...common, fate: "outbox", ...(paused.has(audience) && { why: "the audience is paused" }) };
}

async function waitingFate(
  audience: string,
  key: string,
  { claim, at }: SnapshotPlan,
  records: StackRecords,
): Promise<AudienceFate> {
  const { ledger, configuration, now } = records;
  if (!(await ledger.coveredClaims(audience, [claim])).has(claim)) {
    const settings = configuration.audiences.find(({ name }) => name === audience);
    const schedule = settings && scheduleOf(settings);
    const slot = schedule && nextSlot(schedule.expression, schedule.timeZone, now);
    const why = slot === undefined ? "the audience has no next slot" : undefined;
    return {
      audience,
      fate: "waiting",
      ...(slot !== undefined && { at: new Date(slot).toISOString() }),
      ...(why !== undefined && { why }),
    };
  }
  const digest = await records.digestOf(audience, claim, Date.parse(at));
  if (!digest) return { audience, fate: "dropped", why: `by \`${program} waiting drop\` or \`move\`` };
  const shown = digest.messages.find(({ keys }) => keys.includes(key));
  if (shown) return fateOf(shown, records);
  const last = digest.messages.findLast(({ more }) => more > 0);
  return last ? { ...(await fateOf(last, records)), isCounted: true } : { audience, fate: "unknown" };
}

/** An entry that is due to an audience and that no message names is counted in the last one that counts others. */
export async function countedFate(
  audience: string,
  { messages, waiting = [] }: SnapshotPlan,
  records: StackRecords,
): Promise<AudienceFate | undefined> {
  const last = messages.findLast((message) => message.audience === audience && message.more > 0);
  if (last) return { ...(await fateOf(last, records)), isCounted: true };
  const isWaiting = waiting.some((share) => share.audience === audience && share.rest !== undefined);
  return isWaiting ? { audience, fate: "waiting", isCounted: true } : undefined;
}
