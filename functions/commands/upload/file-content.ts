import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { Digests } from "../../aws/snapshot-upload.ts";

/** Bytes. The SDK repeats a failed request only if its body is in memory; larger files are streamed. */
const maxBuffered = 16 * 2 ** 20;

/** Reads a file once, in pieces. */
export async function digestsOf(path: string): Promise<Digests> {
  const md5 = createHash("md5");
  const sha256 = createHash("sha256");
  let size = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    md5.update(chunk);
    sha256.update(chunk);
    size += chunk.length;
  }
  return { size, md5: md5.digest("hex"), sha256: sha256.digest("base64") };
}

/** The body of the request that uploads a file of this size. */
export const bodyOf = async (path: string, size: number): Promise<Uint8Array | Readable> =>
  size <= maxBuffered ? readFile(path) : createReadStream(path);
