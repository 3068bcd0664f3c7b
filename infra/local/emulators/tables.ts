import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import dynalite from "dynalite";
import { send } from "./reply.ts";

/** DynamoDB: dynalite in memory, served on the common endpoint. */
export interface Tables {
  serve(headers: IncomingHttpHeaders, body: Buffer, response: ServerResponse): void;
  close(): Promise<void>;
}

export function openTables(): Tables {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  return {
    serve(headers, body, response) {
      const unsupported = findUnsupported(body);
      if (unsupported !== undefined) {
        const problem = {
          __type: "com.amazon.coral.validate#ValidationException",
          message: `The local DynamoDB does not implement ${unsupported}.`,
        };
        send(response, {
          status: 400,
          headers: { "content-type": "application/x-amz-json-1.0" },
          body: JSON.stringify(problem),
        });
        return;
      }
      // dynalite throws on a broken connection: it gets the request whole, and never sees the socket.
      const replay = Object.assign(Readable.from([body], { objectMode: false }), {
        method: "POST",
        url: "/",
        headers,
      });
      server.emit("request", replay as unknown as IncomingMessage, response);
    },
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

/** dynalite passes this over in silence, so a program would rely on an answer that never comes: refused by name. */
function findUnsupported(body: Buffer): string | undefined {
  const found = /"ReturnValuesOnConditionCheckFailure"\s*:\s*"ALL_OLD"/.exec(body.toString("utf8"));
  return found ? "ReturnValuesOnConditionCheckFailure: ALL_OLD" : undefined;
}
