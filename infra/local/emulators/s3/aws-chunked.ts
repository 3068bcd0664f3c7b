import { S3Error } from "./errors.ts";

const incomplete = () =>
  new S3Error(400, "IncompleteBody", "The request ended before the end of its aws-chunked body.");

/**
 * Decodes an `aws-chunked` body, signed or not. After the payload, trailing headers are in `trailers` with lower-case
 * names (Amazon S3 API reference, "Signature calculations: transferring payload in multiple chunks", and "… with
 * trailing headers").
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const reader = openReader(source);
  for (;;) {
    const header = await reader.line();
    const size = Number.parseInt(header, 16);
    if (!/^[0-9a-f]{1,8}(;|$)/i.test(header) || Number.isNaN(size)) {
      throw new S3Error(400, "InvalidChunkSizeError", `Not a chunk size: ${header.slice(0, 40)}`);
    }
    if (size === 0) break;
    yield* reader.take(size);
    await reader.line();
  }
  for (;;) {
    const line = await reader.line();
    if (line === "") return;
    const colon = line.indexOf(":");
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
}

function openReader(source: AsyncIterable<Buffer>) {
  const iterator = source[Symbol.asyncIterator]();
  let buffered: Buffer = Buffer.alloc(0);

  async function readMore(): Promise<boolean> {
    const next = await iterator.next();
    if (next.done) return false;
    buffered = buffered.length === 0 ? next.value : Buffer.concat([buffered, next.value]);
    return true;
  }

  return {
    /** Reads a line without its CRLF, which may be missing from the last line. */
    async line(): Promise<string> {
      let end = buffered.indexOf("\r\n");
      while (end < 0) {
        if (buffered.length > 16_384) throw new S3Error(400, "InvalidRequest", "A chunk header is too long.");
        if (!(await readMore())) {
          if (buffered.length > 0) throw incomplete();
          return "";
        }
        end = buffered.indexOf("\r\n");
      }
      const line = buffered.toString("latin1", 0, end);
      buffered = buffered.subarray(end + 2);
      return line;
    },

    async *take(size: number): AsyncGenerator<Buffer> {
      let left = size;
      while (left > 0) {
        if (buffered.length === 0 && !(await readMore())) throw incomplete();
        const piece = buffered.subarray(0, left);
        buffered = buffered.subarray(piece.length);
        left -= piece.length;
        yield piece;
      }
    },
  };
}
