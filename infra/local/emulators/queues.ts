import type { IncomingHttpHeaders } from "node:http";
import { buildApp } from "fauxqs";
import type { Reply } from "./reply.ts";

/** A message in a queue, whatever state it is in. */
export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  readonly state: "ready" | "in flight" | "delayed";
  /** Times it was received. */
  readonly receives: number;
  /** When it can be received again, in milliseconds of the epoch; absent where it can be now. */
  readonly visibleAt?: number;
}

/** SQS: fauxqs, called without a socket of its own. */
export interface Queues {
  /** Serves a request in SQS's JSON protocol. */
  serve(headers: IncomingHttpHeaders, body: Buffer): Promise<Reply>;
  /** Calls an action from within; rejects with SQS's code and message. */
  call(action: string, input: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
  /** What lies in a queue now, without receiving it. */
  inspect(queueName: string): Promise<readonly QueuedMessage[]>;
  /** Ends every long poll. */
  close(): Promise<void>;
}

/** Opens the emulator; queue URLs lead to `host` (such as `127.0.0.1:4566`) instead of a name that needs a resolver. */
export async function openQueues(host: string, region: string): Promise<Queues> {
  const app = buildApp({ logger: false, defaultRegion: region });
  await app.ready();
  const ownHost = new RegExp(String.raw`http://sqs\.[a-z0-9-]+\.localhost(:\d+)?/`, "g");

  async function serve(headers: IncomingHttpHeaders, body: Buffer): Promise<Reply> {
    const reply = await app.inject({
      method: "POST",
      url: "/",
      headers: { ...headers, host, "content-length": String(body.length) },
      payload: body,
    });
    const type = reply.headers["content-type"] ?? "application/x-amz-json-1.0";
    const queryError = reply.headers["x-amzn-query-error"];
    return {
      status: reply.statusCode,
      headers: {
        "content-type": type,
        "x-amzn-requestid": String(reply.headers["x-amz-request-id"]),
        ...(queryError !== undefined && { "x-amzn-query-error": String(queryError) }),
      },
      body: reply.body.replace(ownHost, `http://${host}/`),
    };
  }

  async function call(
    action: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<Record<string, unknown>> {
    const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": `AmazonSQS.${action}` };
    const reply = await serve(headers, Buffer.from(JSON.stringify(input)));
    const output = JSON.parse(String(reply.body)) as Record<string, unknown>;
    if (reply.status === 200) return output;
    throw new Error(`SQS ${action} was refused: ${String(output["__type"])}: ${String(output["message"])}`);
  }

  return {
    serve,
    call,
    async inspect(queueName) {
      const reply = await app.inject(`/_fauxqs/queues/${encodeURIComponent(queueName)}`);
      if (reply.statusCode !== 200) throw new Error(`There is no queue ${queueName}.`);
      const { messages } = JSON.parse(reply.body) as { messages: Inspection };
      return [
        ...messages.ready.map((message) => describe(message, "ready")),
        ...messages.delayed.map((message) => describe(message, "delayed", message.delayUntil)),
        ...messages.inflight.map(({ message, visibilityDeadline }) =>
          describe(message, "in flight", visibilityDeadline),
        ),
      ];
    },
    close: () => app.close(),
  };
}

interface InspectedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly approximateReceiveCount: number;
  readonly delayUntil?: number;
}

interface Inspection {
  readonly ready: readonly InspectedMessage[];
  readonly delayed: readonly InspectedMessage[];
  readonly inflight: readonly { readonly message: InspectedMessage; readonly visibilityDeadline: number }[];
}

function describe(
  { messageId, body, approximateReceiveCount }: InspectedMessage,
  state: QueuedMessage["state"],
  visibleAt?: number,
): QueuedMessage {
  return {
    id: messageId,
    body,
    state,
    receives: approximateReceiveCount,
    ...(visibleAt !== undefined && { visibleAt }),
  };
}
