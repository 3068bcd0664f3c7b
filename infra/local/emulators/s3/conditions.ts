import type { IncomingHttpHeaders } from "node:http";
import type { Version } from "./buckets.ts";
import type { StoredBody } from "./body.ts";
import { noSuchKey, notImplemented, preconditionFailed } from "./errors.ts";

const normaliseEtag = (etag: string) => etag.trim().replace(/^W\//, "").replaceAll('"', "");

/**
 * Checks the conditions of a write: `If-None-Match: *` requires that the key does not exist, `If-Match` that the
 * current object has this ETag (Amazon S3 user guide, "How to prevent object overwrites with conditional writes").
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
  if (normaliseEtag(match) !== current.body.etag) throw preconditionFailed("If-Match");
}

/** Returns whether a conditional read gets status 304; throws status 412 if a precondition fails (RFC 9110, section 13.2.2). */
export function isNotModified(
  headers: IncomingHttpHeaders,
  version: Version & { body: StoredBody },
): boolean {
  const etag = version.body.etag;
  const modified = Math.floor(version.modified.getTime() / 1000) * 1000;
  const match = headers["if-match"];
  if (match !== undefined && normaliseEtag(match) !== etag && match.trim() !== "*")
    throw preconditionFailed("If-Match");
  const unmodifiedSince = Date.parse(headers["if-unmodified-since"] ?? "");
  if (match === undefined && modified > unmodifiedSince) throw preconditionFailed("If-Unmodified-Since");
  const noneMatch = headers["if-none-match"];
  if (noneMatch !== undefined)
    return noneMatch.trim() === "*" || noneMatch.split(",").map(normaliseEtag).includes(etag);
  return modified <= Date.parse(headers["if-modified-since"] ?? "");
}
