import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test, vi } from "vitest";
import { keyOf, openDrop } from "../../../infra/local/drop.ts";

const folder = mkdtempSync(path.join(tmpdir(), "feedbell-drop-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ["voa/a b.md", "snapshots/voa/a b.md"],
  ["voa/2026/x.xml", "snapshots/voa/2026/x.xml"],
  ["x.xml", "snapshots/x.xml"],
])("the key of %s is %s", (file, key) => {
  expect(keyOf(folder, path.join(folder, file))).toBe(key);
});

/** Opens the drop folder with an uploader that records each key and its content. */
async function open(watched: string) {
  mkdirSync(watched);
  const uploaded: string[] = [];
  const lines: string[] = [];
  const uploader = {
    put: () => Promise.reject(new Error("not expected")),
    putFile: async (key: string, file: string) => {
      if (file.endsWith("slow.md")) await sleep(2_500);
      if (file.endsWith(".locked")) throw new Error("EACCES\u001b[31m");
      uploaded.push(`${key}: ${readFileSync(file, "utf8")}`);
      return "1";
    },
    close: () => undefined,
  };
  const drop = await openDrop(watched, uploader, (line) => lines.push(line));
  return { uploaded, lines, drop };
}

test("uploads a file when it is complete and again when it changes; ignores partial and hidden files", async () => {
  const watched = path.join(folder, "pauses");
  const { uploaded, lines, drop } = await open(watched);
  mkdirSync(path.join(watched, "voa"));
  const whole = path.join(watched, "voa", "whole.md");
  writeFileSync(path.join(watched, "voa", ".hidden"), "x");
  writeFileSync(path.join(watched, "voa", "half.part"), "x");
  writeFileSync(whole, "one ");
  await sleep(700);
  appendFileSync(whole, "file");
  await vi.waitFor(() => expect(uploaded).toEqual(["snapshots/voa/whole.md: one file"]), 60_000);
  appendFileSync(whole, ", more");
  await vi.waitFor(() => expect(uploaded).toHaveLength(2), 60_000);
  await drop.close();
  expect(uploaded[1]).toBe("snapshots/voa/whole.md: one file, more");
  expect(lines[0]).toBe("uploaded voa/whole.md as snapshots/voa/whole.md");
});

test("prints each file name on one line without control characters", async () => {
  const watched = path.join(folder, "names");
  const { lines, drop } = await open(watched);
  for (const name of ["nl\nx\u001b[31mred.xml", "no\nway.locked"])
    writeFileSync(path.join(watched, name), "x");
  await vi.waitFor(() => expect(lines).toHaveLength(2), 60_000);
  await drop.close();
  expect(lines.toSorted()).toEqual([
    String.raw`upload of no\nway.locked failed: Error: EACCES\u001b[31m`,
    String.raw`uploaded nl\nx\u001b[31mred.xml as snapshots/nl\nx\u001b[31mred.xml`,
  ]);
});

test("a slow upload says that it has begun", async () => {
  const watched = path.join(folder, "slow");
  const { lines, drop } = await open(watched);
  writeFileSync(path.join(watched, "slow.md"), "x");
  await vi.waitFor(() => expect(lines).toHaveLength(2), 60_000);
  await drop.close();
  expect(lines).toEqual(["uploading slow.md…", "uploaded slow.md as snapshots/slow.md"]);
});
