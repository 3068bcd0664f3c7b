import { counted } from "../../console/terminal.ts";
import { noteProgress } from "../../console/activity.ts";
import { s3Plans } from "../../aws/plans.ts";
import { systemClock } from "../../aws/clock.ts";
import type { StackClients } from "../../aws/stack-clients.ts";
import { stackLedger, type StackLedger } from "../../aws/stack-ledger.ts";
import { isDigestPlan, type Plan, type PlannedMessage } from "../../core/plan.ts";
import type { Plans } from "../../core/ports.ts";

/** A message of a sealed plan that has no sent mark: it is in the outbox or in its dead-letter queue, or was never enqueued. */
export interface PendingMessage extends Pick<PlannedMessage, "id" | "audience" | "subject"> {
  /** When it was decided, ISO 8601. */
  readonly at: string;
  /** Slug of the feed; absent for the digest of a schedule. */
  readonly feed?: string;
  /** Key of the snapshot; absent for the digest of a schedule. */
  readonly key?: string;
  readonly entries: number;
}

/** Messages whose marks are read together. */
const batchSize = 100;

/** Reads all plans, oldest first, and yields the messages that were not sent. */
export async function* pendingMessages(
  clients: Pick<StackClients, "s3" | "dynamodb">,
  { bucket, table }: { readonly bucket: string; readonly table: string },
  audience: string | undefined,
): AsyncGenerator<PendingMessage> {
  const plans = s3Plans(clients.s3, bucket, systemClock);
  const ledger = stackLedger(clients, table);
  let batch: PendingMessage[] = [];
  const unsent = async () => {
    const ids = batch.map(({ id }) => id);
    const { sent } = await ledger.readDelivery({ ids, audiences: [], attemptsOf: [] });
    const found = batch.filter(({ id }) => !sent.has(id));
    batch = [];
    return found;
  };
  let read = 0;
  for await (const { name, claim } of plans.list(undefined)) {
    read++;
    noteProgress(() => `${counted(read, "plan", "plans")} read`);
    const plan = await readSealed({ name, claim }, plans, ledger);
    if (!plan) continue;
    for (const { id, audience: to, subject, keys, more } of plan.messages) {
      if (audience !== undefined && to !== audience) continue;
      const entries = keys.length + more;
      batch.push({
        id,
        audience: to,
        subject,
        at: plan.at,
        ...(!isDigestPlan(plan) && { feed: plan.feed, key: plan.snapshot.key }),
        entries,
      });
      if (batch.length === batchSize) yield* await unsent();
    }
  }
  if (batch.length > 0) yield* await unsent();
}

/** A plan, unless it is void: the run that wrote it could not seal it, and nothing of it was enqueued. */
export async function readSealed(
  { name, claim }: { readonly name: string; readonly claim: string },
  plans: Plans,
  ledger: StackLedger,
): Promise<Plan | undefined> {
  const found = (await ledger.claims([claim])).get(claim);
  if (found) return found.plan === name ? plans.read(name) : undefined;
  const plan = await plans.read(name);
  if (!isDigestPlan(plan)) return undefined;
  const { audience, slot } = plan;
  const isFinished = (await ledger.digestPlan(audience, Date.parse(slot))) === name;
  return isFinished || (await ledger.readAudience(audience)).openPlan === name ? plan : undefined;
}
