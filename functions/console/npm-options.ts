import type { Command } from "commander";
import { UsageError } from "./usage-error.ts";

/** Scripts of package.json that take options of this project. */
const scripts: ReadonlySet<string | undefined> = new Set(["feedbell", "start"]);

/**
 * Options of the commands that npm has kept for itself, as typed: in `npm run feedbell replay KEY --dry-run` npm takes
 * the option and sets `npm_config_dry_run`, and the command would run without it (npm docs, 'npm run': options after
 * `--` go to the script; 'config': environment of scripts). An empty value is a false one, as `--no-samples` gives.
 */
export function optionsKeptByNpm(
  commands: readonly Command[],
  env: Readonly<NodeJS.ProcessEnv>,
): readonly string[] {
  if (!scripts.has(env["npm_lifecycle_event"])) return [];
  return [...new Set(commands.flatMap(optionsOf))]
    .filter((option) => {
      const [, no = "", name = ""] = /^--(no-)?(.+)$/.exec(option) ?? [];
      const value = env[`npm_config_${name.replaceAll("-", "_")}`];
      return no === "" ? Boolean(value) : value === "";
    })
    .toSorted();
}

/** The long options of a command and of its subcommands. */
const optionsOf = ({ options, commands }: Command): readonly string[] => [
  ...options.flatMap(({ long }) => long ?? []),
  ...commands.flatMap(optionsOf),
];

/**
 * Throws `UsageError` where npm has kept an option, before anything is done without it.
 * @param program What to type instead, such as `npx feedbell`
 * @param args What npm has passed on
 */
export function refuseOptionsKeptByNpm(
  commands: readonly Command[],
  { program, args }: { readonly program: string; readonly args: readonly string[] },
): void {
  const kept = optionsKeptByNpm(commands, process.env);
  if (kept.length === 0) return;
  throw new UsageError(
    `npm has kept ${kept.join(", ")} for itself. Nothing was done. Type: ${[program, ...args, ...kept].join(" ")}`,
  );
}
