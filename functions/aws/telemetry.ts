import type { Log } from "../core/ports.ts";

/** What must never reach a terminal: controls, and the characters that change the direction of what follows. */
const unsafe = /[\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g;

const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** One line of JSON, in which every control and bidirectional character is escaped. */
export const logLine = (details: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(details).replace(unsafe, escape);

/** Writes one JSON line per event to standard output, where Lambda collects it. */
export const jsonLog: Log = (level, event, details) => {
  process.stdout.write(`${logLine({ level, event, ...details })}\n`);
};

/** The counts of one snapshot, 0 included, as CloudWatch reads them out of a log line (CloudWatch User Guide, 'Embedded metric format'). */
export function metrics(
  now: number,
  counts: Readonly<Record<string, number>>,
): Readonly<Record<string, unknown>> {
  const names = Object.keys(counts).map((Name) => ({ Name, Unit: "Count" }));
  return {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{ Namespace: "feedbell", Dimensions: [[]], Metrics: names }],
    },
    ...counts,
  };
}
