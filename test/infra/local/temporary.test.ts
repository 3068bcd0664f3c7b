import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { expect, test } from "vitest";
import { makeTemporaryFolder, removeStaleFolders } from "../../../infra/local/temporary.ts";

test("removes the folders of dead processes of this machine, and no others", async () => {
  const own = await makeTemporaryFolder();
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const left = own.replace(`-${process.pid}-`, `-${pid}-`);
  const foreign = own
    .replace(/feedbell-local-.*(?=-\d+-)/, "feedbell-local-another.machine")
    .replace(`-${process.pid}-`, `-${pid}-`);
  try {
    mkdirSync(`${left}/objects`, { recursive: true });
    mkdirSync(foreign);
    await removeStaleFolders();
    expect([own, left, foreign].map((folder) => existsSync(folder))).toEqual([true, false, true]);
  } finally {
    for (const folder of [own, left, foreign]) rmSync(folder, { recursive: true, force: true });
  }
});
