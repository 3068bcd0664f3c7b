import { widthOf, wrapText } from "../../console/columns.ts";
import { endActivity, noteProgress, startActivity } from "../../console/activity.ts";
import type { LogEvent } from "../../aws/log-events.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { prefixes } from "../../aws/environment.ts";
import { checkProfile } from "../../console/aws-profiles.ts";
import { describeOutcome, describeQuarantine } from "../../console/outcomes.ts";
import { counted, escapeLine, safeLine, write } from "../../console/terminal.ts";
import { feedOfKey, slug } from "../../core/feed/feed-slug.ts";
import { isFailure, readLogLine } from "../../core/log-line.ts";
import { remarkOnFeed } from "../known-names.ts";
import { withStack } from "../with-stack.ts";
import { snapshotLog } from "./snapshot-log.ts";

export interface LogsOptions {
  readonly feed?: string;
  readonly follow?: true;
  /** Epoch milliseconds. */
  readonly since?: number;
  readonly logGroup?: string;
  readonly stack?: string;
  readonly profile?: string;
  readonly json?: true;
}

/** Prints what became of the uploads. */
export async function printLogs(options: LogsOptions): Promise<void> {
  const { logGroup, profile, stack } = options;
  const account = profile === undefined ? {} : { profile };
  if (logGroup !== undefined) {
    if (profile !== undefined) await checkProfile(profile, process.env);
    startActivity("logs", options);
    return printEvents(snapshotLog({ logGroup, ...account }, options), options);
  }
  const named = {
    ...account,
    ...(stack !== undefined && { stack }),
    ...(options.json && { json: options.json }),
  };
  await withStack("logs", named, (found) => printEvents(snapshotLog(found, options), options));
}

/** Prints the events that are about snapshots, as they come. */
export async function printEvents(
  found: AsyncIterable<LogEvent>,
  { feed, json, follow, since }: Pick<LogsOptions, "feed" | "json" | "follow" | "since">,
): Promise<void> {
  const wanted = feed === undefined ? undefined : slug(feed);
  // A line for each event, as a log has them; keys can be copied, and the words of one event stay together.
  const width = widthOf(process.stdout);
  let count = 0;
  let read = 0;
  if (follow) noteProgress(() => "waiting for uploads, until Ctrl-C");
  for await (const { at, text } of found) {
    read++;
    if (!follow) noteProgress(() => `${counted(read, "line", "lines")} read`);
    const line = readLogLine(text);
    if (line === undefined || isFailure(line)) continue;
    const name = feedOfKey(line.key, prefixes.snapshots);
    const own = line.feed ?? (name === undefined ? undefined : slug(name));
    if (wanted !== undefined && own !== wanted) continue;
    count++;
    const time = new Date(at).toISOString();
    if (json) await write(process.stdout, `${jsonLine({ at: time, ...line })}\n`);
    else {
      const says = describeOutcome(text) ?? describeQuarantine(text);
      if (says !== undefined)
        await write(
          process.stdout,
          `${wrapText(`${time}  ${escapeLine(says)}`, width, { indent: 2 }).join("\n")}\n`,
        );
    }
    if (follow) endActivity();
  }
  if (count > 0) return;
  await remarkOnFeed(feed);
  if (json) return;
  const what = feed === undefined ? "No upload" : `No upload of the feed ${safeLine(feed)}`;
  const when =
    since === undefined
      ? "is in the log; of a deployed stack it shows the last hour without --since"
      : `was logged since ${new Date(since).toISOString()}`;
  await write(process.stdout, `${what} ${when}.\n`);
}
