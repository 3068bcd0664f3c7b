import type { StackClients } from "../../aws/stack-clients.ts";
import type { StackLedger } from "../../aws/stack-ledger.ts";
import { countSubscriptions, isTopicMissing } from "../../aws/subscription-counts.ts";
import type { Audience } from "../../core/configuration.ts";
import { dayOf } from "../../core/delivery/daily-limit.ts";
import { scheduleOf } from "../../core/schedule/audience-schedule.ts";
import { nextSlot } from "../../core/schedule/next-slot.ts";
import { countEntries, uncoveredClaims } from "../../console/waiting-entries.ts";
import type { StackAddress } from "../stack.ts";
import type { AudienceStatus } from "./stack-status.ts";

/** A slot that is so long over and not handled is late, milliseconds: digest retries within that time. */
const lateAfter = 15 * 60_000;

interface Sources {
  readonly stack: StackAddress;
  readonly clients: Pick<StackClients, "sns">;
  readonly ledger: StackLedger;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The audiences of the configuration, and removed ones for which something waits. */
export async function audienceStates(
  audiences: readonly Audience[],
  sources: Sources,
): Promise<readonly AudienceStatus[]> {
  const { ledger, now } = sources;
  const names = audiences.map(({ name }) => name);
  const day = dayOf(now);
  const counted = { audiences: names, day };
  const { paused, counts } = await ledger.readDelivery({
    ids: [],
    audiences: names,
    attemptsOf: [],
    counted,
  });
  const configured = await Promise.all(
    audiences.map(async (audience): Promise<AudienceStatus> => {
      const { name } = audience;
      const today = counts.get(name);
      return {
        audience: name,
        mode: audience.mode,
        isPaused: paused.has(name),
        ...(await waitingState(audience, sources)),
        ...(await readersOf(name, sources)),
        ...(today && { today }),
      };
    }),
  );
  const removed = (await ledger.waitingAudiences()).filter((name) => !names.includes(name)).toSorted();
  const stranded: AudienceStatus[] = [];
  for (const audience of removed) {
    const { entries: waiting, at } = await waits(audience, ledger);
    if (waiting > 0)
      stranded.push({
        audience,
        isRemoved: true,
        isPaused: false,
        waiting,
        ...(at !== undefined && sinceOf(at)),
      });
  }
  return [...configured, ...stranded];
}

async function readersOf(
  audience: string,
  { stack, clients }: Sources,
): Promise<Pick<AudienceStatus, "readers" | "lacksTopic">> {
  const topic = stack.topicOf(audience);
  if (topic === undefined) return {};
  try {
    return { readers: await countSubscriptions(clients.sns, topic) };
  } catch (error) {
    if (isTopicMissing(error)) return { lacksTopic: true };
    throw error;
  }
}

async function waitingState(
  audience: Audience,
  { ledger, now }: Sources,
): Promise<Pick<AudienceStatus, "waiting" | "since" | "nextSlot" | "lateSlot">> {
  const { entries: waiting, at } = await waits(audience.name, ledger);
  const schedule = scheduleOf(audience);
  if (!schedule) return { waiting, ...(at !== undefined && sinceOf(at)) };
  const slotAfter = (time: number) => nextSlot(schedule.expression, schedule.timeZone, time);
  const next = slotAfter(now);
  const { slot: done = 0 } = await ledger.readAudience(audience.name);
  const due = at === undefined ? undefined : slotAfter(Math.max(at, done));
  const isLate = due !== undefined && due + lateAfter < now;
  return {
    waiting,
    ...(at !== undefined && sinceOf(at)),
    ...(next !== undefined && { nextSlot: new Date(next).toISOString() }),
    ...(isLate && { lateSlot: new Date(due).toISOString() }),
  };
}

/** Entries that wait for an audience, and when the oldest claim was decided. */
async function waits(
  audience: string,
  ledger: StackLedger,
): Promise<{ readonly entries: number; readonly at: number | undefined }> {
  const claims = await uncoveredClaims(audience, ledger);
  return { entries: countEntries(claims), at: claims[0]?.at };
}

const sinceOf = (at: number) => ({ since: new Date(at).toISOString() });
