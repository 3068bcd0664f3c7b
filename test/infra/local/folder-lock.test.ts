import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { FolderInUseError, lockFolder } from "../../../infra/local/folder-lock.ts";

const parent = mkdtempSync(path.join(tmpdir(), "feedbell-lock-"));
afterAll(() => rmSync(parent, { recursive: true }));

const lockModule = path.join(import.meta.dirname, "../../../infra/local/folder-lock.ts");

/** Starts a process that locks a folder, shows a page and waits. */
async function startHolder(folder: string, address?: string) {
  const script = `
    const { lockFolder } = await import(${JSON.stringify(lockModule)});
    const lock = await lockFolder(...${JSON.stringify([folder, ...(address === undefined ? [] : [address])])});
    lock.show("http://127.0.0.1:1234");
    console.log("locked");
    setInterval(() => undefined, 1_000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  // Without a lock the process ends and shows nothing.
  const shown = await Promise.race([once(child.stdout, "data"), exited]);
  expect(String(shown[0])).toBe("locked\n");
  return {
    pid: child.pid,
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

describe.each([
  ["the name of this system", () => undefined, process.platform === "linux" ? 1 : 0],
  // Closing a socket removes its file, so that those who give up may remove the file of the winner.
  ["a file", () => path.join(parent, "lock.sock"), 0],
])("a lock by %s", (_, address, leastWinners) => {
  test("is refused while another process has it, and says which and what to do", async () => {
    const folder = path.join(parent, "one");
    const holder = await startHolder(folder, address());
    try {
      const refused = lockFolder(folder, address());
      await expect(refused).rejects.toThrow(FolderInUseError);
      await expect(refused).rejects.toThrow(
        `A local stack is already running (process ${holder.pid}) and uses ${folder}; its inbox is at http://127.0.0.1:1234.`,
      );
      await expect(refused).rejects.toThrow(`run: kill ${holder.pid}`);
      expect(existsSync(folder), "changes nothing").toBe(false);
    } finally {
      await holder.kill();
    }
  });

  test("ends with its process, also when that is killed", async () => {
    const folder = path.join(parent, "two");
    await (await startHolder(folder, address())).kill();
    const lock = await lockFolder(folder, address());
    await expect(lockFolder(folder, address())).rejects.toThrow("it is starting");
    await lock.release();
    await (await lockFolder(folder, address())).release();
  });

  test("is won by at most one of many processes that start at the same time after one was killed", async () => {
    const folder = path.join(parent, "three");
    await (await startHolder(folder, address())).kill();
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => lockFolder(folder, address())));
    const locks = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    expect(locks.length).toBeLessThanOrEqual(1);
    expect(locks.length).toBeGreaterThanOrEqual(leastWinners);
    await locks[0]?.release();
  });
});

test("a folder is locked under each of its names", async () => {
  const folder = mkdtempSync(path.join(parent, "real-"));
  const link = path.join(parent, "link");
  symlinkSync(folder, link);
  const lock = await lockFolder(folder);
  await expect(lockFolder(link)).rejects.toThrow(FolderInUseError);
  const other = await lockFolder(path.join(parent, "other"));
  await other.release();
  await lock.release();
});
