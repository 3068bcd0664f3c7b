import http, { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { readRequest } from "../../infra/local/emulators/reply.ts";
import { describeCall, type Call, type Published } from "./calls.ts";
import {
  copyFailedLate,
  failure,
  firstHalf,
  forbidden,
  partOfPublish,
  throttling,
  type Reply,
} from "./replies.ts";

export const kinds = [
  "error before",
  "error after",
  "silence before",
  "silence after",
  "cut before",
  "cut after",
  "throttled",
  "partly",
  "killed before",
  "killed after",
] as const;
/** A fault of one call: before or after the call took effect. `forbidden`: the permission is missing. */
export type Kind = (typeof kinds)[number] | "forbidden";

/** The error code with which SNS answers for a message; `undefined` where it accepts it. */
export type Refusal = (message: Published) => "InvalidParameter" | "InternalError" | undefined;

/** One call as the proxy saw it. */
export interface Seen extends Call {
  /** Place in the order in which the calls came. */
  readonly order: number;
  /** Epoch milliseconds. */
  readonly at: number;
  fault?: Kind;
  /** The service has answered that it did it; of a publish, `accepted` says what of it. */
  tookEffect: boolean;
  accepted: readonly Published[];
  /** Place in the order at which the service had done it. */
  done: number;
  /** When the service had done it, epoch milliseconds. */
  doneAt?: number;
  /** Milliseconds after which the service's own answer was sent to the function; `Infinity` where it was not. */
  answeredAfter: number;
}

/** Sees what is passed on. */
export interface Tap {
  /** Returns the body that is passed on instead. */
  readonly request: (call: Call, body: Buffer) => Buffer;
  readonly reply: (call: Call, body: Buffer) => void;
}

/** What else a proxy does to calls. */
export interface Behaviour {
  readonly tap?: Tap;
  readonly refusal?: Refusal;
  /** Milliseconds by which a call is late. */
  readonly delay?: (call: Call) => number;
}

export interface Proxy {
  readonly url: string;
  /** Every call so far, in the order in which they came. */
  readonly seen: readonly Seen[];
  /** Sets where calls go, and what kills the function process that makes a call, named by its trace header. */
  connect(endpoint: string, kill: (traceId: string) => void): void;
  /** Lets every further call pass; the calls so far are kept. */
  endFaults(): void;
  /** Decides about each call from now on; forgets the calls so far. */
  reset(decide: (call: Call) => Kind | undefined, behaviour?: Behaviour): void;
  close(): Promise<void>;
}

/** Whether a fault can happen to a call: `partly` only where the service can answer so. */
export const applies = (kind: Kind, { name }: Pick<Call, "name">): boolean =>
  kind !== "partly" ||
  /^(sns\.PublishBatch|dynamodb\.Batch(?:Get|Write)Item|s3\.GetObject snapshots|s3\.CopyObject)/.test(name);

/** Stands between the functions and the services, passes calls on, and lets those fail that it is told to. */
export async function openProxy(): Promise<Proxy> {
  const agent = new http.Agent({ keepAlive: true });
  let target = "";
  let kill: (traceId: string) => void = () => {};
  let decide: (call: Call) => Kind | undefined = () => undefined;
  let behaviour: Behaviour = {};
  let seen: Seen[] = [];
  let order = 0;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = request;
    const body = await readRequest(request, 64 * 1024 ** 2);
    const call = describeCall({ method, url, headers, body });
    const fault = decide(call);
    const one: Seen = {
      ...call,
      order: order++,
      at: Date.now(),
      ...(fault && { fault }),
      tookEffect: false,
      accepted: [],
      done: Infinity,
      answeredAfter: Infinity,
    };
    seen.push(one);
    const late = behaviour.delay?.(call) ?? 0;
    if (late > 0) await sleep(late);
    const { refusal } = behaviour;
    const refused = call.published.filter((one) => refusal?.(one) !== undefined);
    const [code] = refused.map((one) => refusal?.(one));
    const killCaller = () => kill(String(headers["x-amzn-trace-id"]));
    const ask = async (sent: Buffer): Promise<Reply> => {
      const { tap } = behaviour;
      const passed = tap ? tap.request(call, sent) : sent;
      const reply = await forward(agent, target, { method, url, headers, body: passed });
      tap?.reply(call, reply.body);
      return reply;
    };
    const pass = async (sent = body): Promise<Reply> => {
      const part = code && partOfPublish(call, sent, refused, code);
      const reply = part ? part.answer(part.body && (await ask(part.body))) : await ask(sent);
      one.tookEffect = reply.status < 300;
      const text = one.tookEffect ? reply.body.toString("utf8") : "";
      one.accepted = one.published.filter(({ id }) => wasAccepted(text, id));
      one.done = order++;
      one.doneAt = Date.now();
      return reply;
    };
    const answer = (reply: Reply, isWhole = true): void => {
      if (response.destroyed) return;
      response.writeHead(reply.status, { ...reply.headers, "content-length": reply.body.length });
      response.end(reply.body, () => {
        if (isWhole) one.answeredAfter = Date.now() - one.at;
      });
    };

    switch (fault) {
      case undefined:
        return answer(await pass());
      case "error before":
        return answer(failure[call.service], false);
      case "throttled":
        return answer(throttling[call.service], false);
      case "forbidden":
        return answer(forbidden[call.service], false);
      case "error after":
        await pass();
        return answer(failure[call.service], false);
      case "silence before":
        return undefined;
      case "silence after":
        await pass();
        return undefined;
      case "cut before":
        response.destroy();
        return undefined;
      case "cut after":
        await pass();
        response.destroy();
        return undefined;
      case "killed before":
        killCaller();
        response.destroy();
        return undefined;
      case "killed after":
        await pass();
        killCaller();
        response.destroy();
        return undefined;
      case "partly": {
        const part = refused.length > 0 ? undefined : firstHalf(call, body);
        if (part) return answer(part.answer(part.body && (await pass(part.body))));
        if (refused.length > 0) return answer(await pass());
        if (call.name.startsWith("s3.CopyObject")) return answer(copyFailedLate, false);
        const reply = await pass();
        response.writeHead(reply.status, { ...reply.headers, "content-length": reply.body.length });
        response.write(reply.body.subarray(0, Math.floor(reply.body.length / 2)), () => response.destroy());
        return undefined;
      }
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  // A call that gets no answer is given up by its client, not by the proxy.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get seen() {
      return seen;
    },
    connect(endpoint, killProcesses) {
      target = endpoint;
      kill = killProcesses;
    },
    endFaults() {
      decide = () => undefined;
    },
    reset(next, nextBehaviour = {}) {
      decide = next;
      behaviour = nextBehaviour;
      seen = [];
    },
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const wasAccepted = (answer: string, id: string): boolean =>
  (/<Successful>(.*)<\/Successful>/s.exec(answer)?.[1] ?? "").includes(`<Id>${id}</Id>`);

function forward(
  agent: http.Agent,
  target: string,
  {
    method,
    url,
    headers,
    body,
  }: Pick<IncomingMessage, "headers"> & {
    method: string;
    url: string;
    body: Buffer;
  },
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { "transfer-encoding": _, expect: __, ...rest } = headers;
    const request = http.request(
      `${target}${url}`,
      { method, agent, headers: { ...rest, "content-length": body.length } },
      (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => pieces.push(piece));
        response.on("error", reject);
        response.on("end", () => {
          const { "transfer-encoding": _, connection: __, "keep-alive": ___, ...kept } = response.headers;
          const plain = Object.entries(kept).map(([name, value]) => [name, String(value)]);
          resolve({
            status: response.statusCode ?? 500,
            headers: Object.fromEntries(plain) as Record<string, string>,
            body: Buffer.concat(pieces),
          });
        });
      },
    );
    request.on("error", (error: NodeJS.ErrnoException) => {
      // The service had closed a connection that was kept open, before it read the request.
      if (request.reusedSocket && error.code === "ECONNRESET")
        resolve(forward(agent, target, { method, url, headers, body }));
      else reject(error);
    });
    request.end(body);
  });
}
