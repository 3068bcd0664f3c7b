import type { IncomingMessage } from "node:http";

/** Longest body that is read, in bytes. */
const maxBody = 10_000;

/** A request that the server refuses, with its status. */
export class RequestError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "RequestError";
    this.status = status;
  }
}

/** Another site's page can't act on the stack through a browser: browsers send its origin with every POST and DELETE. */
export function checkOrigin({ headers }: IncomingMessage): void {
  const { origin, host } = headers;
  if (origin !== undefined && origin !== `http://${host}`)
    throw new RequestError(403, "This server accepts requests of its own page and of programs only.");
}

/**
 * The time `at` in the body `{"at"?: ISO 8601}` of a request, in milliseconds of the epoch; `undefined` where it or the
 * body is absent.
 *
 * @throws `RequestError`
 */
export async function readTime(request: IncomingMessage): Promise<number | undefined> {
  const body = await readBody(request);
  if (body === "") return undefined;
  const { at } = parseObject(body);
  if (at === undefined) return undefined;
  const time = typeof at === "string" && /^\d{4}-\d\d-\d\dT/.test(at) ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(time))
    throw new RequestError(
      400,
      `at: found ${JSON.stringify(at)}; expected a time such as 2026-11-26T07:00:00Z.`,
    );
  return time;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > maxBody) throw new RequestError(413, `The body has more than ${maxBody} bytes.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8").trim();
}

function parseObject(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Answered below.
  }
  throw new RequestError(400, 'The body is not a JSON object such as {"at": "2026-11-26T07:00:00Z"}.');
}
