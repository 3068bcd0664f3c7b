import { S3Error } from "./errors.ts";

const incomplete = () =>
  new S3Error(400, "IncompleteBody", "The request ended before the end of its aws-chunked body.");

/**
 * The payload of an `aws-chunked` body, signed or not; trailing headers are put into `trailers` under lower-case
 * names once the payload has been read (Amazon S3 API reference, "Signature calculations: transferring payload in
 * multiple chunks", and "… with trailing headers").
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
      throw new S3Error(400, "InvalidChunkSizeError", `No chunk size: ${header.slice(0, 40)}`);
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
  let held: Buffer = Buffer.alloc(0);

  async function more(): Promise<boolean> {
    const next = await iterator.next();
    if (next.done) return false;
    held = held.length === 0 ? next.value : Buffer.concat([held, next.value]);
    return true;
  }

  return {
    /** A line without its CRLF; the body's last line may lack it. */
    async line(): Promise<string> {
      let end = held.indexOf("\r\n");
      while (end < 0) {
        if (held.length > 16_384) throw new S3Error(400, "InvalidRequest", "A chunk header is too long.");
        if (!(await more())) {
          if (held.length > 0) throw incomplete();
          return "";
        }
        end = held.indexOf("\r\n");
      }
      const line = held.toString("latin1", 0, end);
      held = held.subarray(end + 2);
      return line;
    },

    async *take(size: number): AsyncGenerator<Buffer> {
      let left = size;
      while (left > 0) {
        if (held.length === 0 && !(await more())) throw incomplete();
        const piece = held.subarray(0, left);
        held = held.subarray(piece.length);
        left -= piece.length;
        yield piece;
      }
    },
  };
}
