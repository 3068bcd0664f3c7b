import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { listen } from "../../../infra/local/emulators/endpoint.ts";
import { choosePorts, PortTakenError } from "../../../infra/local/ports.ts";

let taken: Server | undefined;
afterEach(() => void taken?.close());

async function take(): Promise<number> {
  taken = createServer();
  await listen(taken, 0);
  return (taken.address() as AddressInfo).port;
}

test("a port that was asked for and is used is named", async () => {
  const port = await take();
  await expect(choosePorts(port, () => undefined)).rejects.toThrow(PortTakenError);
  await expect(choosePorts(port, () => undefined)).rejects.toThrow(`The port ${port} is used`);
  await expect(choosePorts(port - 1, () => undefined)).rejects.toThrow(`The port ${port} is used`);
});

test("the usual ports give way with a remark, or are taken", async () => {
  const remarks: string[] = [];
  const ports = await choosePorts(undefined, (line) => remarks.push(line));
  expect(Object.values(ports).filter((port) => port === 0)).toHaveLength(remarks.length);
});
