import { mkdtemp, readdir, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";

/** Names the machine too: containers may share a folder, and each counts its processes from one. */
const prefix = `feedbell-local-${hostname().replaceAll(/[^\w.]/g, "_")}-`;

/** A new folder of this process in the system's temporary one; `forgetTemporary` removes it once the process is gone. */
export const makeTemporary = (): Promise<string> => mkdtemp(path.join(tmpdir(), `${prefix}${process.pid}-`));

/** Removes what processes left behind that were killed before they could tidy up. */
export async function forgetTemporary(): Promise<void> {
  // A temporary folder may be open to writing only.
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const pid = name.startsWith(prefix) ? Number(/^\d+(?=-)/.exec(name.slice(prefix.length))?.[0]) : NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    // Another user's stays.
    await rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
