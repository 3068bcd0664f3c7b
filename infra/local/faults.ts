import { isFailure, readLogLine } from "../../functions/core/log-line.ts";

/** The faults that a line of the function's log counts for a snapshot, as one sentence; `undefined` if there are none. */
export function describeFaults(text: string): string | undefined {
  const line = readLogLine(text);
  if (line === undefined || isFailure(line) || line.faults === undefined) return undefined;
  const counted = Object.entries(line.faults).map(([code, count]) =>
    count === 1 ? code : `${code} ${count} times`,
  );
  return `${line.key}: warnings: ${counted.join(", ")}; for details: npx feedbell parse FILE`;
}
