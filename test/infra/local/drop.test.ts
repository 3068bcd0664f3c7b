import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { keyOf, openDrop } from "../../../infra/local/drop.ts";

const folder = mkdtempSync(path.join(tmpdir(), "feedbell-drop-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ["voa/a b.md", "snapshots/voa/a b.md"],
  ["voa/2026/x.xml", "snapshots/voa/2026/x.xml"],
  ["x.xml", "snapshots/x.xml"],
])("%s becomes %s", (file, key) => {
  expect(keyOf(folder, path.join(folder, file))).toBe(key);
});

test("a file is uploaded once it is whole, again when it changes, and never half-way or hidden", async () => {
  mkdirSync(path.join(folder, "voa"));
  const uploaded: string[] = [];
  const lines: string[] = [];
  const uploader = {
    put: () => Promise.reject(new Error("not here")),
    putFile: async (key: string) => {
      uploaded.push(key);
      return "1";
    },
    close: () => undefined,
  };
  const drop = await openDrop(folder, uploader, (line) => lines.push(line));
  writeFileSync(path.join(folder, "voa", ".hidden"), "x");
  writeFileSync(path.join(folder, "voa", "half.part"), "x");
  writeFileSync(path.join(folder, "voa", "whole.md"), "x");
  await vi.waitFor(() => expect(uploaded).toEqual(["snapshots/voa/whole.md"]), 5000);
  appendFileSync(path.join(folder, "voa", "whole.md"), "more");
  await vi.waitFor(() => expect(uploaded).toHaveLength(2), 5000);
  await drop.close();
  expect(new Set(uploaded)).toEqual(new Set(["snapshots/voa/whole.md"]));
  expect(lines[0]).toBe("uploaded voa/whole.md as snapshots/voa/whole.md");
});
