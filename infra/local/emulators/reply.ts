import type { IncomingMessage, ServerResponse } from "node:http";

/** An HTTP response as a value. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { ...reply.headers, "content-length": Buffer.byteLength(reply.body) });
  response.end(reply.body);
}

/** Reads the whole request body, so that a request of a client that disconnects early has no effect. */
export async function readRequest(message: IncomingMessage, limit: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of message as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > limit) throw new RequestTooLargeError(limit);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

export class RequestTooLargeError extends Error {
  constructor(limit: number) {
    super(`The request is larger than ${limit} bytes.`);
    this.name = "RequestTooLargeError";
  }
}
