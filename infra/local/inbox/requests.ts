import type { IncomingMessage } from "node:http";

/** Longest JSON body that is read, in bytes. */
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

/**
 * Refuses state-changing requests of another site's page. Browsers send `Origin` with every POST, PUT and DELETE (Fetch
 * Standard, "HTTP-network-or-cache fetch"), and `Sec-Fetch-Site` with every request; programs send neither.
 *
 * @throws `RequestError` 403
 */
export function checkOrigin({ headers }: IncomingMessage): void {
  const { origin, host } = headers;
  const site = headers["sec-fetch-site"];
  const isForeign = origin !== undefined && origin !== `http://${host}`;
  if (isForeign || site === "cross-site" || site === "same-site")
    throw new RequestError(403, "This server accepts requests of its own page and of programs only.");
}

/** A body such as `{"at": "2026-11-26T07:00:00Z"}`; an empty body is an empty object. */
export type JsonBody = Readonly<Record<string, unknown>>;

/**
 * Reads a JSON object. `example` is shown where the body is something else.
 *
 * @throws `RequestError` 400 or 413
 */
export async function readJson(request: IncomingMessage, example: string): Promise<JsonBody> {
  const body = await readBody(request);
  if (body === "") return {};
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonBody;
  } catch {
    // Answered below.
  }
  throw new RequestError(400, `The body is not a JSON object such as ${example}.`);
}

/**
 * The field `at`, ISO 8601, in milliseconds of the epoch; `undefined` where it is absent.
 *
 * @throws `RequestError` 400
 */
export function timeIn({ at }: JsonBody): number | undefined {
  if (at === undefined) return undefined;
  const time = typeof at === "string" && /^\d{4}-\d\d-\d\dT/.test(at) ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(time))
    throw new RequestError(
      400,
      `at: found ${JSON.stringify(at)}; expected a time such as 2026-11-26T07:00:00Z.`,
    );
  return time;
}

/**
 * A field that must be a string that is not empty.
 *
 * @throws `RequestError` 400
 */
export function textIn(body: JsonBody, name: string): string {
  const value = body[name];
  if (typeof value === "string" && value !== "") return value;
  throw new RequestError(400, `${name}: found ${JSON.stringify(value) ?? "nothing"}; expected a text.`);
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
