import { readBody, type StoredBody } from "./body.ts";
import { requireBucket, requireVersion, type Version } from "./buckets.ts";
import { isNotModified } from "./conditions.ts";
import { S3Error } from "./errors.ts";
import type { S3Context, S3Reply, S3Request } from "./exchange.ts";
import { versionHeader } from "./put.ts";

/** GET and HEAD of an object: versions, one byte range, conditions. */
export function getObject(context: S3Context, request: S3Request & { key: string }): S3Reply {
  const bucket = requireBucket(context.buckets, request.bucket ?? "");
  const version = requireVersion(bucket, request.key, request.query.get("versionId") ?? undefined);
  const headers = describe(version);
  if (isNotModified(request.headers, version)) return { status: 304, headers };
  const range = parseRange(request.headers.range, version.body.size);
  const { start, end } = range ?? { start: 0, end: version.body.size };
  const wantsChecksum = request.headers["x-amz-checksum-mode"] === "ENABLED" && !range;
  const { checksum } = version.body;
  return {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      "content-length": String(end - start),
      ...(range && { "content-range": `bytes ${start}-${end - 1}/${version.body.size}` }),
      ...(wantsChecksum && checksum && { [checksum[0]]: checksum[1], "x-amz-checksum-type": "FULL_OBJECT" }),
    },
    ...(request.method === "GET" && { body: readBody(version.body, start, end) }),
  };
}

function describe(version: Version & { body: StoredBody }): Record<string, string> {
  return {
    ...version.headers,
    etag: `"${version.body.etag}"`,
    "last-modified": version.modified.toUTCString(),
    "accept-ranges": "bytes",
    ...versionHeader(version),
  };
}

/** Parses a single byte range; like S3, ignores several ranges and other units (RFC 9110, section 14.2). */
function parseRange(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!found || (found[1] === "" && found[2] === "")) return undefined;
  const first = found[1] === "" ? Math.max(size - Number(found[2]), 0) : Number(found[1]);
  const last = found[1] === "" || found[2] === "" ? size - 1 : Math.min(Number(found[2]), size - 1);
  if (first > last) {
    throw new S3Error(416, "InvalidRange", "The requested range is not satisfiable", {
      "content-range": `bytes */${size}`,
    });
  }
  return { start: first, end: last + 1 };
}
