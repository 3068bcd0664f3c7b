import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import {
  deleteBucket,
  getLocation,
  getNotifications,
  getVersioning,
  headBucket,
  putBucket,
  putVersioning,
} from "./configuration.ts";
import { deleteObject, deleteObjects } from "./delete.ts";
import { notImplemented, S3Error } from "./errors.ts";
import type { S3Context, S3Reply, S3Request } from "./exchange.ts";
import { getObject } from "./get.ts";
import { listBuckets, listObjects, listVersions } from "./list.ts";
import { abortUpload, completeUpload, createUpload, listUploads, uploadPart } from "./multipart.ts";
import { copyObject, putObject } from "./put.ts";
import { element, leaf } from "./xml.ts";

type Action<R extends S3Request = S3Request> = (context: S3Context, request: R) => S3Reply | Promise<S3Reply>;

/** Bucket actions by method and the query parameter that selects the subresource. */
const bucketActions: Readonly<Record<string, Action>> = {
  "GET ": listObjects,
  "GET list-type": listObjects,
  "GET versions": listVersions,
  "GET uploads": listUploads,
  "GET location": getLocation,
  "GET versioning": getVersioning,
  "GET notification": getNotifications,
  "HEAD ": headBucket,
  "PUT ": putBucket,
  "PUT versioning": putVersioning,
  "POST delete": deleteObjects,
  "DELETE ": deleteBucket,
};

const objectActions: Readonly<Record<string, Action<S3Request & { key: string }>>> = {
  "GET ": getObject,
  "HEAD ": getObject,
  "PUT ": putObject,
  "PUT copy": copyObject,
  "PUT uploadId": uploadPart,
  "POST uploads": createUpload,
  "POST uploadId": completeUpload,
  "DELETE ": deleteObject,
  "DELETE uploadId": abortUpload,
};

/** Query parameters that do not select a subresource. */
const otherParameters =
  /^(x-id|versionId|partNumber|prefix|delimiter|max-keys|marker|key-marker|version-id-marker|continuation-token|start-after|encoding-type|fetch-owner|max-buckets|X-Amz-.*|AWSAccessKeyId|Signature|Expires)$/;

function selector(request: S3Request): string {
  const named = [...request.query.keys()].filter((name) => !otherParameters.test(name));
  if (named.length > 1) return named.find((name) => name !== "list-type") ?? "";
  if (request.method === "PUT" && request.headers["x-amz-copy-source"]) return "copy";
  return named[0] ?? "";
}

function parseRequest(message: IncomingMessage): S3Request {
  const [path = "/", query = ""] = (message.url ?? "/").split("?", 2);
  const slash = path.indexOf("/", 1);
  const bucket = decode(slash < 0 ? path.slice(1) : path.slice(1, slash));
  const key = slash < 0 ? "" : decode(path.slice(slash + 1));
  if (Buffer.byteLength(key) > 1024) throw new S3Error(400, "KeyTooLongError", "Your key is too long");
  return {
    method: message.method ?? "GET",
    ...(bucket && { bucket }),
    ...(key && { key }),
    query: new URLSearchParams(query),
    headers: message.headers,
    body: message,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error(400, "InvalidURI", `Couldn't parse the specified URI: ${text}`);
  }
}

/** The name of an operation for call counters, for example `PUT object` or `GET bucket versions`. */
export function nameOperation(message: IncomingMessage): string {
  try {
    const request = parseRequest(message);
    const kind = request.key ? "object" : request.bucket ? "bucket" : "service";
    return `${request.method} ${kind} ${selector(request)}`.trim();
  } catch {
    return "unreadable";
  }
}

async function answer(context: S3Context, request: S3Request): Promise<S3Reply> {
  const { bucket, key } = request;
  if (bucket === undefined) {
    if (request.method === "GET") return listBuckets(context);
    throw notImplemented(`${request.method} on the service`);
  }
  const choice = `${request.method} ${selector(request)}`;
  const action = key === undefined ? bucketActions[choice] : objectActions[choice];
  if (!action) throw notImplemented(`${choice.trim()} on ${key === undefined ? "a bucket" : "an object"}`);
  return action(context, { ...request, key: key ?? "" });
}

/** Serves a request of the S3 REST API, path style. Credentials are not checked. */
export async function serveS3(
  context: S3Context,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomBytes(8).toString("hex").toUpperCase();
  response.setHeader("x-amz-request-id", requestId);
  response.setHeader("x-amz-id-2", "local");
  let reply: S3Reply;
  try {
    reply = await answer(context, parseRequest(message));
  } catch (error) {
    if (message.destroyed && !message.complete) return;
    reply = refuse(error, message, requestId);
  }
  if (!message.complete) message.resume();
  response.writeHead(reply.status, reply.headers);
  if (typeof reply.body === "string" || reply.body === undefined || message.method === "HEAD") {
    response.end(message.method === "HEAD" ? undefined : reply.body);
    return;
  }
  await pipeline(reply.body, response).catch(() => response.destroy());
}

function refuse(error: unknown, message: IncomingMessage, requestId: string): S3Reply {
  const refusal =
    error instanceof S3Error
      ? error
      : new S3Error(500, "InternalError", `The local S3 failed: ${String(error)}`);
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${element(
    "Error",
    leaf("Code", refusal.code),
    leaf("Message", refusal.message),
    leaf("Resource", message.url ?? ""),
    leaf("RequestId", requestId),
  )}`;
  return { status: refusal.status, headers: { "content-type": "application/xml", ...refusal.headers }, body };
}
