import { countAnswer } from "../../console/activity.ts";
import { prefixes } from "../../aws/environment.ts";
import { filterLogEvents, type LogEvent } from "../../aws/log-events.ts";
import { UsageError } from "../../console/usage-error.ts";
import type { StackAddress } from "../stack.ts";
import { localLog } from "./local-log.ts";

/** Milliseconds between two looks: the account's quota of `FilterLogEvents` is 10 requests a second. */
export const intervals = { local: 500, deployed: 2_000 } as const;

const defaultPeriod = 3_600_000;

/** The lines that name a snapshot. */
const pattern = `{ $.key = "${prefixes.snapshots}*" }`;

/**
 * The log lines of ingest that name a snapshot, from `since` (epoch milliseconds) on; with `follow` it waits for later
 * ones. Throws `UsageError` for a deployed stack whose log group is unknown.
 */
export function snapshotLog(
  { inbox, logGroup, region, profile }: Pick<StackAddress, "inbox" | "logGroup" | "region" | "profile">,
  { follow, since }: { readonly follow?: true; readonly since?: number },
): AsyncIterable<LogEvent> {
  if (inbox !== undefined)
    return localLog(inbox, { since: since ?? 0, ...(follow && { interval: intervals.local }) });
  if (logGroup === undefined)
    throw new UsageError(
      "The stack has no output IngestLogGroupName; deploy it again, or name the log group by --log-group.",
    );
  return filterLogEvents({
    group: logGroup,
    since: since ?? Date.now() - defaultPeriod,
    pattern,
    onAnswer: countAnswer,
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    ...(follow && { interval: intervals.deployed }),
  });
}
