import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { filterLogEvents, type LogEvent } from "../../functions/aws/log-events.ts";
import { all } from "../support/feedbell.ts";

interface Page {
  readonly events?: readonly {
    readonly eventId: string;
    readonly timestamp: number;
    readonly message: string;
  }[];
  readonly nextToken?: string;
}

/** Answers `FilterLogEvents` in its JSON protocol with one page after the other. */
let server: Server;
let pages: Page[];
let requests: Record<string, unknown>[];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (piece: Buffer) => (body += piece.toString()));
    request.on("end", () => {
      requests.push(JSON.parse(body) as Record<string, unknown>);
      response.writeHead(200, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify(pages.shift() ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  requests = [];
  const { port } = server.address() as AddressInfo;
  vi.stubEnv("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", `http://127.0.0.1:${port}`);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
});
afterEach(() => vi.unstubAllEnvs());

const event = (eventId: string, timestamp: number) => ({ eventId, timestamp, message: `line ${eventId}` });
const request = { group: "ingest", region: "eu-central-1", since: 1_000, pattern: "{ $.key = * }" };

test("reads every page, an empty one included", async () => {
  pages = [
    { events: [event("a", 1_000)], nextToken: "1" },
    { nextToken: "2" },
    { events: [event("b", 2_000)] },
  ];
  expect(await all(filterLogEvents(request))).toEqual([
    { at: 1_000, text: "line a" },
    { at: 2_000, text: "line b" },
  ]);
  expect(requests).toEqual([
    { logGroupName: "ingest", filterPattern: "{ $.key = * }", startTime: 1_000 },
    expect.objectContaining({ nextToken: "1" }),
    expect.objectContaining({ nextToken: "2" }),
  ]);
});

test("follows: later events come once each, also those that arrive late", async () => {
  const late = 1_000_000;
  pages = [
    { events: [event("a", late)] },
    { events: [event("b", late - 20_000), event("a", late)] },
    { events: [event("a", late), event("c", late + 5)] },
  ];
  const found: LogEvent[] = [];
  for await (const one of filterLogEvents({ ...request, interval: 1 })) {
    found.push(one);
    if (found.length === 3) break;
  }
  expect(found.map(({ text }) => text)).toEqual(["line a", "line b", "line c"]);
  expect(requests.map(({ startTime }) => startTime)).toEqual([1_000, late - 30_000, late - 30_000]);
});
