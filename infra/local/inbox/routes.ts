import type { IncomingMessage } from "node:http";
import { SnsError } from "../emulators/sns/errors.ts";
import type { InboxActions } from "./actions.ts";
import type { Messages } from "./messages.ts";
import { readJson, RequestError, textIn, timeIn } from "./requests.ts";

/** What a route answers. */
export interface Answer {
  /** 200 by default. */
  readonly status?: number;
  readonly type: string;
  readonly body: string | Buffer;
  /** Replaces the page's Content-Security-Policy. */
  readonly policy?: string;
}

interface RouteRequest {
  readonly request: IncomingMessage;
  readonly url: URL;
  /** Groups of the route's path. */
  readonly groups: readonly string[];
}

/** A route: its method, its path, and what it does. */
type Route = readonly [
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: RegExp,
  run: (request: RouteRequest) => Answer | Promise<Answer>,
];

const json = (value: unknown, status = 200): Answer => ({
  status,
  type: "application/json",
  body: JSON.stringify(value),
});
const text = (body: string | Buffer, status = 200): Answer => ({
  status,
  type: "text/plain; charset=utf-8",
  body,
});
const done: Answer = { status: 204, type: "text/plain; charset=utf-8", body: "" };

/** A preview has one inline style sheet and no script; the page shows it in a frame. */
const previewPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

/** All routes but the page's files and its stream of updates. A route for GET answers HEAD too. */
export function openRoutes(messages: Messages, actions: InboxActions): readonly Route[] {
  const versionIn = ({ url }: RouteRequest) => ({
    key: url.searchParams.get("key") ?? "",
    version: url.searchParams.get("version") ?? "",
  });
  return [
    ["GET", /^\/api\/messages$/, () => json(messages.all().map(({ message }) => message))],
    [
      "DELETE",
      /^\/api\/messages$/,
      () => {
        messages.clear();
        return done;
      },
    ],
    ["GET", /^\/api\/log$/, ({ url }) => json(actions.log(Number(url.searchParams.get("after") ?? 0)))],
    [
      "GET",
      /^\/mails\/(\d+)\.eml$/,
      ({ groups: [id] }) => {
        const raw = messages.all().find((message) => message.id === Number(id))?.raw;
        return raw ? text(raw) : notFound("This mail is not in the inbox any more.");
      },
    ],
    [
      "GET",
      /^\/published\/([\w-]+)\.json$/,
      ({ groups: [id = ""] }) => {
        const published = messages.findPublished(id);
        return published
          ? { type: "application/json", body: JSON.stringify(published, undefined, 2) }
          : notFound("This message is not in the inbox any more.");
      },
    ],
    ["GET", /^\/api\/snapshots$/, async () => json(await actions.snapshots())],
    ["GET", /^\/api\/troubles$/, async () => json(await actions.troubles())],
    [
      "PUT",
      /^\/api\/snapshots$/,
      async ({ request, url }) => {
        const length = request.headers["content-length"];
        const key = uploadKey(url.searchParams.get("feed") ?? "", url.searchParams.get("name") ?? "");
        return json(await actions.upload(key, request, length === undefined ? undefined : Number(length)));
      },
    ],
    [
      "POST",
      /^\/api\/snapshots\/replay$/,
      async ({ request }) => {
        const body = await readJson(request, '{"key": "snapshots/voa/1.xml", "version": "..."}');
        const version = { key: textIn(body, "key"), version: textIn(body, "version") };
        return (await actions.replay(version)) ? json(version, 202) : notFound(noSuchVersion);
      },
    ],
    [
      "GET",
      /^\/api\/snapshots\/preview$/,
      async (given) => {
        const body = await actions.preview(versionIn(given));
        if (body === undefined) return notFound(noSuchVersion);
        return { type: "text/html; charset=utf-8", body, policy: previewPolicy };
      },
    ],
    ["GET", /^\/api\/audiences$/, () => json(actions.audiences())],
    ["GET", /^\/api\/waiting$/, async () => json(await actions.waiting())],
    [
      "POST",
      /^\/api\/audiences\/([a-z0-9-]+)\/resume$/,
      async ({ groups: [audience = ""] }) =>
        (await actions.resume(audience)) ? json({ audience }) : notFound(`There is no audience ${audience}.`),
    ],
    [
      "POST",
      /^\/api\/subscriptions$/,
      async ({ request }) => {
        const body = await readJson(
          request,
          '{"audience": "alerts", "protocol": "email", "endpoint": "..."}',
        );
        const [audience, protocol, endpoint] = (["audience", "protocol", "endpoint"] as const).map((name) =>
          textIn(body, name),
        ) as [string, string, string];
        try {
          actions.subscribe(audience, protocol, endpoint);
        } catch (error) {
          if (error instanceof SnsError) throw new RequestError(400, error.message);
          throw error;
        }
        return json({ audience, protocol, endpoint }, 201);
      },
    ],
    [
      "POST",
      /^\/api\/subscriptions\/confirm$/,
      async ({ request }) => {
        const arn = textIn(await readJson(request, '{"arn": "arn:aws:sns:..."}'), "arn");
        return actions.confirmSubscription(arn) ? json({ arn }) : notFound("There is no such subscription.");
      },
    ],
    [
      "DELETE",
      /^\/api\/subscriptions$/,
      ({ url }) => text(actions.unsubscribe(url.searchParams.get("arn") ?? "")),
    ],
    ["GET", /^\/api\/metrics$/, () => json(actions.metrics())],
    ["GET", /^\/api\/schedules$/, () => json(actions.schedules())],
    [
      "POST",
      /^\/api\/schedules\/([a-z0-9-]+)$/,
      async ({ request, groups: [audience = ""] }) => {
        const at = timeIn(await readJson(request, '{"at": "2026-11-26T07:00:00Z"}'));
        return (await actions.fireSchedule(audience, at))
          ? json({ audience })
          : notFound(`The audience ${audience} has no schedule.`);
      },
    ],
    ["GET", /^\/api\/hints$/, () => json(actions.hints())],
    ["GET", /^\/confirm$/, ({ url }) => text(actions.confirm(url.searchParams.get("token") ?? ""))],
    ["GET", /^\/unsubscribe$/, ({ url }) => text(actions.unsubscribe(url.searchParams.get("arn") ?? ""))],
  ];
}

const noSuchVersion = "There is no such version of a snapshot.";

const notFound = (message: string): Answer => text(message, 404);

/** The key of an upload; without a feed, the snapshot itself names it. */
function uploadKey(feed: string, name: string): string {
  if (feed.includes("/"))
    throw new RequestError(400, `feed: found ${feed}; expected a name without a slash.`);
  if (name === "" || name.includes("/"))
    throw new RequestError(400, `name: found ${JSON.stringify(name)}; expected the name of a file.`);
  return `snapshots/${feed === "" ? "" : `${feed}/`}${name}`;
}
