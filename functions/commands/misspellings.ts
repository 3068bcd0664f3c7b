import type { Command } from "commander";
import { nearest } from "../console/suggestion.ts";

/**
 * Reports a word that is no subcommand as such. Commander would pass it to the default one as an argument: `quarantine
 * shw` failed with "too many arguments for 'list'".
 */
export function refuseUnknownSubcommands(group: Command): void {
  const names = group.commands.map((command) => command.name());
  group.hook("preSubcommand", () => {
    const [word] = group.args;
    if (word === undefined || word.startsWith("-") || names.includes(word)) return;
    group.error(`error: unknown command '${word}'${didYouMean(nearest(word, names))}`, {
      code: "commander.unknownCommand",
    });
  });
}

/**
 * Reports an unknown option before a missing one. Commander looks for required options first: `upload --fed voa` failed
 * with "required option '--feed <name>' not specified".
 */
export function refuseUnknownOptionsFirst(command: Command): void {
  const parse = command.parseOptions.bind(command);
  command.parseOptions = (args) => {
    const parsed = parse(args);
    const [unknown] = parsed.unknown;
    const isHelp = parsed.unknown.some((word) => word === "--help" || word === "-h");
    if (unknown?.startsWith("-") && !isHelp) {
      const known = command.options.flatMap(({ long }) => long ?? []);
      command.error(`error: unknown option '${unknown}'${didYouMean(nearest(unknown, known))}`, {
        code: "commander.unknownOption",
      });
    }
    return parsed;
  };
}

/** In the words of commander. */
const didYouMean = (word: string | undefined): string =>
  word === undefined ? "" : `\n(Did you mean ${word}?)`;
