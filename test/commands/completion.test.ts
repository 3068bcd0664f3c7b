import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { completionsOf } from "../../functions/commands/completion/run.ts";
import { makeProgram } from "../../functions/commands/program.ts";
import { feedbell } from "../support/feedbell.ts";
import { noTerminal } from "../support/on-terminal.ts";
import { skippedIf } from "../support/skipped.ts";

const folder = mkdtempSync(path.join(tmpdir(), "feedbell completion-"));
afterAll(() => rmSync(folder, { recursive: true }));
const config = path.join(folder, "cdk.json");
const settings = {
  audiences: [
    { name: "alerts", mode: "alerts" },
    { name: "evening", mode: "digest", schedule: "daily 18:00" },
  ],
  feeds: { voa: { title: "美国之音" }, "harbour-news": {} },
};
writeFileSync(config, JSON.stringify({ context: { feedbell: settings } }));
mkdirSync(path.join(folder, "archive 2026"));
writeFileSync(path.join(folder, "feed one.xml"), "");

const completions = async (...words: readonly string[]) => {
  const found = await completionsOf(makeProgram(), words, {
    directory: path.join(folder, "none"),
    patience: 0,
  });
  return found === "files" ? found : found.map(({ value }) => value);
};

describe("the last word is completed with", () => {
  test.each([
    [["pre"], ["preview"]],
    [["subscr"], ["subscribe", "subscribers"]],
    [
      ["outbox", ""],
      ["list", "drop"],
    ],
    [["help", "wai"], []],
    [["outbox", "list", "--a"], ["--audience"]],
    // `quarantine` runs `list` without a name.
    [["quarantine", "--fe"], ["--feed"]],
    [
      ["preview", "--config", config, "--audience", ""],
      ["alerts", "evening"],
    ],
    [["preview", "--config", config, "--audience=e"], ["--audience=evening"]],
    [["preview", "--config", "c"], "files"],
    [["preview", "--config", config, "--feed", "h"], ["harbour-news"]],
    [["parse", "--time-zone", "Asia/Shangh"], ["Asia/Shanghai"]],
    [["errors", "snapshot-gon"], ["snapshot-gone"]],
    [["errors", "snapshot-gone", "snapshot-gon"], ["snapshot-gone"]],
    [
      ["completion", ""],
      ["bash", "zsh", "fish"],
    ],
    [["parse", ""], "files"],
    [["parse", "a.xml", ""], "files"],
    [["parse", "--js", "--json"], ["--json"]],
    [["parse", "--json", "--js"], []],
    [["parse", "--", "--js"], "files"],
    [["subscribe", "--filter", "feed=voa", "--filt"], ["--filter"]],
    [["subscribe", ""], []],
    [["nothing", "of", "this"], []],
    [["preview", "--config", "/nowhere.json", "--audience", ""], []],
  ] as const)("%j: %j", async (words, expected) => {
    expect(await completions(...words)).toEqual(expected);
  });

  test("every command, once, and not the one that the scripts call", async () => {
    const found = await completions("");
    expect(found).toContain("upload");
    expect(found).toContain("help");
    expect(found).not.toContain("complete");
    expect(new Set(found).size).toBe(found.length);
  });
});

describe("names of this folder's stacks", () => {
  const directory = path.join(folder, "state");
  mkdirSync(directory);
  const hostile = "quarantine/$(touch pwned).xml";
  const troubles = [
    { key: "quarantine/港口/1.xml", code: "unknown-format" },
    { key: hostile, code: "unknown-format" },
    { key: "snapshots/dead/1.xml", code: "timeout" },
  ];
  let isBusy = false;
  const server = createServer((request, response) => {
    const snapshots = [{ feed: "tidewater" }, { feed: "voa" }];
    if (!isBusy) response.end(JSON.stringify(request.url === "/api/troubles" ? troubles : snapshots));
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const local = { pid: process.pid, inbox: `http://127.0.0.1:${port}`, topics: { alerts: "", board: "" } };
    writeFileSync(path.join(directory, "local.json"), JSON.stringify(local));
    const outputs = { news: { BucketName: "b" }, "news-test": { BucketName: "c" }, other: {} };
    writeFileSync(path.join(directory, "outputs.json"), JSON.stringify(outputs));
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const completed = async (words: readonly string[], patience = 60_000) => {
    const found = await completionsOf(makeProgram(), words, { directory, patience });
    return found === "files" ? found : found.map(({ value }) => value);
  };

  test.each([
    [
      ["status", "--config", config, "--stack", ""],
      ["news", "news-test", "feedbell"],
    ],
    [["outbox", "list", "--stack=news-"], ["--stack=news-test"]],
    [["subscribers", "--audience", "b"], ["board"]],
    [
      ["subscribers", "--audience", ""],
      ["alerts", "digest", "board"],
    ],
    [
      ["logs", "--feed", ""],
      ["tidewater", "voa"],
    ],
    [
      ["quarantine", "show", "quarantine/"],
      ["quarantine/", "quarantine/港口/1.xml"],
    ],
    [["replay", "snapshots/t"], ["snapshots/tidewater/"]],
  ] as const)("%j: %j", async (words, expected) => {
    expect(await completed(words)).toEqual(expected);
  });

  test("a local stack that is busy is not waited for", async () => {
    isBusy = true;
    expect(await completed(["logs", "--feed", ""], 50)).toEqual([]);
    isBusy = false;
  });
});

/** Runs a shell with the script of feedbell. */
const inShell = (shell: string, code: string, script: string) =>
  spawnSync(shell, [...(shell === "fish" ? ["--no-config"] : []), "-c", code], {
    cwd: folder,
    encoding: "utf8",
    timeout: 60_000,
    env: { ...process.env, SCRIPT: script, CONFIG: config, HOME: folder },
  });

const absent = (shell: string) => spawnSync(shell, ["--version"]).error !== undefined;
const scripts = new Map<string, string>();
beforeAll(async () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    const { out } = await feedbell(["completion", shell]);
    const file = path.join(folder, `feedbell.${shell}`);
    writeFileSync(file, out);
    scripts.set(shell, file);
  }
});

