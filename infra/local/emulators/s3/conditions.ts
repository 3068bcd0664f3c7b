import type { IncomingHttpHeaders } from "node:http";
import type { Version } from "./buckets.ts";
import type { StoredBody } from "./body.ts";
import { noSuchKey, notImplemented, preconditionFailed } from "./errors.ts";

const bare = (etag: string) => etag.trim().replace(/^W\//, "").replaceAll('"', "");

/**
 * Conditional writes: `If-None-Match: *` only creates, `If-Match` only replaces the ETag that it names
 * (Amazon S3 user guide, "How to prevent object overwrites with conditional writes").
 */
export function requireWritable(
  headers: IncomingHttpHeaders,
  key: string,
  current: (Version & { body: StoredBody }) | undefined,
): void {
  const noneMatch = headers["if-none-match"];
  if (noneMatch !== undefined && noneMatch.trim() !== "*") {
    throw notImplemented("If-None-Match with an ETag on a write (S3 knows only *)");
  }
  if (noneMatch !== undefined && current) throw preconditionFailed("If-None-Match");
  const match = headers["if-match"];
  if (match === undefined) return;
  if (!current) throw noSuchKey(key);
  if (bare(match) !== current.body.etag) throw preconditionFailed("If-Match");
}

/** Whether a conditional read is answered with 304; one that must fail is refused with 412 (RFC 9110, section 13.2.2). */
export function isNotModified(
  headers: IncomingHttpHeaders,
  version: Version & { body: StoredBody },
): boolean {
  const etag = version.body.etag;
  const modified = Math.floor(version.modified.getTime() / 1000) * 1000;
  const match = headers["if-match"];
  if (match !== undefined && bare(match) !== etag && match.trim() !== "*")
    throw preconditionFailed("If-Match");
  const unmodifiedSince = Date.parse(headers["if-unmodified-since"] ?? "");
  if (match === undefined && modified > unmodifiedSince) throw preconditionFailed("If-Unmodified-Since");
  const noneMatch = headers["if-none-match"];
  if (noneMatch !== undefined)
    return noneMatch.trim() === "*" || noneMatch.split(",").map(bare).includes(etag);
  return modified <= Date.parse(headers["if-modified-since"] ?? "");
}
