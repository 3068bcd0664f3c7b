import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findLiveStack } from "../../../functions/console/live-stack.ts";
import { listen } from "../../../infra/local/emulators/endpoint.ts";
import {
  LocalDirectoryError,
  openLog,
  removeLocalFile,
  writeLocalFile,
} from "../../../infra/local/state-file.ts";

let directory: string;
let file: string;
const closing: (() => void)[] = [];
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "feedbell-file-"));
  file = path.join(directory, "local.json");
});
afterEach(() => {
  for (const close of closing.splice(0)) close();
  rmSync(directory, { recursive: true });
});

async function inboxThatSays(hints: object): Promise<string> {
  const server = createServer((_, response) => response.end(JSON.stringify(hints)));
  await listen(server, 0);
  closing.push(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const names = (inbox: string) => ({
  endpoint: "http://127.0.0.1:1",
  region: "us-east-1",
  bucket: "b",
  topics: { alerts: "arn" },
  queues: { intake: "i", deadLetter: "d", outbox: "o.fifo", outboxDeadLetter: "od.fifo", slots: "s" },
  table: "t",
  inbox,
  drop: "/drop",
});

test("finds a stack that answers", async () => {
  await writeLocalFile(names(await inboxThatSays({ pid: process.pid })), directory);
  expect(await findLiveStack(directory)).toMatchObject({ bucket: "b", pid: process.pid });
});

test("ignores a stack that stops by itself", async () => {
  await writeLocalFile(names(await inboxThatSays({ pid: process.pid, passing: true })), directory);
  expect(await findLiveStack(directory)).toBeUndefined();
});

test.each([
  ["no file", undefined],
  ["half a file", '{"pid":'],
  ["a process that has ended", JSON.stringify({ ...names("http://127.0.0.1:9"), pid: 2 ** 22 - 1 })],
  ["another process with the same id", JSON.stringify({ ...names("http://127.0.0.1:9"), pid: process.pid })],
])("ignores the file of %s", async (_, content) => {
  if (content !== undefined) writeFileSync(file, content);
  expect(await findLiveStack(directory)).toBeUndefined();
});

test("removes only its own file", async () => {
  await writeLocalFile(names("http://127.0.0.1:9"), directory);
  const mine = readFileSync(file, "utf8");
  writeFileSync(file, mine.replace(String(process.pid), "1"));
  await removeLocalFile(directory);
  expect(existsSync(file)).toBe(true);
  writeFileSync(file, mine);
  await removeLocalFile(directory);
  expect(existsSync(file)).toBe(false);
});

test("reports a folder that is not writable, with the reason and a hint", async () => {
  writeFileSync(file, "a file where the folder should be");
  for (const write of [() => openLog(file), () => writeLocalFile(names("http://127.0.0.1:9"), file)]) {
    const error: unknown = await write().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LocalDirectoryError);
    expect(String(error)).toContain(`Cannot write to ${file} (`);
    expect(String(error)).toContain("or run a copy of the project that you own.");
  }
});
