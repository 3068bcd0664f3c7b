import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { allOf, makeProgram, pathOf } from "../../functions/commands/program.ts";
import { root } from "../support/feedbell.ts";
import { rss } from "../support/stack-under-test.ts";

/** Commands whose examples need neither a stack nor an answer. */
const alone = ["parse", "preview", "cost", "errors", "feeds export", "completion"];

const examples = allOf(makeProgram()).flatMap((command) => {
  let help = "";
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  const name = pathOf(command).join(" ");
  return [...help.matchAll(/^ {4}npx feedbell (.+)$/gm)].map(([, line = ""]) => ({ name, command, line }));
});

const folder = mkdtempSync(path.join(tmpdir(), "feedbell-examples-"));
afterAll(() => rmSync(folder, { recursive: true }));
const feed = rss("Harbour", "Fog lifts");
mkdirSync(path.join(folder, "archive"));
for (const name of ["feed.xml", "1.md", "2.md", "2024-01-25.md", "archive/a.md"])
  writeFileSync(path.join(folder, name), feed);
writeFileSync(path.join(folder, "feed.xml.gz"), gzipSync(feed));
writeFileSync(path.join(folder, "new-cdk.json"), JSON.stringify({ context: { feedbell: {} } }));

test("every option of an example exists", () => {
  expect(examples.length).toBeGreaterThan(60);
  for (const { command, line } of examples) {
    const known = allOf(command).flatMap(({ options }) => options.map(({ long }) => long));
    const named = [...line.matchAll(/(?<![\w-])--[a-z-]+/g)].map(([option]) => option);
    expect([line, named.filter((option) => !known.includes(option))]).toEqual([line, []]);
  }
});

const runnable = examples.filter(({ name, line }) => alone.includes(name) && !line.includes("~/"));

test.each(runnable.map(({ line }) => line))("npx feedbell %s", (line) => {
  const code = `npx() { shift; "$NODE" "$CLI" "$@"; }; npx feedbell ${line}`;
  const { status, stderr } = spawnSync("bash", ["-c", code], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...process.env,
      NODE: process.execPath,
      CLI: path.join(root, "functions/cli.ts"),
      npm_lifecycle_event: undefined,
    },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
