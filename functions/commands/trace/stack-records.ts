import { systemClock } from "../../aws/clock.ts";
import { quarantinedMessageKey } from "../../aws/message-quarantine.ts";
import { versionExists } from "../../aws/object-versions.ts";
import { s3Plans } from "../../aws/plans.ts";
import type { StackClients } from "../../aws/stack-clients.ts";
import { stackLedger, type StackLedger } from "../../aws/stack-ledger.ts";
import type { Configuration } from "../../core/configuration.ts";
import type { DigestPlan, Plan, SnapshotPlan } from "../../core/plan.ts";
import { isDigestPlan } from "../../core/plan.ts";
import type { ListedPlan } from "../../core/ports.ts";
import { readSealed } from "../outbox/pending.ts";

/** Plans that are read at the same time. */
const atOnce = 20;

/** Where a trace looks. */
export interface StackRecords {
  readonly ledger: StackLedger;
  readonly s3: StackClients["s3"];
  readonly bucket: string;
  readonly configuration: Configuration;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The plan of that name; `undefined` if it is void or was deleted after 60 days. */
  readonly plan: (name: string, claim: string) => Promise<Plan | undefined>;
  /** Plans of ingest from `since` on, oldest first, of one feed or of all. */
  readonly snapshotPlans: (
    since: number | undefined,
    feed: string | undefined,
  ) => AsyncIterable<SnapshotPlan>;
  /** The digest of an audience that covers a claim which was decided at `after`. */
  readonly digestOf: (audience: string, claim: string, after: number) => Promise<DigestPlan | undefined>;
  /** Whether a message is in quarantine. */
  readonly isQuarantined: (audience: string, id: string) => Promise<boolean>;
}

export function stackRecords(
  clients: Pick<StackClients, "s3" | "dynamodb">,
  { bucket, table }: { readonly bucket: string; readonly table: string },
  configuration: Configuration,
): StackRecords {
  const plans = s3Plans(clients.s3, bucket, systemClock);
  const ledger = stackLedger(clients, table);
  const read = async (listed: { readonly name: string; readonly claim: string }) => {
    try {
      return await readSealed(listed, plans, ledger);
    } catch (error) {
      if (error instanceof Error && error.name === "NoSuchKey") return undefined;
      throw error;
    }
  };

  async function* inBatches(
    since: number | undefined,
    isWanted: (listed: ListedPlan) => boolean,
  ): AsyncGenerator<Plan> {
    let batch: Promise<Plan | undefined>[] = [];
    for await (const listed of plans.list(since === undefined ? undefined : `plans/${compact(since)}`)) {
      if (!isWanted(listed)) continue;
      batch.push(read(listed));
      if (batch.length < atOnce) continue;
      yield* (await Promise.all(batch)).filter((plan) => plan !== undefined);
      batch = [];
    }
    yield* (await Promise.all(batch)).filter((plan) => plan !== undefined);
  }

  return {
    ledger,
    s3: clients.s3,
    bucket,
    configuration,
    now: systemClock.now(),
    plan: (name, claim) => read({ name, claim }),
    async *snapshotPlans(since, feed) {
      for await (const plan of inBatches(since, ({ claim }) => !claim.startsWith("digest-")))
        if (!isDigestPlan(plan) && (feed === undefined || plan.feed === feed)) yield plan;
    },
    async digestOf(audience, claim, after) {
      const prefix = `digest-${audience}-`;
      for await (const plan of inBatches(after, (listed) => listed.claim.startsWith(prefix)))
        if (isDigestPlan(plan) && plan.audience === audience && plan.covers.includes(claim)) return plan;
      return undefined;
    },
    isQuarantined: (audience, id) =>
      versionExists(clients.s3, bucket, { key: quarantinedMessageKey(audience, id) }),
  };
}

/** The time in the name of a plan. */
const compact = (time: number): string => new Date(time).toISOString().replaceAll(/[-:.]/g, "");
