import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listen } from "../../infra/local/emulators/endpoint.ts";
import { feedbell } from "../support/feedbell.ts";
import { noTerminal, onTerminal } from "../support/on-terminal.ts";
import { skippedIf } from "../support/skipped.ts";

/** Answers when the command has shown that it works, or at once. */
let isSlow = false;
const server = createServer((_, response) => {
  const answer = () => {
    response.writeHead(403, { "content-type": "application/xml" });
    response.end("<Error><Code>AccessDenied</Code><Message>no</Message></Error>");
  };
  if (isSlow) setTimeout(answer, 5_000);
  else answer();
});
let args: readonly string[];
beforeAll(async () => {
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  args = ["quarantine", "list", "--bucket", "snapshots", "--endpoint", `http://127.0.0.1:${port}`];
});
afterAll(() => void server.close());

test(
  "a command that takes longer than two seconds shows on a terminal how long it works",
  { timeout: 60_000, ...skippedIf(noTerminal !== undefined, noTerminal ?? "") },
  async () => {
    isSlow = true;
    const { code, shown } = await onTerminal(args);
    expect(code).toBe(1);
    expect(shown).toMatch(/ {2}quarantine: \d s\r/);
    expect(shown, "the line is cleared before anything else").toContain(
      "\r\u001b[Kquarantine: AccessDenied: ",
    );
  },
);

test("in a file or pipe nothing is shown", async () => {
  isSlow = false;
  const { err } = await feedbell(args);
  expect(err).toMatch(/^quarantine: AccessDenied: /);
});
