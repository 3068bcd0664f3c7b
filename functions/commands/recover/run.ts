import { randomUUID } from "node:crypto";
import { systemClock } from "../../aws/clock.ts";
import { prefixes } from "../../aws/environment.ts";
import { s3Plans } from "../../aws/plans.ts";
import { s3Snapshots } from "../../aws/snapshots.ts";
import type { StackClients } from "../../aws/stack-clients.ts";
import { stackLedger } from "../../aws/stack-ledger.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { isConfirmed } from "../../console/confirmation.ts";
import { counted, escapeLine, safeLine, write, writeError } from "../../console/terminal.ts";
import { versionHash } from "../../core/dedupe/run.ts";
import { isDigestPlan, type Plan } from "../../core/plan.ts";
import { lostPlans, type LostPlan } from "../../core/recovery/lost-plans.ts";
import {
  recoverDigestPlan,
  recoverSnapshotPlan,
  type Recovered,
  type RecoveryPorts,
} from "../../core/recovery/recover-plan.ts";
import { describeFailure } from "../failure.ts";
import { program, readConfiguration } from "../options.ts";
import { pendingMessages, type PendingMessage } from "../outbox/pending.ts";
import { startProgress } from "../../console/progress.ts";
import { need, type StackAddress, type StackOptions } from "../stack.ts";
import { withStack } from "../with-stack.ts";
import { countAll, countHidden, queuedDigests, queuedSnapshots } from "./queued.ts";

export interface RecoverOptions extends StackOptions {
  readonly config?: string;
  readonly yes?: true;
  readonly json?: true;
}

interface OpenPlan extends LostPlan {
  /** Number of its messages. */
  readonly messages: number;
}

/** What was done, and what could not be. */
interface Report {
  snapshots: number;
  digests: number;
  /** Entries that the ledger knows again. */
  entries: number;
  /** Entries that were stored for the schedules of audiences. */
  waiting: number;
  /** Messages that were marked as sent. */
  marked: number;
  /** Messages in the outbox and its dead-letter queue: nothing is marked before they are gone. */
  readonly inOutbox: number;
  /** Plans of which the snapshot or slot waits in a queue. */
  readonly queued: number;
  /** Keys of snapshots that could not be read, with the code. */
  readonly unread: { readonly key: string; readonly code: string }[];
  /** Plans that a live run holds. */
  readonly held: string[];
}

/** Completes a restored ledger from the plans, after a question. */
export const recover = (options: RecoverOptions): Promise<void> =>
  withStack("recover", options, async (stack, clients) => {
    const address = need(
      stack,
      ...([
        "bucket",
        "table",
        "queue",
        "deadLetterQueue",
        "outbox",
        "outboxDeadLetterQueue",
        "slots",
      ] as const),
    );
    const { sqs } = clients;
    const hidden = (await countHidden(sqs, address.queue)) + (await countHidden(sqs, address.slots));
    if (hidden > 0) return reportBusy(stack, hidden);
    const configuration = await readConfiguration(options.config);
    const ports = portsOf(clients, address);
    const { open, queued } = await openPlans(clients, address, ports);
    const inOutbox = await countAll(sqs, [address.outbox, address.outboxDeadLetterQueue]);
    const unmarked = inOutbox === 0 ? await unmarkedMessages(clients, address) : [];
    const report: Report = {
      snapshots: 0,
      digests: 0,
      entries: 0,
      waiting: 0,
      marked: 0,
      inOutbox,
      queued,
      unread: [],
      held: [],
    };
    if (open.length + unmarked.length > 0) {
      if (!(await isConfirmed({ what: questionOf(open, unmarked, inOutbox) }, options))) return;
      const context = { configuration, owner: `recover-${randomUUID()}`, prefix: prefixes.snapshots };
      await inSteps(open, options, async (lost) => {
        const plan = await ports.plans.read(lost.name);
        const recovered = isDigestPlan(plan)
          ? await recoverDigestPlan(lost, plan, ports)
          : await recoverSnapshotPlan(lost, plan, context, ports);
        addTo(report, plan, recovered);
      });
      if (inOutbox === 0)
        await inSteps(await unmarkedMessages(clients, address), options, async ({ id, at }) => {
          await ports.ledger.markSent(id, { at: Date.parse(at) });
          report.marked++;
        });
    }
    if (report.unread.length + report.held.length > 0) process.exitCode = 1;
    await print(report, stack, options);
  });

function portsOf(
  { s3, dynamodb }: StackClients,
  { bucket, table }: { readonly bucket: string; readonly table: string },
): RecoveryPorts & {
  readonly plans: ReturnType<typeof s3Plans>;
  readonly ledger: ReturnType<typeof stackLedger>;
} {
  return {
    plans: s3Plans(s3, bucket, systemClock),
    snapshots: s3Snapshots(s3, systemClock, { wait: () => undefined }),
    ledger: stackLedger({ dynamodb }, table),
    clock: systemClock,
    log: () => undefined,
  };
}

