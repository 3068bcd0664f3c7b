import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { foreignRequest } from "../foreign-requests.ts";
import { queueQueryVersion, serveQueueQuery } from "./queues-query.ts";
import { openQueues, type Queues } from "./queues.ts";
import { readRequest, RequestTooLargeError, send } from "./reply.ts";
import type { Bucket, Buckets } from "./s3/buckets.ts";
import type { S3Context } from "./s3/exchange.ts";
import { nameOperation, serveS3 } from "./s3/router.ts";
import { parseFields } from "./sns/query.ts";
import type { Sns } from "./sns/sns.ts";
import { findUnknownService, refuseQuery, refuseService } from "./unknown-action.ts";
import { openTables, type Tables, type TimeToLive } from "./tables.ts";

/** S3, SQS, SNS and DynamoDB at one address; the headers of a request select the service. */
export interface Endpoint {
  readonly url: string;
  readonly region: string;
  readonly account: string;
  readonly queues: Queues;
  readonly tables: Pick<Tables, "call">;
  readonly s3: S3Context;
  readonly buckets: ReadonlyMap<string, Bucket>;
  /** TTL attribute by table name. */
  readonly timeToLive: TimeToLive;
  /** Number of calls per operation, by names such as `dynamodb.GetItem` and `s3.PUT object`. */
  readonly calls: ReadonlyMap<string, number>;
  connectSns(sns: Sns): void;
  close(): Promise<void>;
}

/** The local account id. */
export const account = "000000000000";

/** Limit for SQS, SNS and DynamoDB requests; each emulator also checks the lower limits of its service. */
const maxRequestBytes = 16 * 1024 ** 2;

/** Starts the emulators on 127.0.0.1; `port` 0 chooses a free port. Rejects with `EADDRINUSE` if the port is in use. */
export async function openEndpoint(options: {
  port: number;
  region: string;
  /** Parent of the folder for object bodies, which is removed on close. */
  temporary: string;
  /** Folder where object bodies and tables are kept instead; none by default. */
  state?: string;
  /** Deduplication interval of FIFO queues; 300 s, as on SQS, where it is absent. */
  deduplicationSeconds?: number;
  /** Clock of the queues, in milliseconds of the epoch; for tests. */
  now?: () => number;
}): Promise<Endpoint> {
  const { region } = options;
  // Clients keep idle connections for a minute; a large upload has no time limit.
  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 0 });
  await listen(server, options.port);
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { deduplicationSeconds, state } = options;
  const directory =
    state === undefined
      ? await mkdtemp(path.join(options.temporary, "feedbell-objects-"))
      : path.join(state, "objects");
  await mkdir(directory, { recursive: true });
  const queues = openQueues({
    host,
    region,
    account,
    ...(deduplicationSeconds !== undefined && { deduplicationSeconds }),
    ...(options.now && { now: options.now }),
  });
  const timeToLive: TimeToLive = new Map();
  const tables = openTables(timeToLive, state && path.join(state, "tables"));
  const buckets: Buckets = new Map();
  const calls = new Map<string, number>();
  let sns: Sns | undefined;

  const s3: S3Context = {
    buckets,
    region,
    directory,
    async sendToQueue(queueArn, message) {
      const name = queueArn.split(":").at(-1) ?? "";
      await queues.call("SendMessage", {
        QueueUrl: `http://${host}/${account}/${name}`,
        MessageBody: message,
      });
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const foreign = foreignRequest(request);
    if (foreign) {
      response
        .writeHead(foreign.status, { "content-type": "text/plain; charset=utf-8" })
        .end(foreign.message);
      return;
    }
    const unknown = findUnknownService(request);
    if (unknown) {
      request.resume();
      return send(response, refuseService(unknown));
    }
    const { name, kind } = classify(request);
    if (kind === "s3") {
      count(calls, name);
      return serveS3(s3, request, response);
    }
    const body = await readRequest(request, maxRequestBytes);
    if (kind === "dynamodb") {
      count(calls, name);
      return tables.serve(request.headers, body, response);
    }
    if (kind === "sqs") {
      count(calls, name);
      return send(response, await queues.serve(request.headers, body));
    }
    const fields = parseFields(body.toString("utf8"));
    const refusal = refuseQuery(fields);
    if (refusal) return send(response, refusal);
    const service = fields.get("Version") === queueQueryVersion ? "sqs" : "sns";
    count(calls, `${service}.${fields.get("Action")}`);
    if (service === "sqs") return send(response, await serveQueueQuery(queues, fields));
    if (!sns) throw new Error("SNS is not connected yet.");
    send(response, sns.serve(fields));
  }

  server.on("request", (request, response) => {
    serve(request, response).catch((error: unknown) => fail(error, request, response));
  });

  return {
    url: `http://${host}`,
    region,
    account,
    queues,
    tables,
    s3,
    buckets,
    timeToLive,
    calls,
    connectSns(service) {
      sns = service;
    },
    async close() {
      await closeAll(server, queues, tables);
      if (state === undefined) await rm(directory, { recursive: true, force: true });
    },
  };
}

function classify(request: IncomingMessage): { name: string; kind: "dynamodb" | "sqs" | "query" | "s3" } {
  const target = String(request.headers["x-amz-target"] ?? "");
  const [service = "", operation = ""] = target.split(".", 2);
  if (service.startsWith("DynamoDB_")) return { kind: "dynamodb", name: `dynamodb.${operation}` };
  if (service === "AmazonSQS") return { kind: "sqs", name: `sqs.${operation}` };
  const form = (request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
  if (request.method === "POST" && form) return { kind: "query", name: "query" };
  return { kind: "s3", name: `s3.${nameOperation(request)}` };
}

function count(calls: Map<string, number>, name: string): void {
  calls.set(name, (calls.get(name) ?? 0) + 1);
}

function fail(error: unknown, request: IncomingMessage, response: ServerResponse): void {
  if (request.destroyed || response.headersSent) {
    response.destroy();
    return;
  }
  const status = error instanceof RequestTooLargeError ? 413 : 500;
  const message = error instanceof Error ? error.message : String(error);
  send(response, {
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ __type: "InternalFailure", message: `The local endpoint failed: ${message}` }),
  });
}

/** Listens on the loopback address only. */
export function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function closeAll(server: Server, queues: Queues, tables: Tables): Promise<void> {
  await queues.close();
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
  await tables.close();
}
