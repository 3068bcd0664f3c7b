import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { getAssembly } from "../../../infra/local/assembly.ts";
import { root } from "../../support/feedbell.ts";

const prepare = path.join(root, "infra/local/prepare.mjs");

test("after npm ci, npm start and npm start -- --once find their template in the cache", async () => {
  const { status, stderr } = spawnSync(process.execPath, [prepare], { cwd: root, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const synthesized: string[] = [];
  await getAssembly({ onSynthesis: () => synthesized.push("npm start") });
  await getAssembly({ unpaced: true, onSynthesis: () => synthesized.push("npm start -- --once") });
  expect(synthesized).toEqual([]);
});

test("an installation in which the caches can't be filled is complete all the same", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "feedbell-prepare-"));
  try {
    const copy = path.join(folder, "infra/local/prepare.mjs");
    cpSync(prepare, copy);
    const { status, stderr } = spawnSync(process.execPath, [copy], { encoding: "utf8" });
    expect(status).toBe(0);
    expect(stderr).toMatch(/^feedbell: the first start will take longer: .*\n$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
