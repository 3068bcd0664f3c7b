import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import dynalite from "dynalite";
import { send, type Reply } from "./reply.ts";

/** DynamoDB: dynalite, behind the shared endpoint. */
export interface Tables {
  serve(headers: IncomingHttpHeaders, body: Buffer, response: ServerResponse): void;
  /** Calls an action in this process; rejects with DynamoDB's code and message. */
  call(action: string, input: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/**
 * TTL attribute by table. The emulator never deletes expired items: DynamoDB may keep them for days too, and readers
 * must filter them (Amazon DynamoDB developer guide, "Using time to live (TTL)").
 */
export type TimeToLive = Map<string, string>;

/** `folder`: where the tables are kept; in memory by default. */
export function openTables(timeToLive: ReadonlyMap<string, string>, folder?: string): Tables {
  const times = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
  const server = dynalite({ ...times, ...(folder !== undefined && { path: folder }) });
  function handle(headers: IncomingHttpHeaders, body: Buffer, response: LocalResponse): void {
    // dynalite throws on a broken connection, so it gets a buffered request instead of the socket.
    const replay = Object.assign(Readable.from([body], { objectMode: false }), {
      method: "POST",
      url: "/",
      headers,
    });
    server.emit("request", replay as unknown as IncomingMessage, response as ServerResponse);
  }
  return {
    serve(headers, body, response) {
      const reply =
        refuseUnknown(headers) ?? refuseUnsupported(body) ?? describeTimeToLive(headers, body, timeToLive);
      if (reply) return send(response, reply);
      handle(headers, body, response);
    },
    async call(action, input) {
      const [status, text] = await new Promise<readonly [number, string]>((resolve) => {
        const response: LocalResponse = {
          statusCode: 200,
          setHeader: () => undefined,
          end: (body) => resolve([response.statusCode, body]),
        };
        handle(signedHeaders(action), Buffer.from(JSON.stringify(input)), response);
      });
      const output = JSON.parse(text) as Record<string, unknown>;
      if (status === 200) return output;
      const code = String(output["__type"]).split("#").at(-1);
      throw new Error(`DynamoDB refused ${action}: ${code}: ${String(output["message"])}`);
    },
    async close() {
      // dynalite closes its files only after a server that listened, and the files are locked until then.
      if (folder !== undefined)
        await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

/** What dynalite needs of a response. */
interface LocalResponse {
  statusCode: number;
  setHeader(name: string, value: unknown): unknown;
  end(body: string): unknown;
}

/** dynalite checks that a request is signed, not the signature. */
const signedHeaders = (action: string): IncomingHttpHeaders => ({
  "content-type": "application/x-amz-json-1.0",
  "x-amz-target": `DynamoDB_20120810.${action}`,
  "x-amz-date": "20000101T000000Z",
  authorization: "AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=local",
});

/** The actions of dynalite 4. */
const actions =
  /^(?:Batch(?:Get|Write)Item|(?:Create|Delete|Describe|Update)Table|DescribeTimeToLive|(?:Delete|Get|Put|Update)Item|ListTables|Query|Scan|(?:Unt|T)agResource|ListTagsOfResource)$/;

/** dynalite names neither the action nor itself. */
function refuseUnknown(headers: IncomingHttpHeaders): Reply | undefined {
  const action = String(headers["x-amz-target"]).split(".")[1] ?? "";
  if (actions.test(action)) return undefined;
  return answer(400, {
    __type: "com.amazon.coral.service#UnknownOperationException",
    message: `The local DynamoDB does not implement the action ${action}.`,
  });
}

/** Rejects an option that dynalite silently ignores. */
function refuseUnsupported(body: Buffer): Reply | undefined {
  if (!/"ReturnValuesOnConditionCheckFailure"\s*:\s*"ALL_OLD"/.test(body.toString("utf8"))) return undefined;
  return answer(400, {
    __type: "com.amazon.coral.validate#ValidationException",
    message: "The local DynamoDB does not implement ReturnValuesOnConditionCheckFailure: ALL_OLD.",
  });
}

/** Answers `DescribeTimeToLive`: dynalite has no `UpdateTimeToLive`, so it reports every table as without TTL. */
function describeTimeToLive(
  headers: IncomingHttpHeaders,
  body: Buffer,
  timeToLive: ReadonlyMap<string, string>,
): Reply | undefined {
  if (!String(headers["x-amz-target"]).endsWith(".DescribeTimeToLive")) return undefined;
  const { TableName = "" } = readJson(body);
  const AttributeName = timeToLive.get(TableName);
  if (AttributeName === undefined) return undefined;
  return answer(200, { TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName } });
}

function readJson(body: Buffer): { readonly TableName?: string } {
  try {
    return JSON.parse(body.toString("utf8")) as { readonly TableName?: string };
  } catch {
    // dynalite rejects it with the service's error message.
    return {};
  }
}

const answer = (status: number, content: object): Reply => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.0" },
  body: JSON.stringify(content),
});
