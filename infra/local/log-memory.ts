import { isFailure, readLogLine } from "../../functions/core/log-line.ts";

/** A line of the functions' log about a snapshot. */
export interface KeptLogLine {
  /** Counts the lines, from 1. */
  readonly number: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly text: string;
}

/** The last lines of the functions' log, for `feedbell logs`. */
export interface LogMemory {
  /** Keeps a line if it is about a snapshot. */
  readLogLine(text: string): void;
  /** The lines that are kept and follow line number `after`, oldest first. */
  after(after: number): readonly KeptLogLine[];
}

export function openLogMemory(now: () => number, maxLines = 1_000): LogMemory {
  const lines: KeptLogLine[] = [];
  let number = 0;
  return {
    readLogLine(text) {
      const line = readLogLine(text);
      if (line === undefined || isFailure(line)) return;
      lines.push({ number: ++number, at: now(), text });
      if (lines.length > maxLines) lines.shift();
    },
    after: (after) => lines.filter((line) => line.number > after),
  };
}
