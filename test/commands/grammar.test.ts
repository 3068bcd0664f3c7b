import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { allOf, makeProgram, pathOf } from "../../functions/commands/program.ts";
import { exitCodesInWords } from "../../functions/console/exit-codes.ts";

const nameOf = (command: Command) => pathOf(command).join(" ");
const leaves = allOf(makeProgram()).filter(({ commands }) => commands.length === 0);

/** They print what a shell reads. */
const forShells = ["completion", "complete"];
const optionsOf = ({ options }: Command) => options.map(({ long }) => long);

/** Commands that change something; each shows the change and asks. `upload` adds what it is given and deletes nothing. */
const changing = [
  "quarantine replay",
  "replay",
  "pause",
  "resume",
  "outbox drop",
  "recover",
  "subscribe",
  "unsubscribe",
  "resend",
  "confirm",
  "send-test",
  "import",
  "digest",
  "waiting move",
  "waiting drop",
  "feeds import",
];

test("every command has --json", () => {
  expect(leaves.filter((command) => !optionsOf(command).includes("--json")).map(nameOf)).toEqual(forShells);
});

test("exactly the commands that change something have --yes", () => {
  expect(leaves.filter((command) => optionsOf(command).includes("--yes")).map(nameOf)).toEqual(changing);
});

test.each(["--profile", "--stack"])("every command that uses a stack has %s", (option) => {
  const ofStacks = leaves.filter((command) => optionsOf(command).some((long) => long === "--endpoint"));
  expect(ofStacks.length).toBeGreaterThan(20);
  expect(ofStacks.filter((command) => !optionsOf(command).includes(option)).map(nameOf)).toEqual([]);
});

test("help shows what a command does before the options that name a stack", () => {
  const ofStacks = leaves.filter((command) => optionsOf(command).some((long) => long === "--endpoint"));
  for (const command of ofStacks) {
    const [own = "", stack = ""] = helpOf(command).split("\nOptions that name a stack:\n");
    expect([nameOf(command), own]).toEqual([nameOf(command), expect.stringContaining("--json ")]);
    expect(own).toContain("-h, --help ");
    expect(own).not.toMatch(/^ {2}--(?:stack|profile|endpoint|bucket|topic) /m);
    expect(stack).toMatch(/^ {2}--stack /m);
    expect(stack).not.toContain("--json ");
  }
});

test("an option has the same spelling in every command", () => {
  const flags = Map.groupBy(
    leaves.flatMap(({ options }) => options),
    ({ long }) => long,
  );
  for (const [, same] of flags) expect(new Set(same.map((option) => option.flags)).size).toBe(1);
});

describe.each(leaves.map((command) => [nameOf(command), command] as const))("%s --help", (name, command) => {
  const help = helpOf(command);

  test("has an example of this command", () => {
    expect(help).toMatch(new RegExp(`^ {4}npx feedbell ${name}(?: |$)`, "m"));
  });

  test("says what the exit codes mean", () => {
    expect(help).toContain(exitCodesInWords);
  });

  test("describes every option", () => {
    for (const { long, description } of command.options) expect([long, description]).not.toContain("");
  });
});

function helpOf(command: Command): string {
  let help = "";
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  return help;
}
