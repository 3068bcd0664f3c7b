import { readdirSync } from "node:fs";
import type { Command } from "commander";

/** Every command of the command line by its words, such as `outbox list`. */
export async function feedbellCommands(): Promise<ReadonlyMap<string, Command>> {
  const folder = new URL("../../functions/commands/", import.meta.url);
  const found = new Map<string, Command>();
  const add = (command: Command, before = "") => {
    const name = `${before}${command.name()}`;
    found.set(name, command);
    for (const inner of command.commands) add(inner, `${name} `);
  };
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".ts"))) {
    const exported = (await import(new URL(file, folder).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exported))
      if (/^\w+Command$/.test(name)) add((value as () => Command)());
  }
  return found;
}
