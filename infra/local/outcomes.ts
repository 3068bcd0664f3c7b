import { prefixes } from "../../functions/aws/environment.ts";
import { isFailure, readLogLine, type SnapshotLine } from "../../functions/core/log-line.ts";

/**
 * What a run did with a snapshot, in one line: `harbour/1.xml: 2 new, 30 known -> alerts 2, digest 1`. `undefined` for
 * other lines of the log, and for a quarantine, which is reported with its reason.
 */
export function describeOutcome(text: string): string | undefined {
  const line = readLogLine(text);
  if (line === undefined || isFailure(line)) return undefined;
  const name = line.key.startsWith(prefixes.snapshots) ? line.key.slice(prefixes.snapshots.length) : line.key;
  const outcome = inWords(line);
  return outcome && `${name}: ${outcome}`;
}

function inWords(line: SnapshotLine): string | undefined {
  const { entries = 0, byAudience = {}, code, why } = line;
  const sent = Object.entries(byAudience).map(([audience, count]) => `${audience} ${count}`);
  switch (line.event) {
    case "done":
      return sent.length > 0 ? `${counted(line)} -> ${sent.join(", ")}` : `nothing new (${counted(line)})`;
    case "unchanged":
      return "unchanged";
    case "continued":
      return `${entries.toLocaleString("en")} entries read so far`;
    case "retry":
      return `will retry: ${code ?? "unexpected"}: ${why ?? "see the log"}`;
    default:
      return undefined;
  }
}

function counted(line: SnapshotLine): string {
  const counts = [
    [line.new ?? 0, "new"],
    [line.known ?? 0, "known"],
    [line.skipped ?? 0, "skipped"],
    [line.rejected ?? 0, "rejected"],
  ] as const;
  const some = counts.filter(([count]) => count > 0);
  return some.length === 0 ? "no entries" : some.map(([count, word]) => `${count} ${word}`).join(", ");
}
