import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type { Buckets } from "./buckets.ts";

export interface S3Request {
  readonly method: string;
  readonly bucket?: string;
  readonly key?: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: AsyncIterable<Buffer>;
}

export interface S3Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
}

/** Shared state of the S3 actions. */
export interface S3Context {
  readonly buckets: Buckets;
  readonly region: string;
  /** Folder for object bodies. */
  readonly directory: string;
  /** Sends an event to a queue; rejects if the queue does not exist. */
  readonly sendToQueue: (queueArn: string, message: string) => Promise<void>;
}

export const xmlReply = (body: string, status = 200, headers: Record<string, string> = {}): S3Reply => ({
  status,
  headers: { "content-type": "application/xml", ...headers },
  body,
});

/** Reads a small request body; S3's own limit for configuration requests is far below 2 MiB. */
export async function readText(body: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > 2 * 1024 ** 2) throw new Error("The request's XML is larger than 2 MiB.");
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
