import { SnapshotError, type ErrorCode } from "../core/errors.ts";
import { isTransient } from "./retries.ts";

/** The code of an error that a handler caught. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof SnapshotError) return error.code;
  return isTransient(error) ? "service-unavailable" : "unexpected";
}

export const describeError = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
