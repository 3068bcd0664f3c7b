declare module "vitest" {
  interface TaskMeta {
    /** Shown at the end of the output. */
    skipReason?: string;
  }
}

/** Options of a test or a suite that is skipped where `condition` holds, with the reason. */
export const skippedIf = (condition: boolean, reason: string) =>
  condition ? { skip: true, meta: { skipReason: reason } } : {};

/** Why the tests of an installed local stack are skipped where another stack is tested. */
export const onlyOwnStack = "AWS_ENDPOINT_URL names another stack";