/** The lost plans. `queued`: those that are left to the functions, because what they were decided for still waits. */
async function openPlans(
  { sqs }: StackClients,
  queues: { readonly queue: string; readonly deadLetterQueue: string; readonly slots: string },
  { plans, ledger }: ReturnType<typeof portsOf>,
): Promise<{ readonly open: readonly OpenPlan[]; readonly queued: number }> {
  const waiting = await queuedSnapshots(sqs, [queues.queue, queues.deadLetterQueue]);
  const slots = await queuedDigests(sqs, queues.slots);
  const open: OpenPlan[] = [];
  let queued = 0;
  for (const lost of await lostPlans(plans.list(undefined), ledger)) {
    const plan = await plans.read(lost.name);
    const isQueued = isDigestPlan(plan) ? slots.has(plan.claim) : waiting.has(versionHash(plan.snapshot));
    if (isQueued) queued++;
    else open.push({ ...lost, messages: plan.messages.length });
  }
  return { open, queued };
}

async function unmarkedMessages(
  clients: StackClients,
  address: { readonly bucket: string; readonly table: string },
): Promise<readonly PendingMessage[]> {
  const messages: PendingMessage[] = [];
  for await (const message of pendingMessages(clients, address, undefined)) messages.push(message);
  return messages;
}

function questionOf(
  open: readonly OpenPlan[],
  unmarked: readonly PendingMessage[],
  inOutbox: number,
): string {
  const digests = open.filter(({ kind }) => kind === "digest").length;
  const known = [
    counted(open.length - digests, "snapshot", "snapshots"),
    counted(digests, "digest", "digests"),
  ].join(" and ");
  const messages = unmarked.length + open.reduce((sum, plan) => sum + plan.messages, 0);
  const marks =
    inOutbox > 0
      ? `${counted(inOutbox, "message is", "messages are")} in the outbox, so none is marked as sent yet.`
      : `${counted(messages, "message", "messages")} will be marked as sent, and readers will not get them again.`;
  return `The ledger has lost what was decided about ${known}; it will be written again. ${marks}`;
}

async function inSteps<T>(
  items: readonly T[],
  options: RecoverOptions,
  step: (item: T) => Promise<void>,
): Promise<void> {
  const progress = startProgress(items.length, options);
  try {
    for (const item of items) {
      await step(item);
      progress.step();
    }
  } finally {
    progress.stop();
  }
}

function addTo(report: Report, plan: Plan, { state, entries, waiting, unread }: Recovered): void {
  if (state === "held") report.held.push(plan.claim);
  else if (isDigestPlan(plan)) report.digests++;
  else report.snapshots++;
  report.entries += entries;
  report.waiting += waiting;
  if (unread !== undefined && !isDigestPlan(plan))
    report.unread.push({ key: plan.snapshot.key, code: unread });
}

function reportBusy(stack: StackAddress, hidden: number): void {
  writeError(
    describeFailure(safeLine(stack.name), {
      code: "not-stopped",
      message: "The functions are at work.",
      found: `${counted(hidden, "message", "messages")} of the intake and slots queues received or delayed`,
      expected: "none",
      hint: "Stop the functions, wait 15 minutes, and run it again: see 'Restore the ledger' in infra/RUNBOOK.md.",
    }),
  );
  process.exitCode = 1;
}

async function print(report: Report, stack: StackAddress, { json }: RecoverOptions): Promise<void> {
  if (json) return write(process.stdout, `${jsonLine({ ...report })}\n`);
  const { snapshots, digests, entries, waiting, marked, inOutbox, queued, unread, held } = report;
  const lines = [
    `${safeLine(stack.name)}: ${counted(snapshots, "snapshot", "snapshots")} and ${counted(digests, "digest", "digests")} recovered`,
    `${counted(entries, "entry", "entries")} known again, ${counted(waiting, "entry waits", "entries wait")} for schedules again`,
    inOutbox === 0
      ? `${counted(marked, "message", "messages")} marked as sent`
      : `${counted(inOutbox, "message is", "messages are")} in the outbox: start deliver, and run it again when \`${program} status\` shows none, so that the others are marked as sent`,
    ...(queued > 0
      ? [`${counted(queued, "plan", "plans")} left to the functions: the snapshot or slot waits in a queue`]
      : []),
    ...unread.map(
      ({ key, code }) =>
        `${escapeLine(key)}: ${code}: its entries stay unknown, and are sent if they are uploaded again`,
    ),
    ...held.map((claim) => `${claim}: held by a run: stop the functions, and run it again in 15 minutes`),
  ];
  await write(process.stdout, `${lines.join("\n")}\n`);
}
