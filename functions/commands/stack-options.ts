import type { Command } from "commander";

const options: readonly (readonly [flags: string, description: string])[] = [
  ["--bucket <name>", "the stack's bucket"],
  ["--table <name>", "its table"],
  ["--queue <url>", "its intake queue"],
  ["--dead-letter-queue <url>", "the dead-letter queue of the intake queue"],
  ["--outbox <url>", "its outbox queue"],
  ["--outbox-dead-letter-queue <url>", "the dead-letter queue of the outbox"],
  ["--slots <url>", "its slots queue"],
  ["--endpoint <url>", "the endpoint of all its services, for a local stack"],
];

/** Adds the options that name a stack; without them a command uses the local stack, else the deployed one. */
export function withStackOptions(command: Command): Command {
  for (const [flags, description] of options) command.option(flags, description);
  return command;
}
