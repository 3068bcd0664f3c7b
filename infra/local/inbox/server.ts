import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { listen } from "../emulators/endpoint.ts";
import type { Messages, StoredMessage } from "./messages.ts";
import { checkOrigin, readTime, RequestError } from "./requests.ts";
import { openUpdates } from "./updates.ts";

/** Actions behind the server's routes. */
interface InboxActions {
  /** Confirms a subscription; returns the text to show. */
  confirm(token: string): string;
  /** Ends a subscription; returns the text to show. */
  unsubscribe(subscriptionArn: string): string;
  /** Every uploaded snapshot and its state, newest first. */
  snapshots(): Promise<readonly unknown[]>;
  /** The schedules of audiences and when each fires next. */
  schedules(): readonly unknown[];
  /**
   * Fires an audience's schedule with `at` (milliseconds of the epoch; now by default) as its slot. `false` where it has
   * none; otherwise `true` when the invocation has ended.
   */
  fireSchedule(audience: string, at?: number): Promise<boolean>;
  /** Upload instructions for the empty inbox, and the state of the stack. */
  hints(): Readonly<Record<string, unknown>>;
}

export interface Inbox {
  readonly url: string;
  close(): Promise<void>;
}

const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/inbox.js": ["inbox.js", "text/javascript; charset=utf-8"],
  "/inbox.css": ["inbox.css", "text/css; charset=utf-8"],
};

/** Only the server's own files, nothing inline: text from feeds can't execute. */
const securityHeaders = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

/** Serves the inbox on 127.0.0.1; `port` 0 chooses a free port. Rejects with `EADDRINUSE` if the port is in use. */
export async function openInbox(port: number, messages: Messages, actions: InboxActions): Promise<Inbox> {
  const updates = openUpdates(messages);
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      const status = error instanceof RequestError ? error.status : 500;
      if (!response.headersSent) response.writeHead(status, securityHeaders);
      response.end(error instanceof Error ? error.message : String(error));
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Prevents DNS rebinding: another site's name that resolves to 127.0.0.1 must not read the inbox.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? "")) {
      response.writeHead(421, securityHeaders).end("This server answers to 127.0.0.1 and localhost only.");
      return;
    }
    if (request.method !== "GET" && request.method !== "HEAD") checkOrigin(request);
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const route = `${request.method === "HEAD" ? "GET" : request.method} ${url.pathname}`;
    const reply = (status: number, type: string, body: string | Buffer) =>
      void response.writeHead(status, { ...securityHeaders, "content-type": type }).end(body);
    const file = request.method === "GET" ? files[url.pathname] : undefined;
    if (file) return reply(200, file[1], await readFile(new URL(`page/${file[0]}`, import.meta.url)));
    switch (route) {
      case "GET /api/messages":
        return reply(200, "application/json", JSON.stringify(messages.all().map(({ message }) => message)));
      case "DELETE /api/messages":
        messages.clear();
        response.writeHead(204, securityHeaders).end();
        return;
      case "GET /api/updates":
        return updates.connect(request, response, securityHeaders);
      case "GET /api/snapshots":
        return reply(200, "application/json", JSON.stringify(await actions.snapshots()));
      case "GET /api/schedules":
        return reply(200, "application/json", JSON.stringify(actions.schedules()));
      case "GET /api/hints":
        return reply(200, "application/json", JSON.stringify(actions.hints()));
      case "GET /confirm":
        return reply(200, "text/plain; charset=utf-8", actions.confirm(url.searchParams.get("token") ?? ""));
      case "GET /unsubscribe":
        return reply(
          200,
          "text/plain; charset=utf-8",
          actions.unsubscribe(url.searchParams.get("arn") ?? ""),
        );
      default: {
        const audience = /^POST \/api\/schedules\/([a-z0-9-]+)$/.exec(route)?.[1];
        if (audience !== undefined) {
          if (await actions.fireSchedule(audience, await readTime(request)))
            return reply(200, "application/json", JSON.stringify({ audience }));
          return reply(404, "text/plain; charset=utf-8", `The audience ${audience} has no schedule.`);
        }
        const raw = findRaw(messages.all(), url.pathname);
        if (request.method === "GET" && raw) return reply(200, "text/plain; charset=utf-8", raw);
        return reply(404, "text/plain; charset=utf-8", `Not found: ${route}.`);
      }
    }
  }

  await listen(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        updates.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** `/mails/7.eml`: the bytes of a mail as received over SMTP. */
function findRaw(stored: readonly StoredMessage[], pathname: string): Buffer | undefined {
  const id = Number(/^\/mails\/(\d+)\.eml$/.exec(pathname)?.[1]);
  return stored.find((message) => message.id === id)?.raw;
}
