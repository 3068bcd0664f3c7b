import { afterEach, beforeEach, expect, test } from "vitest";
import { makeProgram } from "../../functions/commands/program.ts";
import { captureStream } from "../support/capture-stream.ts";

let errors: ReturnType<typeof captureStream>;
beforeEach(() => {
  errors = captureStream(process.stderr);
});
afterEach(() => errors.restore());

const failing = (line: string, code: unknown = expect.stringMatching(/^commander\.(?!help)/)) =>
  expect(makeProgram().parseAsync(line.split(" "), { from: "user" })).rejects.toMatchObject({ code });

test.each([
  [
    "quarantine shw",
    "feedbell: unknown command 'shw'\n(Did you mean show?)\nRun `npx feedbell quarantine --help` for usage.\n",
  ],
  [
    "outbox 3nB0hT_ap6Q",
    "feedbell: unknown command '3nB0hT_ap6Q'\nRun `npx feedbell outbox --help` for usage.\n",
  ],
  [
    "waiting lst --json",
    "feedbell: unknown command 'lst'\n(Did you mean list?)\nRun `npx feedbell waiting --help` for usage.\n",
  ],
])(
  "%s: a word that is no subcommand is named, not taken for an argument of the default one",
  async (line, says) => {
    await failing(line);
    expect(errors.text()).toBe(says);
  },
);

test.each([
  [
    "upload --fed voa a.xml",
    "feedbell: unknown option '--fed'\n(Did you mean --feed?)\nRun `npx feedbell upload --help` for usage.\n",
  ],
  ["import --xyz", "feedbell: unknown option '--xyz'\nRun `npx feedbell import --help` for usage.\n"],
  [
    "waiting move --form a --to b",
    "feedbell: unknown option '--form'\n(Did you mean --from?)\nRun `npx feedbell waiting move --help` for usage.\n",
  ],
])("%s: an unknown option is named before one that is missing", async (line, says) => {
  await failing(line);
  expect(errors.text()).toBe(says);
});

test.each([
  ["upload a.xml", "feedbell: required option '--feed <name>' not specified\n"],
  ["quarantine list extra", "feedbell: too many arguments for 'list'."],
])("%s: other mistakes are reported as before", async (line, says) => {
  await failing(line);
  expect(errors.text()).toContain(says);
});

test("a misspelt option does not hide the help", async () => {
  const help = captureStream(process.stdout);
  await failing("upload --fed voa --help", "commander.helpDisplayed").finally(help.restore);
  expect(help.text()).toMatch(/^Usage: feedbell upload/);
  expect(errors.text()).toBe("");
});
