import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { listen } from "../emulators/endpoint.ts";
import type { InboxActions } from "./actions.ts";
import type { Messages } from "./messages.ts";
import { findPageFile } from "./page-files.ts";
import { checkOrigin, RequestError } from "./requests.ts";
import { openRoutes, type Answer } from "./routes.ts";
import { openUpdates } from "./updates.ts";

export interface Inbox {
  readonly url: string;
  close(): Promise<void>;
}

/** Only the server's own files, nothing inline: text from feeds can't execute. */
const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const securityHeaders = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

/** Methods that change nothing. */
const safeMethods = ["GET", "HEAD", "OPTIONS"];

/** Serves the inbox on 127.0.0.1; `port` 0 chooses a free port. Rejects with `EADDRINUSE` if the port is in use. */
export async function openInbox(port: number, messages: Messages, actions: InboxActions): Promise<Inbox> {
  const updates = openUpdates(messages, actions);
  const routes = openRoutes(messages, actions);
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      const status = error instanceof RequestError ? error.status : 500;
      const body = error instanceof Error ? error.message : String(error);
      if (response.headersSent) response.destroy();
      else reply(response, { status, type: "text/plain; charset=utf-8", body });
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Prevents DNS rebinding: another site's name that resolves to 127.0.0.1 must not read the inbox.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? ""))
      throw new RequestError(421, "This server answers to 127.0.0.1 and localhost only.");
    const { method = "GET" } = request;
    if (!safeMethods.includes(method)) checkOrigin(request);
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const isRead = method === "GET" || method === "HEAD";
    if (url.pathname === "/api/updates" && isRead) {
      response.writeHead(200, { ...headersOf({}), "content-type": "text/event-stream" });
      if (method === "HEAD") response.end();
      else updates.connect(request, response);
      return;
    }
    const found = routes.filter(([, path]) => path.test(url.pathname));
    const route = found.find(([name]) => name === (method === "HEAD" ? "GET" : method));
    if (route) {
      const groups = route[1].exec(url.pathname)?.slice(1) ?? [];
      return reply(response, await route[2]({ request, url, groups }));
    }
    const file = isRead ? await findPageFile(url.pathname) : undefined;
    if (file) return reply(response, file);
    if (found.length > 0) throw new RequestError(405, `${url.pathname} does not accept ${method}.`);
    throw new RequestError(404, `Not found: ${method} ${url.pathname}.`);
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

const headersOf = ({ policy = pagePolicy }: Pick<Answer, "policy">) => ({
  ...securityHeaders,
  "content-security-policy": policy,
});

/** Node.js itself leaves the body out for HEAD and 204. */
function reply(response: ServerResponse, answer: Answer): void {
  const { status = 200, type, body } = answer;
  const length = status === 204 ? {} : { "content-length": Buffer.byteLength(body) };
  response.writeHead(status, { ...headersOf(answer), "content-type": type, ...length }).end(body);
}
