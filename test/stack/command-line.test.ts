import { spawn, spawnSync, type ChildProcessByStdio } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { afterAll, afterEach, expect, test } from "vitest";
import { listen } from "../../infra/local/emulators/endpoint.ts";
import type { LocalFile } from "../../functions/console/live-stack.ts";
import { elsewhere, eventually } from "../support/stack-under-test.ts";
import { onlyOwnStack, skippedIf } from "../support/skipped.ts";

const root = path.join(import.meta.dirname, "..", "..");
const localFile = path.join(root, ".feedbell", "local.json");
const seed = path.join(root, "..", "shared", "seed", "000_b34172660d9da0b1.txt");
const folder = mkdtempSync(path.join(tmpdir(), "feedbell-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly exit: Promise<number | null>;
  out: string;
  err: string;
}

const runs: Run[] = [];
afterEach(() => {
  for (const { child } of runs.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
});

function start(...args: string[]): Run {
  const child = spawn(process.execPath, ["infra/local/main.ts", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exit = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  const run: Run = { child, exit, out: "", err: "" };
  child.stdout.on("data", (piece: Buffer) => (run.out += piece.toString()));
  child.stderr.on("data", (piece: Buffer) => (run.err += piece.toString()));
  runs.push(run);
  return run;
}

async function once(...files: string[]): Promise<Run & { code: number | null }> {
  const run = start("--once", ...files);
  const code = await run.exit;
  return Object.assign(run, { code });
}

const write = (name: string, content: string | Buffer): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};

test("--once prints the mail and the SMS of the seed, and nothing for the same file again", async ({
  skip,
}) => {
  if (!existsSync(seed)) skip("the seed snapshot is not available");
  const { code, out, err } = await once(seed, seed);
  expect({ code, err }).toEqual({ code: 0, err: "000_b34172660d9da0b1.txt: nothing was sent: unchanged\n" });
  expect(out.match(/^Mail to /gm)).toHaveLength(2);
  expect(out.match(/^SMS to /gm)).toHaveLength(2);
  expect(out).toMatch(/^Subject: .*美国和伊拉克将开始旨在结束驻伊国际联军的会谈/m);
  expect(out).toMatch(/2024-01-25|January 25, 2024|Jan 25, 2024/);
  expect(out).toContain(
    "https://www.voachinese.com/a/s-iraq-to-start-talks-on-end-of-coalition-presence-20240124/7457424.html",
  );
  expect(out).toContain("Amazon SNS adds the link to unsubscribe here.");
  expect(out, "no link to the stack, which has ended").not.toContain("127.0.0.1");
  expect(out).not.toMatch(/资料照片|五角大楼 — |本文参考了/);
});

test("--once --json prints the inbox's fields as JSON lines", async () => {
  const file = write("json.md", "[A line of JSON](https://json.example/1)\n------\n\nText.\n");
  const { code, out } = await once(file, "--json");
  expect(code).toBe(0);
  const messages = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(messages).toHaveLength(4);
  for (const message of messages) {
    const fields = ["channel", "to", "audience", "subject", "text", "at"];
    expect(Object.keys(message).toSorted()).toEqual(
      (message["channel"] === "sms" ? [...fields, "parts"] : fields).toSorted(),
    );
  }
});

test("on a terminal, the progress bar is cleared before a message is printed, and long links wrap", ({
  skip,
}) => {
  if (process.platform !== "linux") skip("script(1) has other options on this system");
  const file = write("terminal.md", "[A title](https://terminal.example/1)\n------\n\nText.\n");
  const command = `'${process.execPath}' infra/local/main.ts --once '${file}'`;
  const terminal = spawnSync("script", ["-qec", command, "/dev/null"], { cwd: root, encoding: "utf8" });
  if (terminal.error !== undefined) skip("script (util-linux) is not installed");
  expect(terminal.status).toBe(0);
  const lineWrapOff = "\u001b[?7l";
  expect(terminal.stdout).not.toContain(lineWrapOff);
  const rule = "─".repeat(78);
  const before = terminal.stdout.slice(0, terminal.stdout.indexOf(rule));
  expect(before).toContain("0/1 terminal.md");
  const lineCleared = "\u001b[2K";
  expect(before.endsWith(lineCleared)).toBe(true);
});

test("a closed output pipe stops the stack cleanly", async () => {
  const run = start("--once", write("pipe.md", "[A title](https://pipe.example/1)\n------\n\nText.\n"));
  run.child.stdout.destroy();
  expect(await run.exit).toBe(141);
  expect(run.err).toBe("");
});

test("--once exits with 1 and prints the reason if a file is quarantined", async () => {
  const { code, err } = await once(write("bad.bin", Buffer.alloc(2000, 0)));
  expect(code).toBe(1);
  expect(err).toMatch(/^quarantine\/bad\.bin: [a-z-]+: found .+; expected .+/m);
});

test("--once delivers the files of a folder as snapshots of the feed", async () => {
  mkdirSync(path.join(folder, "archive", "2026"), { recursive: true });
  for (const [name, title] of [
    ["a.md", "First"],
    ["2026/b.md", "Second"],
  ])
    write(`archive/${name}`, `[${title} of a folder](https://folder.example/${title})\n------\n\nText.\n`);
  const { code, out, err } = await once(path.join(folder, "archive"), "--feed", "港口", "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  for (const title of ["First", "Second"]) expect(out).toContain(`"subject":"${title} of a folder`);
  expect(out).toContain("港口");
});

test("reports two bad files with the same name by their paths", async () => {
  const files = ["mon", "tue"].map((day) => {
    mkdirSync(path.join(folder, day));
    return write(path.join(day, "same.txt"), `no feed on ${day}`);
  });
  const { code, err } = await once(...files);
  expect(code).toBe(1);
  const lines = err.trim().split("\n");
  expect(lines[0]).toBe(`${files[0]}: nothing was sent.`);
  expect(lines[1]).toMatch(/^quarantine\/same\.txt: format-unknown: .*no feed on mon/);
  expect(lines[2]).toBe(`${files[1]}: nothing was sent.`);
  expect(lines[3]).toMatch(/^quarantine\/same\.txt: format-unknown: .*no feed on tue/);
  expect(lines).toHaveLength(4);
});

test("file names are relative to the folder where npm was called; - and a pipe are read to the end", ({
  skip,
}) => {
  const fresh = (title: string) => `[${title}](https://given.example/${title})\n------\n\nText.\n`;
  write("called-here.md", fresh("Located"));
  const command = `'${process.execPath}' infra/local/main.ts --once --json called-here.md - <(printf %s "$PIPED")`;
  const env = { ...process.env, npm_lifecycle_event: "start", INIT_CWD: folder, PIPED: fresh("Piped") };
  const { status, stdout, stderr, error } = spawnSync("bash", ["-c", command], {
    cwd: root,
    env,
    input: fresh("Standard"),
    encoding: "utf8",
  });
  if (error !== undefined) skip("bash is not installed");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  // An alert, and a digest of one, whose subject is its headline.
  for (const title of ["Located", "Standard", "Piped"])
    expect(stdout.match(new RegExp(`"subject":"${title}`, "g"))).toHaveLength(2);
});

test("a user without write permission can use --once, and gets an error for npm start", ({ skip }) => {
  if (process.getuid?.() !== 0) skip("only root can run it as somebody else");
  const file = write("as-nobody.md", "[A title](https://nobody.example/1)\n------\n\nText.\n");
  const asNobody = (...args: string[]) =>
    spawnSync(process.execPath, ["infra/local/main.ts", ...args], {
      cwd: root,
      uid: 65_534,
      gid: 65_534,
      encoding: "utf8",
    });
  chmodSync(folder, 0o755);
  // Fails also where Node or the checkout is in a folder that is closed to other users, such as /root.
  const check = ["--check", "infra/local/main.ts"];
  const { status } = spawnSync(process.execPath, check, { cwd: root, uid: 65_534, gid: 65_534 });
  if (status !== 0) skip("Node or this checkout is closed to other users");
  const delivered = asNobody("--once", file);
  expect(delivered.stdout).toContain("Mail to alerts@reader.example");
  expect(delivered).toMatchObject({ status: 0, stderr: expect.not.stringContaining("    at ") as string });
  const kept = asNobody("--no-samples");
  expect(kept.status).toBe(1);
  expect(kept.stderr).toMatch(
    /^(Cannot write to .*\.feedbell \(EACCES\)|A local stack is already running).*\n$/,
  );
});

test("exit code 1 for a missing file, 2 for wrong usage; each message says what was expected", async () => {
  mkdirSync(path.join(folder, "empty"));
  const [missing, aFolder, usage, port] = await Promise.all([
    once(path.join(folder, "nothing.xml")),
    once(path.join(folder, "empty")),
    once(),
    (async () => {
      const run = start("--port", "seventy");
      return Object.assign(run, { code: await run.exit });
    })(),
  ]);
  expect(missing).toMatchObject({ code: 1 });
  expect(missing.err).toMatch(/^cannot read .*nothing\.xml: no such file\.$/m);
  expect(aFolder).toMatchObject({ code: 1 });
  expect(aFolder.err).toContain(`cannot read ${path.join(folder, "empty")}: it is a folder without files`);
  expect(usage).toMatchObject({ code: 2 });
  expect(port).toMatchObject({ code: 2 });
  expect(port.err).toContain("Expected a number from 1 to 65534");
});

test("exit code 2 for a requested port that is in use", async () => {
  const server = createServer();
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  try {
    const run = start("--port", String(port));
    expect(await run.exit).toBe(2);
    expect(run.err).toContain(`Port ${port} is in use by another program.`);
  } finally {
    server.close();
  }
});

// With `AWS_ENDPOINT_URL` the file may belong to the stack under test.
test(
  "npm start prints its addresses, delivers the samples, and leaves no process, port or file behind",
  {
    ...skippedIf(elsewhere !== undefined, onlyOwnStack),
    ...skippedIf(existsSync(localFile), "a local stack is running"),
  },
  async () => {
    const waiting = path.join(root, ".feedbell", "drop", `waiting-${path.basename(folder)}`);
    mkdirSync(waiting, { recursive: true });
    writeFileSync(path.join(waiting, "a.md"), "[A title](https://waiting.example/)\n------\n\nText.\n");
    const run = start();
    const found = await eventually(() => JSON.parse(readFileSync(localFile, "utf8")) as LocalFile);
    expect(Object.keys(found).join()).toBe("endpoint,region,bucket,topics,queues,table,inbox,drop,pid");
    expect(found.pid).toBe(run.child.pid);
    expect(found.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(found.inbox).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(found.queues).toEqual({
      intake: expect.any(String) as string,
      deadLetter: expect.any(String) as string,
      outbox: expect.any(String) as string,
      outboxDeadLetter: expect.any(String) as string,
      slots: expect.any(String) as string,
    });
    await eventually(async () => {
      const messages = (await (await fetch(`${found.inbox}/api/messages`)).json()) as { text: string }[];
      const all = messages.map(({ text }) => text).join("\n");
      for (const sample of ["海风市", "lighthouse", "المدينة", "喫茶"]) expect(all).toContain(sample);
    });
    await eventually(() => expect(run.out).toContain("uploaded waiting-"));
    rmSync(waiting, { recursive: true });
    const [addressAt, uploadAt] = [run.out.indexOf(found.inbox), run.out.indexOf("uploaded ")];
    expect(addressAt).toBeGreaterThan(0);
    expect(addressAt, "prints the addresses before the uploads").toBeLessThan(uploadAt);

    const second = start();
    expect(await second.exit).toBe(1);
    expect(second.err).toContain(`A local stack is already running (process ${found.pid})`);
    expect(second.err).toContain(`its inbox is at ${found.inbox}`);
    expect(second.out).toBe("");

    const children = readFileSync(`/proc/${found.pid}/task/${found.pid}/children`, "utf8").trim().split(" ");
    expect(children.length).toBeGreaterThan(0);
    run.child.kill("SIGINT");
    expect(await run.exit).toBe(0);
    expect(existsSync(localFile)).toBe(false);
    for (const pid of children) expect(() => process.kill(Number(pid), 0)).toThrow("ESRCH");
    await expect(fetch(found.endpoint)).rejects.toThrow("fetch failed");
    await expect(fetch(found.inbox)).rejects.toThrow("fetch failed");
  },
);
