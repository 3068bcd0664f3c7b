import { readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { keyOf } from "./drop.ts";
import type { Uploader } from "./upload.ts";

const folder = fileURLToPath(new URL("samples", import.meta.url));

/** The sample snapshots with their object keys. */
export async function listSamples(): Promise<readonly { readonly key: string; readonly file: string }[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ file, key: keyOf(folder, file) }));
}

/** Uploads the samples in turn. Prints one line per sample. */
export async function uploadSamples(uploader: Uploader, print: (line: string) => void): Promise<void> {
  for (const { key, file } of await listSamples()) {
    await uploader.putFile(key, file);
    print(`uploaded the sample ${key}`);
  }
}
