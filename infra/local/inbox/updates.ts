import type { IncomingMessage, ServerResponse } from "node:http";
import type { Messages, StoredMessage } from "./messages.ts";

/** Server-sent events (HTML standard): first all stored messages, then each new one. */
interface InboxUpdates {
  connect(
    request: IncomingMessage,
    response: ServerResponse,
    headers: Readonly<Record<string, string>>,
  ): void;
  close(): void;
}

export function openUpdates(messages: Messages): InboxUpdates {
  const open = new Set<ServerResponse>();
  const stop = messages.watch((message) => {
    for (const response of open) response.write(message ? received(message) : "event: cleared\ndata: {}\n\n");
  });
  return {
    connect(request, response, headers) {
      response.writeHead(200, { ...headers, "content-type": "text/event-stream" });
      response.write("event: cleared\ndata: {}\n\n");
      for (const message of messages.all()) response.write(received(message));
      response.write("event: complete\ndata: {}\n\n");
      open.add(response);
      request.on("close", () => open.delete(response));
    },
    close() {
      stop();
      for (const response of open) response.end();
    },
  };
}

function received({ id, message, encoding, raw }: StoredMessage): string {
  const shown = { id, ...message, ...(encoding && { encoding }), ...(raw && { raw: `/mails/${id}.eml` }) };
  return `event: received\ndata: ${JSON.stringify(shown)}\n\n`;
}
