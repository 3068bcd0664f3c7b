import { UsageError } from "../console/usage-error.ts";
import { readConfiguration } from "./options.ts";
import type { StackAddress } from "./stack.ts";

/** Names of the audiences of a stack: those of the running local stack, otherwise those of `cdk.json`. */
export const audiencesOf = async ({ audiences }: StackAddress): Promise<readonly string[]> =>
  audiences ?? (await readConfiguration(undefined)).audiences.map(({ name }) => name);

/** Throws `UsageError` if a stack has no such audience. */
export function checkAudience(audience: string, audiences: readonly string[]): void {
  if (!audiences.includes(audience))
    throw new UsageError(
      `There is no audience ${JSON.stringify(audience)}; give one of ${audiences.join(", ")}.`,
    );
}
