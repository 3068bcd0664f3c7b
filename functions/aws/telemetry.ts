import { escapeUnsafe } from "../core/feed/text/unsafe-characters.ts";
import type { Log } from "../core/ports.ts";

/** One line of JSON with every control and bidirectional character escaped. */
export const logLine = (details: Readonly<Record<string, unknown>>): string =>
  escapeUnsafe(JSON.stringify(details));

/** Writes one JSON line per event to standard output, which Lambda sends to CloudWatch Logs. */
export const jsonLog: Log = (level, event, details) => {
  process.stdout.write(`${logLine({ level, event, ...details })}\n`);
};

/**
 * Fields of a log line from which CloudWatch extracts the counts as metrics, 0 included (CloudWatch User Guide,
 * 'Embedded metric format'). Without dimensions the metrics of all stacks of an account add up.
 */
export function metrics(
  now: number,
  counts: Readonly<Record<string, number>>,
  dimensions: Readonly<Record<string, string>> = {},
): Readonly<Record<string, unknown>> {
  const names = Object.keys(counts).map((Name) => ({ Name, Unit: "Count" }));
  return {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{ Namespace: "feedbell", Dimensions: [Object.keys(dimensions)], Metrics: names }],
    },
    ...dimensions,
    ...counts,
  };
}
