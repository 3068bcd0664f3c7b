import type { IncomingHttpHeaders } from "node:http";
import { receiveBody, releaseBody, retainBody, single, type StoredBody } from "./body.ts";
import {
  currentObject,
  newVersionId,
  pushVersion,
  requireBucket,
  requireVersion,
  type Bucket,
  type Version,
} from "./buckets.ts";
import { isNotModified, requireWritable } from "./conditions.ts";
import { invalidArgument, preconditionFailed, S3Error } from "./errors.ts";
import { xmlReply, type S3Context, type S3Reply, type S3Request } from "./exchange.ts";
import { notify } from "./notifications.ts";
import { leaf, xmlDocument } from "./xml.ts";

const storedHeaders = [
  "content-type",
  "content-language",
  "content-disposition",
  "cache-control",
  "expires",
  "x-amz-storage-class",
  "x-amz-website-redirect-location",
];

/** Returns the request headers that are stored with the object; at most 2 KB of user metadata, as in S3. */
export function objectHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const result: Record<string, string> = { "content-type": "binary/octet-stream" };
  let metadata = 0;
  for (const [name, value] of Object.entries(headers)) {
    const isMetadata = name.startsWith("x-amz-meta-");
    const text = single(value);
    if (text === undefined || (!isMetadata && !storedHeaders.includes(name))) continue;
    if (isMetadata) metadata += name.length - "x-amz-meta-".length + Buffer.byteLength(text);
    result[name] = text;
  }
  if (metadata > 2048) {
    throw new S3Error(
      400,
      "MetadataTooLarge",
      "Your metadata headers exceed the maximum allowed metadata size.",
    );
  }
  const codings = (headers["content-encoding"] ?? "").split(",").map((coding) => coding.trim());
  const encoding = codings.filter((coding) => coding !== "" && coding !== "aws-chunked").join(",");
  return encoding === "" ? result : { ...result, "content-encoding": encoding };
}

export async function putObject(context: S3Context, request: S3Request & { key: string }): Promise<S3Reply> {
  const bucket = requireBucket(context.buckets, request.bucket ?? "");
  requireWritable(request.headers, request.key, currentObject(bucket, request.key));
  const headers = objectHeaders(request.headers);
  const body = await receiveBody(request.body, request.headers, context.directory);
  const version = await commit(context, bucket, {
    name: "ObjectCreated:Put",
    request,
    key: request.key,
    body,
    headers,
  });
  return {
    status: 200,
    headers: {
      etag: `"${body.etag}"`,
      ...versionHeader(version),
      ...(body.checksum && { [body.checksum[0]]: body.checksum[1], "x-amz-checksum-type": "FULL_OBJECT" }),
    },
  };
}

/** Stores a body as the newest version of its key, if the conditions still hold, and sends the notifications. */
export async function commit(
  context: S3Context,
  bucket: Bucket,
  change: {
    name: string;
    request: S3Request;
    key: string;
    body: StoredBody;
    headers: Readonly<Record<string, string>>;
  },
): Promise<Version> {
  const { key, body, headers } = change;
  try {
    requireWritable(change.request.headers, key, currentObject(bucket, key));
  } catch (error) {
    await releaseBody(body);
    throw error;
  }
  const version: Version = { key, versionId: newVersionId(bucket), modified: new Date(), body, headers };
  for (const replaced of pushVersion(bucket, version)) if (replaced.body) await releaseBody(replaced.body);
  await notify(context, bucket, { name: change.name, version });
  return version;
}

export const versionHeader = (version: Version): Record<string, string> =>
  version.versionId === "null" ? {} : { "x-amz-version-id": version.versionId };

/** Parses `bucket/key?versionId=…`, percent-encoded, with or without a leading slash. */
function parseCopySource(value: string): { bucket: string; key: string; versionId?: string } {
  const [location = "", query = ""] = value.replace(/^\//, "").split("?", 2);
  const slash = location.indexOf("/");
  if (slash < 1) throw invalidArgument(`x-amz-copy-source needs a bucket and a key: ${value}`);
  const versionId = new URLSearchParams(query).get("versionId");
  return {
    bucket: decodeURIComponent(location.slice(0, slash)),
    key: decodeURIComponent(location.slice(slash + 1)),
    ...(versionId && { versionId }),
  };
}

function copyConditions(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const names = ["if-match", "if-none-match", "if-modified-since", "if-unmodified-since"];
  return Object.fromEntries(names.map((name) => [name, headers[`x-amz-copy-source-${name}`]]));
}

/** Copies an object; both share the same bytes on disk. */
export async function copyObject(context: S3Context, request: S3Request & { key: string }): Promise<S3Reply> {
  const bucket = requireBucket(context.buckets, request.bucket ?? "");
  const from = parseCopySource(single(request.headers["x-amz-copy-source"]) ?? "");
  const source = requireVersion(requireBucket(context.buckets, from.bucket), from.key, from.versionId);
  if (isNotModified(copyConditions(request.headers), source))
    throw preconditionFailed("x-amz-copy-source-if-…");
  const replace = request.headers["x-amz-metadata-directive"] === "REPLACE";
  if (
    from.bucket === request.bucket &&
    from.key === request.key &&
    !replace &&
    from.versionId === undefined
  ) {
    throw new S3Error(
      400,
      "InvalidRequest",
      "This copy request is illegal because it is trying to copy an object to itself without changing it.",
    );
  }
  const version = await commit(context, bucket, {
    name: "ObjectCreated:Copy",
    request,
    key: request.key,
    body: retainBody(source.body),
    headers: replace ? objectHeaders(request.headers) : source.headers,
  });
  return xmlReply(
    xmlDocument(
      "CopyObjectResult",
      leaf("ETag", `"${source.body.etag}"`),
      leaf("LastModified", version.modified.toISOString()),
    ),
    200,
    {
      ...versionHeader(version),
      ...(source.versionId !== "null" && { "x-amz-copy-source-version-id": source.versionId }),
    },
  );
}
