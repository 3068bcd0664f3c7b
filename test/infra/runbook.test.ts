import { readdirSync, readFileSync } from "node:fs";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { synthesized } from "../support/synthesized.ts";

const runbook = readFileSync(new URL("../../infra/RUNBOOK.md", import.meta.url), "utf8");
const blocks = [...runbook.matchAll(/^ *```sh\n([^]*?)^ *```/gm)].map(([, block = ""]) => block);

describe("the runbook", () => {
  const [alarms = "", procedures = ""] = runbook.split(/^# Procedures$/m);
  const sections = alarms.split(/^## /m).slice(1);

  it.each(sections.map((section) => [section.split("\n", 1)[0], section]))(
    "%s: says what happened, how to find out more and what to do",
    (_, section = "") => {
      const parts = [...section.matchAll(/^\*\*(\w+)\.\*\*(?= \S|\n)/gm)].map(([, part]) => part);
      expect(parts).toEqual(["Description", "Investigation", "Resolution"]);
    },
  );

  it("has the procedures that an operator needs", () => {
    expect([...procedures.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
      "Replay",
      "Quarantine",
      "Restore the ledger",
      "Go back to the version before",
      "Remove or rename an audience",
      "Tear down and deploy again",
      "A first deployment failed",
      "A new or throttled account",
      "SMS registration",
    ]);
  });
});

describe("the commands of the runbook", () => {
  const outputs = Object.keys(synthesized().template["Outputs"] as object);

  it.each(blocks)("use outputs of the stack and variables of their own: %s", (block) => {
    const used = [...block.matchAll(/\$\{?(\w+)/g)].map(([, name = ""]) => name);
    const own = [...block.matchAll(/(?:^|\s)(?:for|read -r) ([\w ]+)|^ *(\w+)=/gm)].flatMap(
      ([, names = "", name = ""]) => [...names.split(" "), name],
    );
    expect(used.filter((name) => !outputs.includes(name) && !own.includes(name))).toEqual([]);
  });

  it("read every output into a variable of its name", () => {
    expect(blocks[0]).toContain("Stacks[0].Outputs[].[OutputKey, OutputValue]");
  });
});

/** Every command of the command line by its words, such as `outbox list`. */
async function commandsByName(): Promise<ReadonlyMap<string, Command>> {
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

describe("the command line as the runbook uses it", async () => {
  const commands = await commandsByName();
  // In code blocks to the end of the line, in the text to the end of the code.
  const lines = [
    ...blocks.flatMap((block) => [...block.matchAll(/npx feedbell ([^\n>|]+)/g)]),
    ...runbook.matchAll(/`(?:npx )?feedbell ([^`]+)`/g),
  ].map(([, line = ""]) => line.trim());

  it.each([...new Set(lines)])("feedbell %s", (line) => {
    const words = line.split(/\s+/);
    const name = [words.slice(0, 2).join(" "), words[0] ?? ""].find((text) => commands.has(text));
    const command = commands.get(name ?? "");
    expect(command, "the command exists").toBeDefined();
    // A group such as `outbox` does nothing without a command of its own; some have a default.
    const named = words.filter((word) => word.startsWith("--"));
    const known = [command, ...(command?.commands ?? [])].flatMap(
      (each) => each?.options.map(({ long }) => long) ?? [],
    );
    expect(named.filter((option) => !known.includes(option))).toEqual([]);
  });

  it("is used at all", () => {
    expect(lines.length).toBeGreaterThan(30);
  });
});
