import { escapeUnsafe } from "../core/feed/text/unsafe-characters.ts";
import type { Log } from "../core/ports.ts";

/** One line of JSON with every control and bidirectional character escaped. */
export const logLine = (details: Readonly<Record<string, unknown>>): string =>
  escapeUnsafe(JSON.stringify(details));

/** Writes one JSON line per event to standard output, which Lambda sends to CloudWatch Logs. */
export const jsonLog: Log = (level, event, details) => {
  process.stdout.write(`${logLine({ level, event, ...details })}\n`);
};
