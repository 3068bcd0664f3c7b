import { SnapshotError, errorTable, type ErrorCode } from "../core/errors.ts";
import { factLines, widthOf, wrapText } from "../console/columns.ts";
import { escapeLine, safeLine } from "../console/terminal.ts";

/** Description of an input that could not be read or of an action that failed. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly found: string;
  readonly expected: string;
  readonly hint: string;
  /** Details, one line each. */
  readonly details?: readonly string[];
}

/** Describes an error from reading a file; `undefined` for a programming error. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof SnapshotError) return reasonFailure(error.code, error.found, error.expected);
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return undefined;
  const code = String(error.code);
  return {
    code,
    message: "Cannot read the file.",
    found: systemMessages[code] ?? error.message,
    expected: "a readable file, or - for standard input",
    hint: "Check the path and its permissions.",
  };
}

const systemMessages: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file",
  EISDIR: "a folder",
  EACCES: "no permission to read it",
  EPERM: "no permission to read it",
};

/** A failure with the message and hint of the error table. */
export function reasonFailure(code: ErrorCode, found: string, expected: string): Failure {
  const { message, hint } = errorTable[code];
  return { code, message, found, expected, hint };
}

/** A failure in four lines and its details, for standard error. */
export function describeFailure(subject: string, failure: Failure): string {
  const { code, message, found, expected, hint, details = [] } = failure;
  const width = widthOf(process.stderr);
  const rows = factLines(
    [
      ["found", safeLine(found)],
      ["expected", safeLine(expected)],
      ["hint", safeLine(hint)],
    ],
    width,
  );
  const particulars = details.flatMap((line) => wrapText(line, width, { start: "  ", indent: 4 }));
  return [`${escapeLine(subject)}: ${code}: ${message}`, ...rows, ...particulars, ""].join("\n");
}
