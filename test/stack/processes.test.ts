import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { listen } from "../../infra/local/emulators/endpoint.ts";
import { readRequest } from "../../infra/local/emulators/reply.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { elsewhere } from "../support/stack-under-test.ts";
import { onlyOwnStack, skippedIf } from "../support/skipped.ts";

// Each test starts its own stack, so none of them runs against an external one.
const ownStack = skippedIf(elsewhere !== undefined, onlyOwnStack);

test.concurrent("the message of a killed process is retried and delivered", ownStack, async () => {
  const stack = await startLocalStack({ timeoutSeconds: 2 });
  try {
    await stack.idle();
    let killed = 0;
    const hunt = setInterval(() => {
      const busy = stack.processes.filter(({ busy }) => busy);
      if (killed > 0 || busy.length === 0) return;
      for (const process of busy) process.kill();
      killed += 1;
    }, 1);
    await stack.uploader.put(
      "snapshots/killed/feed.md",
      "[A title that must arrive](https://killed.example/1)\n------\n\nOne sentence of text.\n",
    );
    await stack.idle({ timeoutSeconds: 100 });
    clearInterval(hunt);
    expect(killed).toBe(1);
    expect(stack.invocations.some(({ outcome }) => outcome.kind === "crashed")).toBe(true);
    const mails = stack
      .messages()
      .filter(({ channel, text }) => channel === "email" && text.includes("must arrive"));
    expect(mails.map(({ audience }) => audience).toSorted()).toEqual(["alerts", "digest"]);
    expect(await stack.deadLetters()).toEqual([]);
  } finally {
    await stack.stop();
  }
});

test.concurrent("function processes ignore Ctrl-C; the stack stops them", ownStack, async () => {
  const stack = await startLocalStack();
  try {
    await stack.uploader.put("snapshots/c/a.md", "[A title](https://c.example/)\n------\n\nText.\n");
    await stack.idle();
    const pids = stack.processes.map(({ pid }) => pid);
    expect(pids.length).toBeGreaterThan(0);
    for (const pid of pids) for (const signal of ["SIGINT", "SIGHUP"]) process.kill(pid, signal);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(stack.processes.map(({ pid }) => pid)).toEqual(pids);
  } finally {
    await stack.stop();
  }
});

test.concurrent("concurrent stacks are independent, and stop without leftovers", ownStack, async () => {
  const stacks = await Promise.all([startLocalStack(), startLocalStack()]);
  await stacks[0].uploader.put("snapshots/x/a.md", "[Only one stack](https://x.example/)\n------\n\nText.\n");
  await stacks[0].idle();
  expect(stacks[0].messages().length).toBeGreaterThan(0);
  expect(stacks[1].messages()).toEqual([]);
  const pids = stacks.flatMap(({ processes }) => processes.map(({ pid }) => pid));
  await Promise.all(stacks.map((stack) => stack.stop()));
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  for (const { endpoint, inbox } of stacks) {
    await expect(fetch(endpoint)).rejects.toThrow("fetch failed");
    await expect(fetch(inbox)).rejects.toThrow("fetch failed");
  }
});

test.concurrent("with a function endpoint, all calls of the function go there", ownStack, async () => {
  const seen: string[] = [];
  let target = "";
  const proxy = createServer((request, response) => {
    void (async () => {
      const body = await readRequest(request, 1e7);
      const name = request.headers["x-amz-target"] ?? new URLSearchParams(body.toString()).get("Action");
      seen.push(String(name ?? `S3 ${request.method}`));
      const { host: _host, connection: _connection, ...headers } = request.headers;
      const reply = await fetch(target + request.url, {
        method: request.method ?? "GET",
        headers: headers as Record<string, string>,
        ...(body.length > 0 && { body }),
      });
      response.writeHead(reply.status, Object.fromEntries(reply.headers));
      response.end(Buffer.from(await reply.arrayBuffer()));
    })().catch(() => response.destroy());
  });
  await listen(proxy, 0);
  const functionEndpoint = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const stack = await startLocalStack({ functionEndpoint });
  try {
    target = stack.endpoint;
    await stack.idle();
    const before = new Map(stack.calls);
    await stack.uploader.put(
      "snapshots/p/a.md",
      "[Through the proxy](https://p.example/)\n------\n\nText.\n",
    );
    await stack.idle();
    expect(stack.messages().length).toBeGreaterThan(0);
    expect(seen).toEqual(expect.arrayContaining(["S3 GET", "PublishBatch", "DynamoDB_20120810.UpdateItem"]));
    let calls = -1; // the upload itself
    for (const [name, count] of stack.calls) calls += count - (before.get(name) ?? 0);
    expect(calls).toBe(seen.length);
  } finally {
    await stack.stop();
    proxy.closeAllConnections();
    proxy.close();
  }
});
