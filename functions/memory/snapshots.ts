import type { OpenSnapshot, QuarantineReason, Snapshots } from "../core/ports.ts";

/** A bucket with one version of one object, which keeps the reasons for which it would go into quarantine. */
export function oneSnapshot(
  open: () => Promise<OpenSnapshot>,
): Snapshots & { readonly reasons: readonly QuarantineReason[] } {
  const reasons: QuarantineReason[] = [];
  return {
    reasons,
    open,
    quarantine: async (_version, reason) => {
      reasons.push(reason);
    },
  };
}
