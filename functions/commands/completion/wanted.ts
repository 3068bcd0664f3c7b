import type { Argument, Command, Option } from "commander";

/** A word that can follow. */
export interface CompletedWord {
  readonly value: string;
  readonly description: string;
}

/** What the last word of a command line can become. */
export type Wanted =
  | { readonly kind: "words"; readonly typed: string; readonly candidates: readonly CompletedWord[] }
  /** A value of an option or argument. */
  | {
      readonly kind: "value";
      /** `--audience`, or the name of an argument. */
      readonly of: string;
      readonly typed: string;
      /** What stays in front of the value: `--audience=`. */
      readonly before: string;
      readonly choices?: readonly string[];
      /** Value of `--config` on the command line. */
      readonly config?: string;
    };

/**
 * Reads the words after the program as the parser of the command line does: the last one, which may be empty, is being
 * typed.
 */
export function wantedIn(root: Command, words: readonly string[]): Wanted {
  const typed = words.at(-1) ?? "";
  let command = root;
  let places = 0;
  let areOptionsOver = false;
  let open: Option | undefined;
  const used = new Map<string, string>();
  for (const word of words.slice(0, -1)) {
    if (open) {
      used.set(open.long ?? "", word);
      open = undefined;
    } else if (word === "--" && !areOptionsOver) areOptionsOver = true;
    else if (word.startsWith("-") && word !== "-" && !areOptionsOver) {
      const { name, value } = splitOption(word);
      const option = optionsOf(command).find(({ long, short }) => long === name || short === name);
      if (value !== undefined) used.set(name, value);
      else if (option?.required) open = option;
      else used.set(option?.long ?? name, "");
    } else {
      const inner = command.commands.find((each) => each.name() === word);
      if (inner && places === 0) command = inner;
      else places++;
    }
  }
  const config = used.get("--config");
  const value = (of: Option | Argument, name: string, before: string): Wanted => ({
    kind: "value",
    of: name,
    typed: typed.slice(before.length),
    before,
    ...(of.argChoices && { choices: of.argChoices }),
    ...(config !== undefined && { config }),
  });
  if (open) return value(open, open.long ?? "", "");
  if (typed.startsWith("-") && typed !== "-" && !areOptionsOver) {
    const { name, value: begun } = splitOption(typed);
    const option = optionsOf(command).find(({ long }) => long === name);
    if (begun !== undefined && option?.required) return value(option, name, `${name}=`);
    return { kind: "words", typed, candidates: optionCandidates(command, used) };
  }
  if (places === 0 && command.commands.length > 0 && command.name() !== "help")
    return { kind: "words", typed, candidates: commandCandidates(command, root) };
  const { registeredArguments } = command;
  const argument = registeredArguments[places] ?? registeredArguments.findLast(({ variadic }) => variadic);
  return argument ? value(argument, argument.name(), "") : { kind: "words", typed, candidates: [] };
}

function splitOption(word: string): { readonly name: string; readonly value?: string } {
  const at = word.indexOf("=");
  return at < 0 ? { name: word } : { name: word.slice(0, at), value: word.slice(at + 1) };
}

/** Options of a command, and those of the subcommand that it runs without a name. */
const optionsOf = (command: Command): readonly Option[] => {
  const inner = defaultOf(command);
  return [...command.createHelp().visibleOptions(command), ...(inner?.options ?? [])];
};

/** Commander keeps the name of the default subcommand in a private field. */
const defaultOf = (command: Command): Command | undefined => {
  const { _defaultCommandName: name } = command as unknown as { _defaultCommandName?: string | null };
  return command.commands.find((each) => each.name() === name);
};

const optionCandidates = (command: Command, used: ReadonlyMap<string, string>): readonly CompletedWord[] =>
  optionsOf(command).flatMap(({ long, description, parseArg }) => {
    // An option with a reader of its values may be repeated.
    const isOver = long !== undefined && long !== null && used.has(long) && parseArg === undefined;
    return long === undefined || long === null || isOver ? [] : [{ value: long, description }];
  });

const commandCandidates = (command: Command, root: Command): readonly CompletedWord[] =>
  (command === root ? command.createHelp().visibleCommands(command) : command.commands).map((each) => ({
    value: each.name(),
    description: each.description(),
  }));
