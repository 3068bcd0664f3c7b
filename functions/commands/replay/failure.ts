import type { Failure } from "../failure.ts";

/** An object can't be replayed as requested. */
export class ReplayError extends Error {
  readonly subject: string;
  readonly hint: string;

  constructor(subject: string, found: string, hint: string) {
    super(found);
    this.name = "ReplayError";
    this.subject = subject;
    this.hint = hint;
  }
}

interface ServiceError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly code?: string;
}

/** Errors of the SDK's credential providers, before any request. */
const credentialHints: Readonly<Record<string, string>> = {
  CredentialsProviderError: "Sign in, or set AWS_PROFILE or AWS_ACCESS_KEY_ID.",
  TokenProviderError: "Sign in again, such as with `aws sso login`.",
};

/** Describes an error from a service; `undefined` for a programming error. */
export function serviceFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message, code, $metadata } = error as ServiceError;
  const status = $metadata?.httpStatusCode;
  const hint = credentialHints[name];
  if (hint !== undefined)
    return {
      code: name,
      message: "No credentials found.",
      found: message,
      expected: "credentials of an AWS account",
      hint,
    };
  if (message.includes("Region is missing"))
    return {
      code: "RegionMissing",
      message: "No region is set.",
      found: message,
      expected: "the region of the stack",
      hint: "Set AWS_REGION.",
    };
  if (status !== undefined)
    return {
      code: name,
      message: "The service refused the call.",
      found: `${message || name} (HTTP ${status})`,
      expected: "an existing stack and permission to use it",
      hint: "Check the account, the names of the stack and your permissions, then run the command again.",
    };
  if (code !== undefined)
    return {
      code,
      message: "Cannot reach the service.",
      found: message || code,
      expected: "an answer",
      hint: "Check that the stack is running and the network works, then run the command again.",
    };
  return undefined;
}
