import { systemClock } from "../../aws/clock.ts";
import { s3Plans } from "../../aws/plans.ts";
import type { StackClients } from "../../aws/stack-clients.ts";
import { isTopicMissing } from "../../aws/subscription-counts.ts";
import { snsSubscriptions } from "../../aws/subscriptions.ts";
import type { Configuration } from "../../core/configuration.ts";
import type { ListedPlan } from "../../core/ports.ts";
import type { StackAddress } from "../stack.ts";
import type { SpendStatus } from "./stack-status.ts";

/** Plans that are read without being asked for, and at the same time. */
const maxPlans = 500;
const atOnce = 20;

interface SpendRequest {
  readonly stack: StackAddress;
  readonly clients: Pick<StackClients, "s3" | "sns">;
  readonly bucket: string;
  readonly configuration: Configuration;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly isSpendWanted: boolean;
}

/**
 * An estimate: the SMS parts of all messages that were decided this month, times the telephones that are subscribed now,
 * at `smsPartPrice`. What SNS really bills is its metric `SMSMonthToDateSpentUSD` in CloudWatch.
 */
export async function spendOfMonth(request: SpendRequest): Promise<SpendStatus | undefined> {
  const { clients, bucket, configuration, now, isSpendWanted } = request;
  const month = new Date(now).toISOString().slice(0, 7);
  const plans = s3Plans(clients.s3, bucket, systemClock);
  const listed: ListedPlan[] = [];
  for await (const plan of plans.list(`plans/${month.replace("-", "")}`)) {
    listed.push(plan);
    if (listed.length > maxPlans && !isSpendWanted) return undefined;
  }
  const parts = new Map<string, number>();
  let messages = 0;
  for (let i = 0; i < listed.length; i += atOnce) {
    const batch = listed.slice(i, i + atOnce).map(({ name }) => plans.read(name));
    for (const plan of await Promise.all(batch))
      for (const { audience, sms } of plan.messages) {
        messages++;
        parts.set(audience, (parts.get(audience) ?? 0) + sms.parts);
      }
  }
  let smsParts = 0;
  for (const [audience, count] of parts) smsParts += count * (await telephones(audience, request));
  return { since: `${month}-01`, messages, smsParts, usd: smsParts * configuration.smsPartPrice };
}

async function telephones(audience: string, { stack, clients }: SpendRequest): Promise<number> {
  const topic = stack.topicOf(audience);
  if (topic === undefined) return 0;
  let count = 0;
  try {
    for await (const { protocol, state } of snsSubscriptions(clients.sns).list(topic))
      if (protocol === "sms" && state === "confirmed") count++;
  } catch (error) {
    if (!isTopicMissing(error)) throw error;
  }
  return count;
}
