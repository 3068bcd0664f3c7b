import type { Command } from "commander";

/** Every command that calls AWS has it. */
export const profileOption = [
  "--profile <name>",
  "AWS profile of the shared config; the stack is then never the local one",
] as const;

/** Every command about a stack has it. */
export const stackOption = [
  "--stack <name>",
  "a deployed stack, instead of the local one or the one deployed from this folder",
] as const;

const options: readonly (readonly [flags: string, description: string])[] = [
  stackOption,
  ["--bucket <name>", "the stack's bucket"],
  ["--table <name>", "its table"],
  ["--queue <url>", "its intake queue"],
  ["--dead-letter-queue <url>", "the dead-letter queue of the intake queue"],
  ["--outbox <url>", "its outbox queue"],
  ["--outbox-dead-letter-queue <url>", "the dead-letter queue of the outbox"],
  ["--slots <url>", "its slots queue"],
  profileOption,
  ["--endpoint <url>", "the endpoint of all its services, for a local stack"],
];

/** Adds the options that name a stack; without them a command uses the local stack, else the deployed one. */
export function withStackOptions(command: Command): Command {
  for (const [flags, description] of options) command.option(flags, description);
  return command;
}
