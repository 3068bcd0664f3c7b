import type { Command, Option } from "commander";

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

const namesOfStacks: ReadonlySet<string | undefined> = new Set([
  ...options.map(([flags]) => flags.replace(/ .*/, "")),
  "--topic",
  "--log-group",
]);

/**
 * Shows the options that name a stack under a heading of their own, after those of the command: most people have one
 * stack and never need them.
 */
export function showStackOptionsLast(command: Command): void {
  const isOfStack = ({ long }: Option) => namesOfStacks.has(long);
  for (const option of command.options.filter(isOfStack)) option.helpGroup("Options that name a stack:");
  // Commander shows groups in the order in which their first options were added, and has no other way to set it.
  (command.options as Option[]).sort((a, b) => Number(isOfStack(a)) - Number(isOfStack(b)));
}

/** Adds the options that name a stack; without them a command uses the local stack, else the deployed one. */
export function withStackOptions(command: Command): Command {
  for (const [flags, description] of options) command.option(flags, description);
  return command;
}
