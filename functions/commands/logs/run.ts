import { filterLogEvents, type LogEvent } from "../../aws/log-events.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { prefixes } from "../../aws/environment.ts";
import { describeOutcome, describeQuarantine } from "../../console/outcomes.ts";
import { escapeLine, write } from "../../console/terminal.ts";
import { UsageError } from "../../console/usage-error.ts";
import { feedOfKey, slug } from "../../core/feed/feed-slug.ts";
import { isFailure, readLogLine } from "../../core/log-line.ts";
import type { StackAddress } from "../stack.ts";
import { withStack } from "../with-stack.ts";
import { localLog } from "./local-log.ts";

export interface LogsOptions {
  readonly feed?: string;
  readonly follow?: true;
  /** Epoch milliseconds. */
  readonly since?: number;
  readonly logGroup?: string;
  readonly json?: true;
}

/** Milliseconds between two looks: the account's quota of `FilterLogEvents` is 10 requests a second. */
const intervals = { local: 500, deployed: 2_000 } as const;

const defaultPeriod = 3_600_000;

/** The lines that name a snapshot. */
const pattern = `{ $.key = "${prefixes.snapshots}*" }`;

/** Prints what became of the uploads. */
export async function printLogs(options: LogsOptions): Promise<void> {
  if (options.logGroup !== undefined)
    return printEvents(events({ logGroup: options.logGroup }, options), options);
  await withStack("logs", {}, (stack) => printEvents(events(stack, options), options));
}

function events(
  { inbox, logGroup, region }: Pick<StackAddress, "inbox" | "logGroup" | "region">,
  { follow, since }: LogsOptions,
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
    ...(region !== undefined && { region }),
    ...(follow && { interval: intervals.deployed }),
  });
}

/** Prints the events that are about snapshots, as they come. */
export async function printEvents(
  found: AsyncIterable<LogEvent>,
  { feed, json }: Pick<LogsOptions, "feed" | "json">,
): Promise<void> {
  const wanted = feed === undefined ? undefined : slug(feed);
  for await (const { at, text } of found) {
    const line = readLogLine(text);
    if (line === undefined || isFailure(line)) continue;
    const name = feedOfKey(line.key, prefixes.snapshots);
    const own = line.feed ?? (name === undefined ? undefined : slug(name));
    if (wanted !== undefined && own !== wanted) continue;
    const time = new Date(at).toISOString();
    if (json) await write(process.stdout, `${jsonLine({ at: time, ...line })}\n`);
    else {
      const says = describeOutcome(text) ?? describeQuarantine(text);
      if (says !== undefined) await write(process.stdout, `${time}  ${escapeLine(says)}\n`);
    }
  }
}
