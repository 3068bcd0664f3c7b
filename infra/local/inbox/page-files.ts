import { readFile } from "node:fs/promises";

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
}

const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/inbox.js": ["inbox.js", "text/javascript; charset=utf-8"],
  "/inbox.css": ["inbox.css", "text/css; charset=utf-8"],
};

/** The file of the page at a path. */
export async function findPageFile(path: string): Promise<PageFile | undefined> {
  const found = files[path];
  if (!found) return undefined;
  const [file, type] = found;
  return { type, body: await readFile(new URL(`page/${file}`, import.meta.url)) };
}
