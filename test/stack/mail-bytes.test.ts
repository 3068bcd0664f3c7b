import { afterAll, beforeAll, expect, test } from "vitest";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { listSamples, uploadSamples } from "../../infra/local/samples.ts";
import { elsewhere } from "../support/stack-under-test.ts";
import { hasPython, openMails } from "../support/open-mail.ts";
import { onlyOwnStack, skippedIf } from "../support/skipped.ts";

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack();
  await uploadSamples(stack.uploader, () => undefined);
  await stack.idle();
});
afterAll(() => stack.stop());

test(
  "Python's email package reads the subject and the unbroken links of each sample",
  {
    ...skippedIf(!hasPython, "python3 is not installed"),
    ...skippedIf(elsewhere !== undefined, onlyOwnStack),
  },
  async () => {
    const mails = stack.stored().filter(({ raw }) => raw !== undefined);
    expect(mails.length).toBeGreaterThanOrEqual((await listSamples()).length * 2);
    const opened = openMails(mails.map(({ raw }) => raw ?? Buffer.alloc(0)));
    for (const [index, { message }] of mails.entries()) {
      const read = opened[index];
      expect(read).toMatchObject({ subject: message.subject, to: message.to, defects: [] });
      expect(read?.text.replaceAll("\r\n", "\n").trimEnd()).toBe(message.text.trimEnd());
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
