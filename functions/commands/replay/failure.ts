import type { Failure } from "../failure.ts";

/** One thing can't be replayed in the way that was asked for. */
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

/** Names of errors from the SDK's search for credentials and region, before any request. */
const unsettled: Readonly<Record<string, string>> = {
  CredentialsProviderError: "Sign in, or set AWS_PROFILE or AWS_ACCESS_KEY_ID.",
  TokenProviderError: "Sign in again, such as with `aws sso login`.",
};

/** What is known of an error from a service; `undefined` where it is a fault of the program. */
export function serviceFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message, code, $metadata } = error as ServiceError;
  const status = $metadata?.httpStatusCode;
  const hint = unsettled[name];
  if (hint !== undefined)
    return {
      code: name,
      message: "There are no credentials.",
      found: message,
      expected: "credentials of an account",
      hint,
    };
  if (message.includes("Region is missing"))
    return {
      code: "RegionMissing",
      message: "There is no region.",
      found: message,
      expected: "the region of the stack",
      hint: "Set AWS_REGION.",
    };
  if (status !== undefined)
    return {
      code: name,
      message: "The service refused the call.",
      found: `${message || name} (HTTP ${status})`,
      expected: "a stack that is there and may be used",
      hint: "Check the stack's names, your permissions and the account; then run the command again.",
    };
  if (code !== undefined)
    return {
      code,
      message: "The service can't be reached.",
      found: message || code,
      expected: "an answer",
      hint: "Check that the stack runs and the network works; then run the command again.",
    };
  return undefined;
}
