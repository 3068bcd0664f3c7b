import type { IngestResult } from "../ingest-result.ts";
import type { IngestPorts } from "../ports.ts";
import type { IngestRequest } from "../snapshot.ts";
import type { RunState } from "./run-state.ts";
import { earlierClaims, type Run } from "./run.ts";
import { resume } from "./sealing.ts";

/** Rounds of one claim after which a snapshot makes no progress. */
const maxRounds = 200;

/** Seconds before the next round starts, so that the claim has been handed on by then. */
const handOnDelay = 1;

/** Whether an earlier run of the same request may have left a claim. */
export const isRepeated = ({ receives, attempts, continued }: IngestRequest): boolean =>
  receives > 1 || attempts > 0 || continued !== undefined;

/** Enqueues the plans that earlier runs of the request sealed. `superseded`: a later message continues the open claim. */
export async function finishEarlier(
  request: IngestRequest,
  run: Run,
  ports: IngestPorts,
): Promise<"superseded" | "finished"> {
  for (const claim of await earlierClaims(request, ports.ledger)) {
    if (claim.state === "sealed" && claim.plan !== undefined) await resume(claim.plan, run.owner, ports);
    const round = request.continued?.claim === claim.id ? request.continued.round : 0;
    if (claim.state === "open" && claim.round > round) return "superseded";
  }
  return "finished";
}

/** The state that was handed on, if its claim is still open; otherwise the snapshot is read from its start. */
export async function continueRun(
  { continued }: IngestRequest,
  run: Run,
  { plans }: IngestPorts,
): Promise<RunState | undefined> {
  if (!continued) return undefined;
  return (await run.acquireClaim()) === continued.claim ? plans.readState(continued.state) : undefined;
}

/** Lets a later run continue, under the same claim. */
export async function handOn(
  request: IngestRequest,
  state: RunState,
  run: Run,
  { ports, ...result }: Omit<IngestResult, "state"> & { readonly ports: IngestPorts },
): Promise<IngestResult> {
  const claim = await run.acquireClaim();
  const round = run.round() + 1;
  if (round > maxRounds) {
    await releaseQuietly(run, ports);
    return { ...result, state: "retry", code: "out-of-time", why: `not finished after ${maxRounds} rounds` };
  }
  const name = await ports.plans.writeState(claim, state);
  await ports.requests.send({ ...request, continued: { claim, round, state: name } }, handOnDelay);
  // Best effort: otherwise the next round waits for the lease.
  const { owner, lease } = run;
  await ports.ledger.handOnClaim(claim, { owner, round, lease }).catch(() => false);
  return { ...result, state: "continued" };
}

/** Best effort: the lease expires anyway, and the original error is the one to report. */
export async function releaseQuietly(run: Run, { ledger }: IngestPorts): Promise<void> {
  const claim = run.claim();
  if (claim !== undefined) await ledger.releaseClaim(claim, run.owner).catch(() => undefined);
}
