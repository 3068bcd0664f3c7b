import { createHash, randomUUID } from "node:crypto";
import { existsSync, realpathSync, renameSync, rmSync } from "node:fs";
import { once } from "node:events";
import { createConnection, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

/** What the holder of a lock says about itself. */
export interface LockHolder {
  /** Absent where it does not answer, for example because it is suspended. */
  readonly pid?: number;
  /** Absent until the holder has started. */
  readonly inbox?: string;
  /** Identifies the lock. */
  readonly id?: string;
}

/** A lock that ends with its process, also when that is killed. */
export interface FolderLock {
  /** What others are told from now on. */
  show(inbox: string): void;
  release(): Promise<void>;
}

/** Another process uses the folder; the message says which, where its page is and what to do. */
export class FolderInUseError extends Error {
  constructor(folder: string, { pid, inbox }: LockHolder) {
    const state =
      pid === undefined
        ? "it does not answer"
        : inbox === undefined
          ? "it is starting"
          : `its inbox is at ${inbox}`;
    const who = pid === undefined ? "" : ` (process ${pid})`;
    const kill = pid === undefined ? "" : ` or run: kill ${pid}`;
    super(
      `A local stack is already running${who} and uses ${folder}; ${state}. Use that one, or stop it first: press Ctrl-C in its terminal${kill}`,
    );
    this.name = "FolderInUseError";
  }
}

/** Milliseconds to wait for the answer of a holder. */
const patience = 2_000;

/** Milliseconds after which processes that replace the same abandoned file at the same time have done so. */
const settling = 200;

/**
 * Locks a folder for this process by listening on a local socket whose name is derived from the folder. On Linux and
 * Windows the name disappears with its process. On other systems it is a file, and one that nobody listens on is replaced:
 * of several processes that do so at the same time at most one gets the lock.
 *
 * @throws `FolderInUseError`
 */
export async function lockFolder(folder: string, address = addressOf(folder)): Promise<FolderLock> {
  let holder: LockHolder = { pid: process.pid, id: randomUUID() };
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.end(JSON.stringify(holder));
  });
  for (let attempt = 1; !(await listens(server, address)); attempt += 1) {
    const other = await ask(address);
    if (other) throw new FolderInUseError(folder, other);
    if (attempt === 5) throw new FolderInUseError(folder, {});
    if (isFile(address)) await removeAbandoned(address);
    // The process that had the name ends right now.
    else await sleep(50);
  }
  if (isFile(address)) {
    await sleep(settling);
    const winner = await ask(address);
    if (winner?.id !== holder.id) {
      server.close();
      throw new FolderInUseError(folder, winner ?? {});
    }
  }
  // The lock alone does not keep the process alive.
  server.unref();
  return {
    show: (inbox) => void (holder = { ...holder, inbox }),
    release: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The name of the socket for a folder, which need not exist. */
function addressOf(folder: string): string {
  const name = `feedbell-${createHash("sha256").update(realPath(folder)).digest("hex").slice(0, 32)}`;
  if (process.platform === "linux") return `\0${name}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  return path.join(tmpdir(), `${name}.sock`);
}

const realPath = (folder: string): string =>
  existsSync(folder)
    ? realpathSync(folder)
    : path.join(realPath(path.dirname(path.resolve(folder))), path.basename(folder));

const isFile = (address: string): boolean =>
  !address.startsWith("\0") && !address.startsWith("\\\\.\\pipe\\");

/** `false` where the address is in use. */
function listens(server: Server, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(false) : reject(error);
    server.once("error", fail);
    server.listen(address, () => {
      server.off("error", fail);
      resolve(true);
    });
  });
}

/** The process that listens on an address; `undefined` if there is none any more. */
async function ask(address: string): Promise<LockHolder | undefined> {
  const socket = createConnection(address);
  socket.setTimeout(patience, () => socket.destroy(new Error("no answer")));
  try {
    await once(socket, "connect");
  } catch {
    return undefined;
  }
  try {
    return JSON.parse(await text(socket)) as LockHolder;
  } catch {
    return {};
  }
}

/** Removes the file of a dead process. If another process has just replaced it, its file is put back. */
async function removeAbandoned(file: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    // Another process has removed it.
    return;
  }
  if (await ask(aside)) renameSync(aside, file);
  else rmSync(aside, { force: true });
}
