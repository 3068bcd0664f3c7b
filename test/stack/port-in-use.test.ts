import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { listen } from "../../infra/local/emulators/endpoint.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { elsewhere } from "../support/stack-under-test.ts";
import { onlyOwnStack, skippedIf } from "../support/skipped.ts";

const ownStack = skippedIf(elsewhere !== undefined, onlyOwnStack);

// In a file of its own, because it counts the servers of its process.
test("a port in use is an error, and nothing is left behind", ownStack, async () => {
  const server = createServer();
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  const listening = () => process.getActiveResourcesInfo().filter((kind) => kind === "TCPServerWrap").length;
  const before = listening();
  await expect(startLocalStack({ ports: { inbox: port } })).rejects.toMatchObject({ code: "EADDRINUSE" });
  await expect.poll(listening).toBeLessThanOrEqual(before);
  server.close();
});
