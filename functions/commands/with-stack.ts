import { writeError } from "../console/terminal.ts";
import { openClients, type StackClients } from "../aws/stack-clients.ts";
import { countAnswer, endActivity, startActivity } from "../console/activity.ts";
import { UsageError } from "../console/usage-error.ts";
import { describeFailure } from "./failure.ts";
import { serviceFailure } from "./replay/failure.ts";
import { findStack, type StackAddress, type StackOptions } from "./stack.ts";

/**
 * Opens the stack of the options for a command. Prints an error of a service with what to do, and sets exit code 1; other
 * errors are thrown.
 */
export async function withStack(
  command: string,
  options: StackOptions & { readonly json?: true },
  work: (stack: StackAddress, clients: StackClients) => Promise<void>,
): Promise<void> {
  startActivity(command, options);
  const stack = await findStack(options);
  const clients = openClients(stack, process.env, countAnswer);
  try {
    await work(stack, clients);
  } catch (error) {
    endActivity();
    const failure = error instanceof UsageError ? undefined : serviceFailure(error);
    if (!failure) throw error;
    writeError(describeFailure(command, failure));
    process.exitCode = 1;
  } finally {
    endActivity();
    clients.close();
  }
}
