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

/** A port that is taken after one that is free: whatever else runs here may have any of them. */
async function take(): Promise<number> {
  for (;;) {
    const port = await listenOn(0);
    const before = await listenOn(port - 1).catch(() => undefined);
    if (before === undefined) continue;
    servers.pop()?.close();
    return port;
  }
}

test("a port that was asked for and is used is named", async () => {
  const port = await take();
  await expect(choosePorts(port, () => undefined)).rejects.toThrow(PortTakenError);
  await expect(choosePorts(port, () => undefined)).rejects.toThrow(`The port ${port} is used`);
  await expect(choosePorts(port - 1, () => undefined)).rejects.toThrow(`The port ${port} is used`);
});

test("a port that a local stack holds is told with its inbox", async () => {
  const port = await take();
  const live = { inbox: `http://127.0.0.1:${port}`, endpoint: "http://127.0.0.1:1", pid: 42 } as LocalFile;
  const said = `The port ${port} is used by a local stack that runs already (process 42); its inbox is at ${live.inbox}. Stop it first.`;
  await expect(choosePorts(port, () => undefined, live)).rejects.toThrow(said);
  const elsewhere = { ...live, inbox: "http://127.0.0.1:2" };
  await expect(choosePorts(port, () => undefined, elsewhere)).rejects.toThrow("used by another program");
});

test("the usual ports give way with a remark, or are taken", async () => {
  const remarks: string[] = [];
  const ports = await choosePorts(undefined, (line) => remarks.push(line));
  expect(Object.values(ports).filter((port) => port === 0)).toHaveLength(remarks.length);
});
