import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { listSamples, uploadSamples } from "../../infra/local/samples.ts";
import { elsewhere } from "../support/stack-under-test.ts";

const run = promisify(execFile);
const python = await run("python3", ["--version"]).then(
  () => true,
  () => false,
);

/** Reads the received bytes with Python's email package, an independent implementation. */
const reader = `
import sys, json, email, email.policy
mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
print(json.dumps({"subject": mail["subject"], "to": mail["to"], "text": mail.get_body().get_content(), "defects": [str(d) for d in mail.defects]}))
`;
import { onlyOwnStack, skippedIf } from "../support/skipped.ts";

async function readWithPython(raw: Buffer) {
  const running = run("python3", ["-c", reader]);
  running.child.stdin?.end(raw);
  return JSON.parse((await running).stdout) as {
    subject: string;
    to: string;
    text: string;
    defects: string[];
  };
}

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack();
  await uploadSamples(stack.uploader, () => undefined);
  await stack.idle();
});
afterAll(() => stack.stop());

test(
  "Python's email package reads the subject and the unbroken links of each sample",
  { ...skippedIf(!python, "python3 is not installed"), ...skippedIf(elsewhere !== undefined, onlyOwnStack) },
  async () => {
    const mails = stack.stored().filter(({ raw }) => raw !== undefined);
    expect(mails.length).toBeGreaterThanOrEqual((await listSamples()).length * 2);
    for (const { raw, message } of mails) {
      const read = await readWithPython(raw ?? Buffer.alloc(0));
      expect(read).toMatchObject({ subject: message.subject, to: message.to, defects: [] });
      expect(read.text.replaceAll("\r\n", "\n").trimEnd()).toBe(message.text.trimEnd());
    }
    const all = mails.map(({ message }) => message.text).join("\n");
    for (const link of [
      "https://news.haifeng.example/city/2026-11-20/undersea-tunnel",
      "https://tidewater.example/2026/11/lighthouse-logbooks",
      "https://manara.example/culture/library-at-night",
      "https://komorebi.example/2026/11/last-coffee-car",
    ]) {
      expect(all.split("\n")).toContain(link);
    }
  },
);
