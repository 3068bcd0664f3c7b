import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { listen } from "../emulators/endpoint.ts";
import { readRequest } from "../emulators/reply.ts";
import { foreignRequest } from "../foreign-requests.ts";

/** Handles the calls of one function process. */
export interface RuntimeClient {
  /** The process asks for an event; the response may wait until there is one. */
  next(response: ServerResponse): void;
  answer(requestId: string, body: string, memoryMegabytes: number): void;
  failure(requestId: string, body: string, memoryMegabytes: number): void;
  initFailure(body: string): void;
}

/** A Lambda runtime API on the loopback address, with one path per process. */
export interface RuntimeApi {
  /** The value of `AWS_LAMBDA_RUNTIME_API` for the process with this name. */
  address(name: string): string;
  register(name: string, client: RuntimeClient): void;
  forget(name: string): void;
  close(): Promise<void>;
}

const route =
  /^\/([\w-]+)\/2018-06-01\/runtime\/(?:(init)\/error|invocation\/(?:(next)|([\w-]+)\/(response|error)))$/;

/** Size limit of a response on Lambda: 6 MB. */
const maxResponseBytes = 6 * 1024 ** 2;

export async function openRuntimeApi(): Promise<RuntimeApi> {
  const clients = new Map<string, RuntimeClient>();
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    serve(clients, request, response).catch(() => response.destroy());
  });
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  return {
    address: (name) => `127.0.0.1:${port}/${name}`,
    register: (name, client) => void clients.set(name, client),
    forget: (name) => void clients.delete(name),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  clients: ReadonlyMap<string, RuntimeClient>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const foreign = foreignRequest(request);
  if (foreign) {
    response.writeHead(foreign.status).end();
    return;
  }
  const [, name = "", init, next, id = "", kind] = route.exec(request.url ?? "") ?? [];
  const client = clients.get(name);
  if (!client) {
    response.writeHead(404).end();
    return;
  }
  if (next) return client.next(response);
  const body = (await readRequest(request, maxResponseBytes)).toString("utf8");
  const memory = Number(request.headers["x-local-memory-megabytes"] ?? 0);
  if (init) client.initFailure(body);
  else if (kind === "response") client.answer(id, body, memory);
  else client.failure(id, body, memory);
  response.writeHead(202, { "content-type": "application/json" }).end('{"status":"OK"}');
}
