import { SnapshotError } from "../errors.ts";
import type { Claim, ClaimLedger } from "../ports.ts";
import type { SnapshotVersion } from "../snapshot.ts";
import type { RunIdentity } from "./candidate.ts";
import { shortHash } from "./short-hash.ts";

/** Claims of one snapshot and request that are tried in a row: each was ended by a take-over or finished by an earlier run. */
const maxPasses = 100;

/** Which snapshot is run, for which request, and by whom. */
export interface RunOptions {
  readonly version: SnapshotVersion;
  /** Unique to this invocation. */
  readonly owner: string;
  /** Epoch milliseconds, after the end of the invocation: until then the run's claim is nobody else's. */
  readonly lease: number;
  /** A request to send once more what was sent before. */
  readonly resend?: string;
  /** The claim that an earlier run handed on, and its round. */
  readonly continued?: { readonly claim: string; readonly round: number };
  readonly ledgerDays: number;
  readonly now: () => number;
}

/** A run and the claim that it acquires with its first new entry. */
export interface Run extends RunIdentity {
  readonly owner: string;
  readonly lease: number;
  /** Round of the claim. */
  readonly round: () => number;
}

/** What the ledger stores of the version that an entry was claimed from. */
export const versionHash = ({ bucket, key, versionId, etag }: SnapshotVersion): string =>
  shortHash(`${bucket}\n${key}\n${versionId ?? etag ?? ""}`);

/** Id of the n-th claim of a snapshot and request: a redelivered message finds its own claim by it. */
export const claimId = (version: SnapshotVersion, resend: string | undefined, pass: number): string =>
  `${versionHash(version)}${resend === undefined ? "" : `-${shortHash(resend)}`}.${pass}`;

/** Another run of the same snapshot has the claim until then: this one is retried. */
export class ClaimHeldError extends Error {
  /** Epoch milliseconds. */
  readonly until: number;

  constructor(id: string, until: number) {
    super(`Another run holds the claim ${id} until ${new Date(until).toISOString()}.`);
    this.name = "ClaimHeldError";
    this.until = until;
  }
}

export function startRun(options: RunOptions, ledger: ClaimLedger): Run {
  const { version, owner, lease, resend, continued, ledgerDays, now } = options;
  let claim: string | undefined;
  let round = 0;
  let acquiring: Promise<string> | undefined;

  const acquire = async (): Promise<string> => {
    if (continued && (await ledger.acquireClaim(continued.claim, { owner, round: continued.round, lease }))) {
      round = continued.round;
      return continued.claim;
    }
    for (let pass = 0; pass < maxPasses; pass++) {
      const id = claimId(version, resend, pass);
      if (await ledger.acquireClaim(id, { owner, round: 0, lease })) return id;
      const found = (await ledger.claims([id])).get(id);
      if (found?.state === "open" || found?.state === "sealed") throw new ClaimHeldError(id, found.lease);
    }
    throw new SnapshotError(
      "claims-exhausted",
      `${maxPasses} claims that ended`,
      "a claim that can be sealed",
    );
  };

  return {
    owner,
    lease,
    snapshot: versionHash(version),
    ...(version.sequencer !== undefined && {
      order: { key: shortHash(version.key), sequencer: version.sequencer },
    }),
    ...(resend !== undefined && { resend }),
    ttl: ledgerDays * 86_400,
    now,
    claim: () => claim,
    round: () => round,
    acquireClaim: async () => (claim ??= await (acquiring ??= acquire())),
  };
}

/** The claims of a snapshot and request that an earlier run left, in their order; the last one may be open. */
export async function earlierClaims(
  { version, resend }: Pick<RunOptions, "version" | "resend">,
  ledger: ClaimLedger,
): Promise<readonly (Claim & { readonly id: string })[]> {
  const found: (Claim & { readonly id: string })[] = [];
  for (let pass = 0; pass < maxPasses; pass++) {
    const id = claimId(version, resend, pass);
    const claim = (await ledger.claims([id])).get(id);
    if (!claim) break;
    found.push({ ...claim, id });
  }
  return found;
}
