import { s3Plans } from "../../aws/plans.ts";
import { systemClock } from "../../aws/clock.ts";
import { sqsSlots } from "../../aws/slots.ts";
import type { StackClients } from "../../aws/stack-clients.ts";
import { stackLedger, type StackLedger } from "../../aws/stack-ledger.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { isConfirmed } from "../../console/confirmation.ts";
import { counted, safeLine, write, writeError } from "../../console/terminal.ts";
import { need, type StackOptions } from "../stack.ts";
import { audiencesOf, checkAudience } from "../known-names.ts";
import { program } from "../options.ts";
import { withStack } from "../with-stack.ts";

export interface DigestOptions extends StackOptions {
  readonly yes?: true;
  readonly json?: true;
}

/** Milliseconds until a slot counts as not finished, and between two looks at it. */
const patience = 120_000;
const interval = 200;

/** What a slot sent, and what waits after it. */
interface SlotReport {
  readonly audience: string;
  /** ISO 8601. */
  readonly slot: string;
  readonly messages: readonly { readonly id: string; readonly subject: string; readonly entries: number }[];
  /** Entries. */
  readonly waiting: number;
  /** The audience is paused: its messages stay in the outbox. */
  readonly held?: true;
}

/** Sends a slot to the digest function, waits for its end and prints what was sent. */
export const runDigest = (audience: string, options: DigestOptions): Promise<void> =>
  withStack("digest", options, async (stack, clients) => {
    const address = need(stack, "bucket", "table", "slots");
    if (!stack.isOfOptions) checkAudience(audience, await audiencesOf(stack));
    const ledger = stackLedger(clients, address.table);
    const claims = await ledger.waitingClaims(audience);
    const entries = claims.reduce((sum, claim) => sum + claim.entries, 0);
    const { pausedSince } = await ledger.readAudience(audience);
    const held = pausedSince === undefined ? "" : `, and held, because ${safeLine(audience)} is paused`;
    const what = `${safeLine(stack.name)}: ${counted(entries, "entry", "entries")} that ${entries === 1 ? "waits" : "wait"} for ${safeLine(audience)} will be sent now${held}.`;
    if (entries > 0 && !(await isConfirmed({ what, elsewhere: "proceed" }, options))) return;
    const slot = await nextFreeSlot(audience, ledger, clients);
    const request = { audience, slot, byHand: true, attempts: 0, firstAttempt: slot };
    await sqsSlots(clients.sqs, address.slots).send(request, 0);
    if (await isDone(request, ledger)) {
      const report = await reportOf(request, { clients, ledger, bucket: address.bucket });
      await write(process.stdout, `${options.json ? jsonLine({ ...report }) : describe(report)}\n`);
      return;
    }
    writeError(
      `feedbell: ${safeLine(stack.name)}: the digest of ${audience} has not finished after ${patience / 1000} seconds. ` +
        `The function continues to try; see its log.\n`,
    );
    process.exitCode = 1;
  });

/** Milliseconds by which a clock is wrong, and not only rounded: answers of services have their time in seconds. */
const minSkew = 60_000;

/**
 * Now, or just after a later slot that is already done. Epoch milliseconds. A clock of this computer that is wrong is
 * corrected by that of the service: the schedule's own slots before a slot in the future would count as done.
 */
async function nextFreeSlot(audience: string, ledger: StackLedger, clients: StackClients): Promise<number> {
  const { slot = 0 } = await ledger.readAudience(audience);
  const skew = clients.dynamodb.config.systemClockOffset;
  return Math.max(systemClock.now() + (Math.abs(skew) > minSkew ? skew : 0), slot + 1);
}

interface AudienceSlot {
  readonly audience: string;
  readonly slot: number;
}

/** Waits until a slot is done. `false`: it took too long. */
async function isDone({ audience, slot }: AudienceSlot, ledger: StackLedger): Promise<boolean> {
  const end = systemClock.now() + patience;
  while (systemClock.now() < end) {
    const { slot: done = 0 } = await ledger.readAudience(audience);
    if (done >= slot) return true;
    await systemClock.sleep(interval);
  }
  return false;
}

async function reportOf(
  { audience, slot }: AudienceSlot,
  {
    clients,
    ledger,
    bucket,
  }: { readonly clients: StackClients; readonly ledger: StackLedger; readonly bucket: string },
): Promise<SlotReport> {
  const name = await ledger.digestPlan(audience, slot);
  const plan = name === undefined ? undefined : await s3Plans(clients.s3, bucket, systemClock).read(name);
  const claims = await ledger.waitingClaims(audience);
  const { pausedSince } = await ledger.readAudience(audience);
  return {
    ...(pausedSince !== undefined && { held: true }),
    audience,
    slot: new Date(slot).toISOString(),
    messages: (plan?.messages ?? []).map(({ id, subject, keys, more }) => ({
      id,
      subject,
      entries: keys.length + more,
    })),
    waiting: claims.reduce((sum, { entries }) => sum + entries, 0),
  };
}

function describe({ audience, messages, waiting, held }: SlotReport): string {
  const wait = counted(waiting, "entry waits", "entries wait");
  if (messages.length === 0)
    return waiting === 0 ? `${audience}: nothing waits` : `${audience}: nothing was sent; ${wait}`;
  const lines = messages.map(
    ({ id, subject, entries }) => `${id}  ${safeLine(subject)}  ${counted(entries, "entry", "entries")}`,
  );
  const pause = `${audience} is paused: this is held until \`${program} resume --audience ${audience}\``;
  return [
    ...lines,
    ...(held ? [pause] : []),
    ...(waiting === 0 ? [] : [`${audience}: ${wait} for the next slot`]),
  ].join("\n");
}
