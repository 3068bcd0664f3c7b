import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { listen } from "../../../infra/local/emulators/endpoint.ts";
import type { LocalFile } from "../../../functions/console/live-stack.ts";
import { choosePorts, PortTakenError } from "../../../infra/local/ports.ts";

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

async function listenOn(port: number): Promise<number> {
  const server = createServer();
  await listen(server, port);
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

/** Returns a port in use whose predecessor is free. Other programs may use any port, so it searches. */
async function take(): Promise<number> {
  for (;;) {
    const port = await listenOn(0);
    const before = await listenOn(port - 1).catch(() => undefined);
    if (before === undefined) continue;
    servers.pop()?.close();
    return port;
  }
}

test("rejects a requested port that is in use", async () => {
  const port = await take();
  await expect(choosePorts(port, () => undefined)).rejects.toThrow(PortTakenError);
  await expect(choosePorts(port, () => undefined)).rejects.toThrow(`Port ${port} is in use`);
  await expect(choosePorts(port - 1, () => undefined)).rejects.toThrow(`Port ${port} is in use`);
});

test("names the local stack that uses the port", async () => {
  const port = await take();
  const live = { inbox: `http://127.0.0.1:${port}`, endpoint: "http://127.0.0.1:1", pid: 42 } as LocalFile;
  const message = `Port ${port} is in use by a running local stack (process 42); its inbox is at ${live.inbox}. Stop it first.`;
  await expect(choosePorts(port, () => undefined, live)).rejects.toThrow(message);
  const elsewhere = { ...live, inbox: "http://127.0.0.1:2" };
  await expect(choosePorts(port, () => undefined, elsewhere)).rejects.toThrow("in use by another program");
});

test("uses the default ports, or warns and uses free ones", async () => {
  const warnings: string[] = [];
  const ports = await choosePorts(undefined, (line) => warnings.push(line));
  expect(Object.values(ports).filter((port) => port === 0)).toHaveLength(warnings.length);
});
