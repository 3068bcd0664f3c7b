import type { ErrorCode } from "./errors.ts";

/**
 * The lines of the functions' log that other programs read. Every line is one JSON object with `level` and `event`;
 * `npm start` and its inbox depend on these fields.
 */
export type LogLine = FailureLine | SnapshotLine;

/** A queue message was not handled and will be retried, or goes to the dead-letter queue. */
export interface FailureLine {
  readonly event: "failed";
  /** Identifier of the queue message. */
  readonly message: string;
  readonly code: ErrorCode;
  /** The error's name and message. */
  readonly why: string;
  /** How often the message has been received. */
  readonly receives: number;
}

/** What a run did with a snapshot; `event` is its outcome. */
export interface SnapshotLine {
  readonly event: string;
  /** Key of the snapshot. */
  readonly key: string;
  readonly feed?: string;
  /** Version of the object. */
  readonly version?: string;
  /** Code and reason of a retry or a quarantine. */
  readonly code?: ErrorCode;
  readonly why?: string;
  readonly found?: string;
  readonly expected?: string;
  /** Entries by what was decided about them. */
  readonly entries?: number;
  readonly new?: number;
  readonly known?: number;
  readonly skipped?: number;
  readonly rejected?: number;
  /** Messages that were enqueued, by audience. */
  readonly byAudience?: Readonly<Record<string, number>>;
  /** Entries that wait for a schedule, by audience; absent where none does. */
  readonly waiting?: Readonly<Record<string, number>>;
  /** How often each audience's rules decided about a new entry, such as `news skipped by exclude`; absent without rules. */
  readonly rules?: Readonly<Record<string, number>>;
  /** How often each warning and each reject was found; absent where there was none. */
  readonly faults?: Readonly<Record<string, number>>;
}

interface HeldLine {
  readonly audience: string;
  readonly messages: number;
}

/** Reads one line of the log; `undefined` for any other text, such as Lambda's own lines. */
export function readLogLine(text: string): LogLine | undefined {
  const line = parseObject(text);
  if (typeof line?.["event"] !== "string") return undefined;
  const { event, message, key } = line;
  if (event === "failed") return typeof message === "string" ? failureLine(line, message) : undefined;
  return typeof key === "string" ? (line as unknown as SnapshotLine) : undefined;
}

/** Messages that a paused audience keeps in the outbox; `undefined` for any other line. */
export function readHeldLine(text: string): HeldLine | undefined {
  const line = parseObject(text);
  if (line?.["event"] !== "messages held") return undefined;
  const { audience, messages } = line;
  return typeof audience === "string" && typeof messages === "number" ? { audience, messages } : undefined;
}

export const isFailure = (line: LogLine): line is FailureLine => line.event === "failed" && "message" in line;

function failureLine(line: Readonly<Record<string, unknown>>, message: string): FailureLine {
  const { code, why, receives } = line as Partial<FailureLine>;
  return {
    event: "failed",
    message,
    code: code ?? "unexpected",
    why: why ?? "",
    receives: receives ?? 1,
  };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
