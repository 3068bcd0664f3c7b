import { mkdtemp, readdir, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";

/** Includes the host name: containers may share a temporary folder, and their process ids overlap. */
const prefix = `feedbell-local-${hostname().replaceAll(/[^\w.]/g, "_")}-`;

/** Creates a temporary folder of this process. `removeStaleFolders` removes it when the process no longer exists. */
export const makeTemporaryFolder = (): Promise<string> =>
  mkdtemp(path.join(tmpdir(), `${prefix}${process.pid}-`));

/** Removes the temporary folders of killed processes. */
export async function removeStaleFolders(): Promise<void> {
  // The system's temporary folder may be writable but not readable.
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const pid = name.startsWith(prefix) ? Number(/^\d+(?=-)/.exec(name.slice(prefix.length))?.[0]) : NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    // Best effort: the folder may belong to another user.
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
