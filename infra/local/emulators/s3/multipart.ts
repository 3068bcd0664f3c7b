import { randomUUID } from "node:crypto";
import { joinBodies, receiveBody, releaseBody } from "./body.ts";
import { requireBucket, type Bucket, type Upload } from "./buckets.ts";
import { invalidArgument, S3Error } from "./errors.ts";
import { readText, xmlReply, type S3Context, type S3Reply, type S3Request } from "./exchange.ts";
import { commit, objectHeaders, versionHeader } from "./put.ts";
import { element, leaf, readElements, xmlDocument } from "./xml.ts";

type ObjectRequest = S3Request & { key: string };

/** Minimum size of every part except the last (Amazon S3 user guide, "Multipart upload limits"). */
const minPartBytes = 5 * 1024 ** 2;

function requireUpload(bucket: Bucket, request: ObjectRequest): Upload {
  const upload = bucket.uploads.get(request.query.get("uploadId") ?? "");
  if (upload?.key === request.key) return upload;
  throw new S3Error(404, "NoSuchUpload", "The specified upload does not exist.");
}

export function createUpload(context: S3Context, request: ObjectRequest): S3Reply {
  const bucket = requireBucket(context.buckets, request.bucket ?? "");
  const upload: Upload = {
    id: randomUUID(),
    key: request.key,
    started: new Date(),
    headers: objectHeaders(request.headers),
    parts: new Map(),
  };
  bucket.uploads.set(upload.id, upload);
  return xmlReply(
    xmlDocument(
      "InitiateMultipartUploadResult",
      leaf("Bucket", bucket.name),
      leaf("Key", upload.key),
      leaf("UploadId", upload.id),
    ),
  );
}

export async function uploadPart(context: S3Context, request: ObjectRequest): Promise<S3Reply> {
  const upload = requireUpload(requireBucket(context.buckets, request.bucket ?? ""), request);
  const number = Number(request.query.get("partNumber"));
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    throw invalidArgument(`Part number must be an integer between 1 and 10000: ${number}`);
  }
  const part = await receiveBody(request.body, request.headers, context.directory);
  const replaced = upload.parts.get(number);
  upload.parts.set(number, part);
  if (replaced) await releaseBody(replaced);
  return {
    status: 200,
    headers: { etag: `"${part.etag}"`, ...(part.checksum && { [part.checksum[0]]: part.checksum[1] }) },
  };
}

export async function completeUpload(context: S3Context, request: ObjectRequest): Promise<S3Reply> {
  const bucket = requireBucket(context.buckets, request.bucket ?? "");
  const upload = requireUpload(bucket, request);
  const named = readElements(await readText(request.body), "Part").map((part) => ({
    number: Number(part.get("PartNumber")),
    etag: (part.get("ETag") ?? "").replaceAll('"', ""),
  }));
  if (named.length === 0) throw new S3Error(400, "MalformedXML", "The request lists no parts.");
  const parts = named.map(({ number, etag }, index) => {
    const part = upload.parts.get(number);
    if (!part || part.etag !== etag)
      throw new S3Error(400, "InvalidPart", `Part ${number} could not be found.`);
    if (number <= (named[index - 1]?.number ?? 0)) {
      throw new S3Error(400, "InvalidPartOrder", "The list of parts was not in ascending order.");
    }
    if (part.size < minPartBytes && index < named.length - 1) {
      throw new S3Error(400, "EntityTooSmall", `Part ${number} is smaller than the minimum allowed size.`);
    }
    return part;
  });
  const body = joinBodies(parts);
  const unused = [...upload.parts.values()].filter((part) => !parts.includes(part));
  const change = { name: "ObjectCreated:CompleteMultipartUpload", request, key: upload.key, body };
  const version = await commit(context, bucket, { ...change, headers: upload.headers });
  bucket.uploads.delete(upload.id);
  for (const part of unused) await releaseBody(part);
  return xmlReply(
    xmlDocument(
      "CompleteMultipartUploadResult",
      leaf("Bucket", bucket.name),
      leaf("Key", upload.key),
      leaf("ETag", `"${body.etag}"`),
    ),
    200,
    versionHeader(version),
  );
}

export async function abortUpload(context: S3Context, request: ObjectRequest): Promise<S3Reply> {
  const bucket = requireBucket(context.buckets, request.bucket ?? "");
  const upload = requireUpload(bucket, request);
  bucket.uploads.delete(upload.id);
  for (const part of upload.parts.values()) await releaseBody(part);
  return { status: 204 };
}

export function listUploads(context: S3Context, request: S3Request): S3Reply {
  const bucket = requireBucket(context.buckets, request.bucket ?? "");
  const uploads = [...bucket.uploads.values()].map((upload) =>
    element(
      "Upload",
      leaf("Key", upload.key),
      leaf("UploadId", upload.id),
      leaf("Initiated", upload.started.toISOString()),
    ),
  );
  return xmlReply(
    xmlDocument(
      "ListMultipartUploadsResult",
      leaf("Bucket", bucket.name),
      leaf("IsTruncated", false),
      ...uploads,
    ),
  );
}
