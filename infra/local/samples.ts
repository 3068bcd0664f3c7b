import { readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { keyOf } from "./drop.ts";
import type { Uploader } from "./upload.ts";

const folder = fileURLToPath(new URL("samples", import.meta.url));

/** The snapshots that ship with the project, by their keys. */
export async function listSamples(): Promise<readonly { readonly key: string; readonly file: string }[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ file, key: keyOf(folder, file) }));
}

/** Uploads every sample, one after the other; one line to `say` for each. */
export async function uploadSamples(uploader: Uploader, say: (line: string) => void): Promise<void> {
  for (const { key, file } of await listSamples()) {
    await uploader.putFile(key, file);
    say(`uploaded the sample ${key}`);
  }
}
