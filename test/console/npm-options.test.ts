import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, describe, expect, test } from "vitest";
import { optionsKeptByNpm } from "../../functions/console/npm-options.ts";
import { parseArguments } from "../../infra/local/arguments.ts";
import { feedbell, root } from "../support/feedbell.ts";

const folder = mkdtempSync(join(tmpdir(), "feedbell-npm-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs npm in the project's folder, as a user does. */
const npm = (...args: readonly string[]) =>
  spawnSync("npm", args, {
    cwd: root,
    encoding: "utf8",
    // npm sets these for the scripts it runs, and this test is run by one.
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_"))),
  });

describe("options that npm keeps for itself", () => {
  test("stop the command before it does anything", () => {
    const { status, stdout, stderr } = npm(
      "run",
      "-s",
      "feedbell",
      "replay",
      "quarantine/a.xml",
      "--dry-run",
      "--yes",
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(
      "npm has kept --dry-run, --yes for itself. Nothing was done. Type: npx feedbell replay quarantine/a.xml --dry-run --yes\n",
    );
  });

  test("stop npm start", () => {
    const { status, stderr } = npm("start", "-s", "--once", "feed.xml", "--json");
    expect(status).toBe(2);
    expect(stderr).toContain("Type: npm start -- feed.xml --json --once\n");
  });

  test("include the negative form, and options of subcommands", () => {
    const child = new Command("list").option("--audience <name>");
    const command = new Command("x").option("--no-samples").option("--dry-run").addCommand(child);
    const env = { npm_lifecycle_event: "start", npm_config_samples: "", npm_config_audience: "true" };
    expect(optionsKeptByNpm([command], env)).toEqual(["--audience", "--no-samples"]);
    expect(optionsKeptByNpm([command], { ...env, npm_lifecycle_event: "test" })).toEqual([]);
    expect(optionsKeptByNpm([command], { npm_lifecycle_event: "start", npm_config_dry_run: "" })).toEqual([]);
  });

  test("that are passed on are read", async () => {
    expect(npm("run", "-s", "feedbell", "--", "errors", "--json").status).toBe(0);
    expect(parseArguments(["--once", "a.xml"]).once).toEqual(["a.xml"]);
    expect((await feedbell(["--version"])).code).toBe(0);
  });
});

test("before npm ci, one sentence says what to do", () => {
  for (const file of [
    "functions/feedbell.mjs",
    "functions/console/check-installation.mjs",
    "functions/console/require-installation.mjs",
    "infra/local/start.mjs",
    "package.json",
  ]) {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  const says =
    "feedbell: Nothing is installed yet: run `npm ci` in the project's folder first. It also installs Node 24.\n";
  for (const file of ["functions/feedbell.mjs", "infra/local/start.mjs"]) {
    const { status, stderr } = spawnSync(process.execPath, [join(folder, file)], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 2, stderr: says });
  }
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  // The other scripts start one installed program: the shell says in one line that it is not found.
  // npm itself runs prepare, after the installation.
  const own = Object.keys(scripts).filter((name) => name !== "prepare" && scripts[name]?.startsWith("node "));
  expect(own).toEqual(
    expect.arrayContaining(["start", "test", "generate", "fuzz", "bench", "simulate", "deploy"]),
  );
  for (const name of own) {
    const { status, stderr } = spawnSync("npm", ["-s", "run", name], { cwd: folder, encoding: "utf8" });
    expect([name, status, stderr]).toEqual([name, 2, says]);
  }
});
