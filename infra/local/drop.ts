import path from "node:path";
import { watch } from "chokidar";
import { escapeLine } from "../../functions/console/terminal.ts";
import type { Uploader } from "./upload.ts";

/** The drop folder: what is put into it is uploaded. */
export interface Drop {
  close(): Promise<void>;
}

/** The key of a file in the drop folder: its feed is the folder that it lies in; a file without one names its own. */
export function keyOf(folder: string, file: string): string {
  return `snapshots/${path.relative(folder, file).split(path.sep).join("/")}`;
}

/** Files that editors and browsers leave half-way, and what systems put into every folder. */
const passing = /(^|[/\\])(\.|~\$)|(~|\.(tmp|part|crdownload|swp))$/;

/** A writer may pause: whoever fetches a page and saves it in pieces often waits a second for the next. */
const quietMilliseconds = 1500;

/**
 * Uploads each file once it has not changed for a second and a half, and again when it changes; one line to `say` for
 * each.
 */
export async function openDrop(
  folder: string,
  uploader: Uploader,
  say: (line: string) => void,
): Promise<Drop> {
  const watcher = watch(folder, {
    ignored: (file) => passing.test(path.relative(folder, file)),
    awaitWriteFinish: { stabilityThreshold: quietMilliseconds, pollInterval: 100 },
  });
  async function upload(file: string): Promise<void> {
    const key = keyOf(folder, file);
    const name = path.relative(folder, file);
    try {
      await uploader.putFile(key, file);
      say(escapeLine(`uploaded ${name} as ${key}`));
    } catch (error) {
      say(escapeLine(`could not upload ${name}: ${String(error)}`));
    }
  }
  watcher.on("add", (file) => void upload(file));
  watcher.on("change", (file) => void upload(file));
  watcher.on("error", (error) => say(escapeLine(`the drop folder can't be watched: ${String(error)}`)));
  await new Promise<void>((resolve) => watcher.once("ready", () => resolve()));
  return { close: () => watcher.close() };
}
