import { spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { devNull, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { root } from "./feedbell.ts";

/** A command that a block called: `npx` or `aws`, its arguments, and its exit code. */
export interface Call {
  readonly code: number;
  readonly line: string;
}

interface BlockRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly calls: readonly Call[];
}

interface ReaderShellOptions {
  /** `context.feedbell` of the copy's `cdk.json`. */
  readonly feedbell: object;
  /** Commands of feedbell that ask: the reader answers yes. */
  readonly asking: readonly string[];
  /** Services of AWS, or actions of a service, that the local stack does not have, as the AWS CLI spells them. */
  readonly recorded: readonly string[];
}

/** A checkout of the project with a shell, as a reader of the documents has it. */
export interface ReaderShell {
  readonly folder: string;
  /** Variables of all later blocks. */
  readonly env: Record<string, string>;
  /** What the AWS CLI gets as the outputs of the stack. */
  readonly outputs: Record<string, string>;
  /** Runs shell commands in the checkout; at most for two minutes. */
  run(commands: string): Promise<BlockRun>;
  close(): Promise<void>;
}

/**
 * Copies the project into a temporary folder, so that blocks may write there and a stack of another test is not found.
 * `npx feedbell` is the command line of the copy, without npm's half second, and is interrupted where it follows a log; `aws` is the AWS CLI with the address of the local
 * stack, or of a server that accepts every request where the local stack lacks the action.
 */
export async function openReaderShell(options: ReaderShellOptions): Promise<ReaderShell> {
  const folder = mkdtempSync(join(tmpdir(), "feedbell-reader-"));
  for (const name of ["functions", "infra", "package.json", "cdk.json", "tsconfig.json"])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const settings = JSON.parse(readFileSync(join(folder, "cdk.json"), "utf8")) as { context: object };
  const context = { ...settings.context, feedbell: options.feedbell };
  writeFileSync(join(folder, "cdk.json"), JSON.stringify({ ...settings, context }, undefined, 2));

  const bin = join(folder, ".bin");
  const log = join(bin, "calls.log");
  mkdirSync(bin);
  const program = (name: string, script: string) => {
    const file = join(bin, name);
    writeFileSync(
      file,
      `#!/usr/bin/env bash\n${script}\ncode=$?\nline="${name} $*"\nprintf '%s\\t%s\\n' "$code" "\${line//$'\\n'/ }" >> '${log}'\nexit $code\n`,
    );
    chmodSync(file, 0o755);
  };
  program(
    "npx",
    `[ "$1" = feedbell ] || exit 3
     yes=()
     case " $* " in (*" --yes "*|*" --dry-run "*) ;; (*) case "$2 $3 " in (${options.asking.map((name) => `"${name} "*`).join("|")}) yes=(--yes);; esac;; esac
     follow=()
     case " $* " in (*" --follow "*) follow=(timeout --preserve-status --signal INT 2);; esac
     "\${follow[@]}" '${process.execPath}' '${folder}/functions/feedbell.mjs' "\${@:2}" "\${yes[@]}"`,
  );
  const patterns = options.recorded.map((name) => `"${name} "*`).join("|");
  program(
    "aws",
    `case "$1 $2 " in (${patterns}) url=$RECORDER;; (*) url=$AWS_ENDPOINT_URL;; esac
     /usr/bin/aws --endpoint-url "$url" "$@"`,
  );

  const outputs: Record<string, string> = {};
  const recorder = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => response.end(answerOf(request, Buffer.concat(pieces).toString(), outputs)));
  });
  await new Promise<void>((resolve) => void recorder.listen(0, "127.0.0.1", resolve));
  const env: Record<string, string> = {
    PATH: [bin, process.env["PATH"]].join(delimiter),
    HOME: folder,
    AWS_CONFIG_FILE: devNull,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_REGION: "us-east-1",
    AWS_PAGER: "",
    NO_COLOR: "1",
    RECORDER: `http://127.0.0.1:${(recorder.address() as AddressInfo).port}`,
  };

  return {
    folder,
    env,
    outputs,
    run: (commands) =>
      new Promise((resolve) => {
        writeFileSync(log, "");
        const child = spawn("bash", ["-c", commands], { cwd: folder, env, timeout: 120_000 });
        let [out, err] = ["", ""];
        child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
        child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
        child.stdin.end();
        child.once("close", (code) => {
          const lines = readFileSync(log, "utf8").split("\n").slice(0, -1);
          const calls = lines.map((text) => ({
            code: Number.parseInt(text, 10),
            line: text.replace(/^\d+\t/, ""),
          }));
          resolve({ code, out, err, calls });
        });
      }),
    async close() {
      recorder.closeAllConnections();
      await new Promise((resolve) => recorder.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The least that the AWS CLI accepts of a service: XML where it sends a form, else JSON. */
function answerOf(
  { headers }: IncomingMessage,
  body: string,
  outputs: Readonly<Record<string, string>>,
): string {
  if (headers["x-amz-target"] === "DynamoDB_20120810.DescribeTable")
    return '{"Table": {"TableStatus": "ACTIVE"}}';
  if (headers["x-amz-target"] === "Logs_20140328.FilterLogEvents") return '{"events": []}';
  const action = new URLSearchParams(body).get("Action");
  if (action === null) return "{}";
  const members = Object.entries(outputs).map(
    ([name, value]) => `<member><OutputKey>${name}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  const stacks = `<Stacks><member><Outputs>${members.join("")}</Outputs></member></Stacks>`;
  const result = action === "DescribeStacks" ? stacks : "";
  return `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`;
}
