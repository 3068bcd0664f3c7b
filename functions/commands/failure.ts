import { SnapshotError, errorTable, type ErrorCode } from "../core/errors.ts";
import { safeLine, table } from "../console/terminal.ts";

/** What a person needs to know of an input that could not be read or an action that failed. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly found: string;
  readonly expected: string;
  readonly hint: string;
  /** Particulars, a line each. */
  readonly details?: readonly string[];
}

/** What is known of an error from reading a file; `undefined` where it is a fault of the program. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof SnapshotError) return reasonFailure(error.code, error.found, error.expected);
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return undefined;
  const code = String(error.code);
  return {
    code,
    message: "The file can't be read.",
    found: systemMessages[code] ?? error.message,
    expected: "a file that can be read, or - for standard input",
    hint: "Check the path and its permissions.",
  };
}

const systemMessages: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file",
  EISDIR: "a folder",
  EACCES: "a file that may not be read",
  EPERM: "a file that may not be read",
};

/** A reason with the words of the error table. */
export function reasonFailure(code: ErrorCode, found: string, expected: string): Failure {
  const { message, hint } = errorTable[code];
  return { code, message, found, expected, hint };
}

/** A failure in four lines and its particulars, for standard error. */
export function describeFailure(subject: string, failure: Failure): string {
  const { code, message, found, expected, hint, details = [] } = failure;
  const rows = table(
    [
      ["found", safeLine(found)],
      ["expected", safeLine(expected)],
      ["hint", safeLine(hint)],
    ],
    "  ",
  );
  const particulars = details.map((line) => `  ${line}`);
  return [`${safeLine(subject)}: ${code}: ${message}`, ...rows, ...particulars, ""].join("\n");
}
