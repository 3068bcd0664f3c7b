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
  queues: { intake: "i", deadLetter: "d" },
  table: "t",
  inbox,
  drop: "/drop",
});

test("a stack that answers is live", async () => {
  await writeLocalFile(names(await inboxThatSays({ pid: process.pid })), directory);
  expect(await findLiveStack(directory)).toMatchObject({ bucket: "b", pid: process.pid });
});

test("a stack that ends by itself is in nobody's way", async () => {
  await writeLocalFile(names(await inboxThatSays({ pid: process.pid, passing: true })), directory);
  expect(await findLiveStack(directory)).toBeUndefined();
});

test.each([
  ["no file", undefined],
  ["half a file", '{"pid":'],
  ["a process that is gone", JSON.stringify({ ...names("http://127.0.0.1:9"), pid: 2 ** 22 - 1 })],
  [
    "a process that has taken over the number",
    JSON.stringify({ ...names("http://127.0.0.1:9"), pid: process.pid }),
  ],
])("%s is no live stack", async (_, content) => {
  if (content !== undefined) writeFileSync(file, content);
  expect(await findLiveStack(directory)).toBeUndefined();
});

test("only who wrote the file removes it", async () => {
  await writeLocalFile(names("http://127.0.0.1:9"), directory);
  const mine = readFileSync(file, "utf8");
  writeFileSync(file, mine.replace(String(process.pid), "1"));
  await removeLocalFile(directory);
  expect(existsSync(file)).toBe(true);
  writeFileSync(file, mine);
  await removeLocalFile(directory);
  expect(existsSync(file)).toBe(false);
});

test("a folder that can't be written is named, with its reason and what to do", async () => {
  writeFileSync(file, "a file where the folder should be");
  for (const writing of [openLog(file), writeLocalFile(names("http://127.0.0.1:9"), file)]) {
    await expect(writing).rejects.toThrow(LocalDirectoryError);
    await expect(writing).rejects.toThrow(`The folder ${file} can't be written (`);
    await expect(writing).rejects.toThrow("in a copy of the project of your own.");
  }
});
