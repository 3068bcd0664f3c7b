import { openClients, type StackClients } from "../aws/stack-clients.ts";
import { endActivity, startActivity } from "../console/activity.ts";
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
  options: StackOptions,
  work: (stack: StackAddress, clients: StackClients) => Promise<void>,
): Promise<void> {
  const stack = await findStack(options);
  const clients = openClients(stack, process.env);
  startActivity(command);
  try {
    await work(stack, clients);
  } catch (error) {
    endActivity();
    const failure = error instanceof UsageError ? undefined : serviceFailure(error);
    if (!failure) throw error;
    process.stderr.write(describeFailure(command, failure));
    process.exitCode = 1;
  } finally {
    endActivity();
    clients.close();
  }
}
