import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A mail as Python's email package reads it. */
export interface OpenedMail {
  readonly subject: string;
  readonly to: string;
  readonly type: string;
  readonly parts: boolean;
  readonly defects: readonly string[];
  readonly text: string;
}

const script = fileURLToPath(new URL("open-mail.py", import.meta.url));

export const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** Opens raw mails with Python's email package, which shares no code with this project. */
export function openMails(raws: readonly Buffer[]): readonly OpenedMail[] {
  const input = JSON.stringify(raws.map((raw) => raw.toString("base64")));
  const { stdout, stderr } = spawnSync("python3", [script], {
    input,
    encoding: "utf8",
    env: { ...process.env, PYTHONIOENCODING: "utf-8" },
    maxBuffer: 1e8,
  });
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(stdout) as readonly OpenedMail[];
}