describe("bash", skippedIf(absent("bash"), "bash is not installed"), () => {
  const complete = (...words: readonly string[]) => {
    const list = words.map((word) => `'${word}'`).join(" ");
    const code = `source "$SCRIPT"; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; $(complete -p "${words[0]}" | sed 's/.*-F \\([^ ]*\\) .*/\\1/'); printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = inShell("bash", code, scripts.get("bash") ?? "");
    expect(stderr).toBe("");
    return stdout.split("\n").slice(0, -1);
  };

  test("completes commands, values and files", () => {
    expect(complete("feedbell", "outbox", "l")).toEqual(["list"]);
    expect(complete("npx", "feedbell", "prev")).toEqual(["preview"]);
    expect(complete("npx", "feed")).toEqual(["feedbell"]);
    expect(complete("feedbell", "preview", "--config", "=", config, "--audience", "=", "e")).toEqual([
      "evening",
    ]);
    expect(complete("feedbell", "parse", "feed o")).toEqual(["feed one.xml"]);
  });

  test("runs nothing of the command line that is completed", () => {
    expect(complete("feedbell", "parse", "$(touch pwned)", "--js")).toEqual(["--json"]);
    expect(spawnSync("ls", [path.join(folder, "pwned")]).status).not.toBe(0);
  });

  test(
    "works with the Tab key of an interactive shell",
    { timeout: 60_000, ...skippedIf(noTerminal !== undefined, noTerminal ?? "") },
    async () => {
      const child = spawn("script", ["-qec", "bash --norc -i", "/dev/null"], {
        cwd: folder,
        env: { ...process.env, TERM: "dumb", INPUTRC: "/dev/null" },
      });
      let shown = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => (shown += text));
      const seen = (text: string) => expect.poll(() => shown, { timeout: 20_000 }).toContain(text);
      await expect.poll(() => shown, { timeout: 20_000 }).toMatch(/[#$] $/);
      child.stdin.write(`source '${scripts.get("bash") ?? ""}'; echo loa''ded\r`);
      await seen("loaded\r\n");
      child.stdin.write("feedbell outbox dr\t");
      await seen("feedbell outbox drop ");
      child.stdin.write("\u0015feedbell parse archive\t");
      await seen(String.raw`archive\ 2026/`);
      child.stdin.write("\u0015exit\r");
      await new Promise((resolve) => child.once("close", resolve));
    },
  );
});

describe("fish", skippedIf(absent("fish"), "fish is not installed"), () => {
  const complete = (line: string) =>
    inShell("fish", `source $SCRIPT; complete -C "${line}"`, scripts.get("fish") ?? "")
      .stdout.trim()
      .split("\n");

  test("completes commands, values and files", () => {
    expect(complete("feedbell outbox l")).toEqual([expect.stringMatching(/^list\t/)]);
    expect(complete("npx feedbell prev")).toEqual([expect.stringMatching(/^preview\t/)]);
    expect(complete("feedbell preview --config cdk.json --audience=e")).toEqual([
      expect.stringMatching(/^--audience=evening/),
    ]);
    expect(complete("feedbell parse archive")).toEqual([expect.stringMatching(/^archive/)]);
    expect(complete("feedbell preview --config=cdk")).toEqual([expect.stringMatching(/^--config=cdk\.json/)]);
  });
});

describe("zsh", skippedIf(absent("zsh"), "zsh is not installed"), () => {
  test("completes commands, values and files", { timeout: 60_000 }, () => {
    // Real zsh; only what needs the line editor is replaced.
    const code = `
      compdef() { : }; compset() { : }; typeset -A _comps
      compadd() { print -r -- "\${@[-1]}" }
      _files() { print -r -- files }
      source $SCRIPT
      words=(feedbell outbox dr) CURRENT=3 PREFIX=dr; _feedbell
      words=(feedbell preview --config cdk.json --audience=e) CURRENT=5 PREFIX=--audience=e; _feedbell
      words=(npx feedbell prev) CURRENT=3 PREFIX=prev; _feedbell_npx
      words=(feedbell parse '') CURRENT=3 PREFIX=; _feedbell`;
    const { stdout, stderr } = inShell("zsh", code, scripts.get("zsh") ?? "");
    expect(stderr).toBe("");
    expect(stdout.split("\n")).toEqual(["drop", "--audience=evening", "preview", "files", ""]);
  });
});
