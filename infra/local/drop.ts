import path from "node:path";
import { watch } from "chokidar";
import { escapeLine } from "../../functions/console/terminal.ts";
import type { Uploader } from "./upload.ts";

/** The drop folder: every file in it is uploaded. */
export interface Drop {
  close(): Promise<void>;
}

/** The object key of a file in the drop folder. The subfolder is the feed; a file outside any names its feed itself. */
export function keyOf(folder: string, file: string): string {
  return `snapshots/${path.relative(folder, file).split(path.sep).join("/")}`;
}

/** Hidden files, and partial files of editors and browsers. */
const ignoredNames = /(^|[/\\])(\.|~\$)|(~|\.(tmp|part|crdownload|swp))$/;

/** A program that saves a download in pieces often pauses for a second between them. */
const stableMilliseconds = 1200;

/** An upload that takes longer says that it has begun. */
const slowMilliseconds = 2000;

/** Uploads each file when it has been unchanged for 1.2 seconds, and again after each change. Prints one line per file. */
export async function openDrop(
  folder: string,
  uploader: Uploader,
  print: (line: string) => void,
): Promise<Drop> {
  const watcher = watch(folder, {
    ignored: (file) => ignoredNames.test(path.relative(folder, file)),
    awaitWriteFinish: { stabilityThreshold: stableMilliseconds, pollInterval: 100 },
  });
  async function upload(file: string): Promise<void> {
    const key = keyOf(folder, file);
    const name = path.relative(folder, file);
    const slow = setTimeout(() => print(escapeLine(`uploading ${name}…`)), slowMilliseconds);
    try {
      await uploader.putFile(key, file);
      print(escapeLine(`uploaded ${name} as ${key}`));
    } catch (error) {
      print(escapeLine(`upload of ${name} failed: ${String(error)}`));
    } finally {
      clearTimeout(slow);
    }
  }
  watcher.on("add", (file) => void upload(file));
  watcher.on("change", (file) => void upload(file));
  watcher.on("error", (error) => print(escapeLine(`watching the drop folder failed: ${String(error)}`)));
  await new Promise<void>((resolve) => watcher.once("ready", () => resolve()));
  return { close: () => watcher.close() };
}
