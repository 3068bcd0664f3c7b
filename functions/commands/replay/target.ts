import { prefixes } from "../../aws/environment.ts";
import { escapeLine } from "../../console/terminal.ts";
import { UsageError } from "../../console/usage-error.ts";

/** Epoch milliseconds; `since` is inclusive, `until` is exclusive. */
export interface Period {
  readonly since: number;
  readonly until: number;
}

export type Target =
  /** A key or a prefix of keys: their current versions, or all versions of a period. */
  | { readonly kind: "snapshots" | "quarantine"; readonly prefix: string; readonly period?: Period }
  | { readonly kind: "dead letters" };

export interface TargetOptions {
  readonly deadLetter?: true;
  readonly since?: number;
  readonly until?: number;
  readonly resend?: true;
}

/** Reads what to replay from the command line; throws `UsageError` for an invalid combination. */
export function readTarget(given: string | undefined, options: TargetOptions): Target {
  const { deadLetter, since, until } = options;
  const hasPeriod = since !== undefined || until !== undefined;
  if (deadLetter) {
    if (given !== undefined || hasPeriod)
      throw new UsageError("--dead-letter takes the whole queue; leave the target and the period out.");
    return { kind: "dead letters" };
  }
  if (since !== undefined && until !== undefined && since >= until)
    throw new UsageError("--since must be earlier than --until.");
  if (given === undefined && !hasPeriod)
    throw new UsageError(
      `Say what to replay: a key or prefix under ${prefixes.snapshots} or ${prefixes.quarantine}, --dead-letter, or a period (--since, --until).`,
    );
  const prefix = given ?? prefixes.snapshots;
  return {
    kind: kindOf(prefix),
    prefix,
    ...(hasPeriod && { period: { since: since ?? -Infinity, until: until ?? Infinity } }),
  };
}

function kindOf(prefix: string): "snapshots" | "quarantine" {
  if (prefix.startsWith(prefixes.snapshots)) return "snapshots";
  if (prefix.startsWith(prefixes.quarantine)) return "quarantine";
  throw new UsageError(
    `${JSON.stringify(prefix)} is no key in the bucket; give one that starts with ${prefixes.snapshots} or ${prefixes.quarantine}, such as ${escapeLine(`${prefixes.snapshots}${prefix}`)}.`,
  );
}

/** Of the objects found under a prefix, those with exactly this key, or else all. */
export function exactOrAll<T extends { readonly key: string }>(
  found: readonly T[],
  prefix: string,
): readonly T[] {
  const exact = found.filter(({ key }) => key === prefix);
  return exact.length > 0 ? exact : found;
}

export const isWithin = (at: number, period: Period | undefined): boolean =>
  period === undefined || (at >= period.since && at < period.until);
