import http, { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readRequest } from "../../../infra/local/emulators/reply.ts";

export interface CallRecorder {
  readonly url: string;
  /** Every different call so far, as `<function> <action> <resource>`, sorted: see `permissionsOf`. */
  readonly calls: readonly string[];
  /** Sets where calls go. */
  connect(endpoint: string): void;
  close(): Promise<void>;
}

/** Stands between the functions and the services, passes every call on, and records the permissions that it needs. */
export async function openCallRecorder(): Promise<CallRecorder> {
  const calls = new Set<string>();
  let target = "";
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readRequest(request, 64 * 1024 ** 2);
    for (const permission of permissionsOf(request, body)) calls.add(permission);
    const { method, url = "/", headers } = request;
    const passed = http.request(new URL(url, target), { method, headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.pipe(response);
    });
    passed.on("error", () => response.destroy()).end(body);
  }
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get calls() {
      return [...calls].toSorted();
    },
    connect(endpoint) {
      target = endpoint;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * The permissions that a request needs (AWS Service Authorization Reference): an action with a prefix of the bucket, a
 * queue, `topic`, or a key space of the ledger. The caller is the function whose credentials signed the request.
 */
function permissionsOf(request: IncomingMessage, body: Buffer): readonly string[] {
  const { method = "GET", url = "/", headers } = request;
  const [, signer = ""] = /Credential=([^/,]+)/.exec(headers.authorization ?? "") ?? [];
  const [, caller = ""] = /(Ingest|Deliver|Digest|Watch)Function/.exec(signer) ?? [];
  const text = body.toString("utf8");
  const [service = "", operation = ""] = String(headers["x-amz-target"] ?? "").split(".", 2);
  const needed = service.startsWith("DynamoDB_")
    ? keySpacesIn(text).map((space) => `dynamodb:${operation} ${space}`)
    : service === "AmazonSQS"
      ? [`sqs:${operation.replace("Batch", "")} ${queueIn(text)}`]
      : method === "POST" && url === "/"
        ? [`sns:${String(new URLSearchParams(text).get("Action")).replace("Batch", "")} topic`]
        : objectPermissions(method, url, headers);
  return needed.map((one) => `${caller.toLowerCase()} ${one}`);
}

/** The first part of each partition key in a request. */
function keySpacesIn(text: string): readonly string[] {
  const keys = [...text.matchAll(/"(?:pk|:pk)":\{"S":"([a-z]+#)/g)].map(([, space = ""]) => space);
  if (keys.length === 0) throw new Error(`no partition key in ${text.slice(0, 200)}`);
  return [...new Set(keys)];
}

function queueIn(text: string): string {
  const { QueueUrl } = JSON.parse(text) as { readonly QueueUrl: string };
  if (QueueUrl.endsWith(".fifo")) return "outbox";
  return /Slots/.test(QueueUrl) ? "slots" : "intake";
}

function objectPermissions(
  method: string,
  url: string,
  headers: http.IncomingHttpHeaders,
): readonly string[] {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  const prefixOf = (path: string) =>
    /^\/?[^/]+\/((?:snapshots|plans|quarantine\/~messages|quarantine)\/)/.exec(
      decodeURIComponent(path),
    )?.[1] ?? "bucket";
  const version = (has: boolean) => (has ? "s3:GetObjectVersion" : "s3:GetObject");
  if (searchParams.has("list-type")) return ["s3:ListBucket bucket"];
  if (method === "GET" || method === "HEAD")
    return [`${version(searchParams.has("versionId"))} ${prefixOf(pathname)}`];
  const source = headers["x-amz-copy-source"];
  const copied =
    typeof source === "string" ? [`${version(source.includes("versionId="))} ${prefixOf(source)}`] : [];
  return [...copied, `s3:PutObject ${prefixOf(pathname)}`];
}
