import type { Log } from "../core/ports.ts";

/** Characters that must not reach a terminal: controls, and those that change the text direction. */
const unsafe = /[\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g;

const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** One line of JSON with every control and bidirectional character escaped. */
export const logLine = (details: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(details).replace(unsafe, escape);

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
