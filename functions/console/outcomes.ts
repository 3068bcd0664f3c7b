import { prefixes } from "../aws/environment.ts";
import { isFailure, readLogLine, type SnapshotLine } from "../core/log-line.ts";

/** What a run did with a snapshot. */
export interface Outcome {
  readonly key: string;
  /** Slug of its feed; unknown if the snapshot could not be read. */
  readonly feed: string | undefined;
  /** `2 new, 30 known -> alerts 2, digest 1`, or `-> weekly 2 waiting` for entries that wait for a schedule; `undefined` for a quarantine. */
  readonly words: string | undefined;
  /** Nothing is left to do with the snapshot. */
  readonly isEnd: boolean;
  /** Entries of it wait for a schedule. */
  readonly isWaiting: boolean;
}

/** `undefined` for lines of the log that are about no snapshot. */
export function readOutcome(text: string): Outcome | undefined {
  const line = readLogLine(text);
  if (line === undefined || isFailure(line)) return undefined;
  const { key, feed, event, waiting = {} } = line;
  return {
    key,
    feed,
    words: inWords(line),
    isEnd: ["done", "unchanged", "quarantined"].includes(event),
    isWaiting: Object.keys(waiting).length > 0,
  };
}

/**
 * An outcome in one line: `harbour/1.xml: 2 new, 30 known -> alerts 2, digest 1`. `undefined` for other lines of the log,
 * and for a quarantine, whose reason `describeQuarantine` gives.
 */
export function describeOutcome(text: string): string | undefined {
  const outcome = readOutcome(text);
  return outcome?.words && `${nameOf(outcome)}: ${outcome.words}`;
}

/** Why a snapshot was quarantined, in one line; `undefined` for other lines of the log. */
export function describeQuarantine(text: string): string | undefined {
  const line = readLogLine(text);
  if (line === undefined || isFailure(line) || line.event !== "quarantined" || line.code === undefined)
    return undefined;
  const { code, found = "nothing", expected = "a feed" } = line;
  return `${nameOf(line)}: quarantined: ${code}: found ${found}; expected ${expected}`;
}

const nameOf = ({ key }: Pick<SnapshotLine, "key">): string =>
  key.startsWith(prefixes.snapshots) ? key.slice(prefixes.snapshots.length) : key;

function inWords(line: SnapshotLine): string | undefined {
  const { entries = 0, byAudience = {}, waiting = {}, code, why } = line;
  const decided = [
    ...Object.entries(byAudience).map(([audience, count]) => `${audience} ${count}`),
    ...Object.entries(waiting).map(([audience, count]) => `${audience} ${count} waiting`),
  ];
  switch (line.event) {
    case "done":
      return decided.length > 0
        ? `${counted(line)} -> ${decided.join(", ")}`
        : `nothing new (${counted(line)})`;
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
