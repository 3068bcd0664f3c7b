import { request } from "node:http";
import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openRuntimeApi } from "../../../../infra/local/lambda/runtime-api.ts";
import { openEmulators, type Emulators } from "../../../support/open-emulators.ts";

let emulators: Emulators;
beforeAll(async () => {
  emulators = await openEmulators();
});
afterAll(() => emulators.close());

test("a client that disconnects early does not affect others", async () => {
  const breaking = new AbortController();
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("{"));
      setTimeout(() => breaking.abort(), 20);
    },
  });
  const broken = fetch(emulators.endpoint.url, {
    method: "POST",
    body,
    duplex: "half",
    headers: { "x-amz-target": "DynamoDB_20120810.GetItem" },
    signal: breaking.signal,
  });
  await expect(broken).rejects.toThrow("aborted");
  const { TableNames } = await emulators.clients.dynamodb.send(new ListTablesCommand({}));
  expect(TableNames).toEqual([]);
});

test("rejects requests from web pages", async () => {
  const body = new URLSearchParams({ Action: "ListTopics" });
  const ask = (headers: Record<string, string>) =>
    fetch(emulators.endpoint.url, { method: "POST", body, headers });
  expect((await ask({})).status).toBe(200);
  expect((await ask({ origin: "https://elsewhere.example" })).status).toBe(403);
});

/** The status of a GET with these headers; `fetch` does not let a caller choose `Host`. */
const statusOf = (url: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });

test("answers to its own names only, so that a page can't read buckets by DNS rebinding", async () => {
  const { port } = new URL(emulators.endpoint.url);
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `snapshots.localhost:${port}`, "LOCALHOST"])
    expect([host, await statusOf(emulators.endpoint.url, { host })]).toEqual([host, 200]);
  for (const host of [
    "rebound.example",
    `rebound.example:${port}`,
    "127.0.0.1.rebound.example",
    "localhost.rebound.example",
    "notlocalhost",
    `[::1]:${port}`,
  ])
    expect([host, await statusOf(emulators.endpoint.url, { host })]).toEqual([host, 421]);
});

test("rejects what a browser sends for a picture, script or form of another site", async () => {
  for (const site of ["cross-site", "same-site"])
    expect(await statusOf(emulators.endpoint.url, { "sec-fetch-site": site })).toBe(403);
  expect(await statusOf(emulators.endpoint.url, { "sec-fetch-site": "none" })).toBe(200);
  const form = new URLSearchParams({ Action: "CreateTopic", Name: "made-by-a-page", Version: "2010-03-31" });
  for (const origin of ["https://elsewhere.example", "null", emulators.endpoint.url]) {
    const headers = { origin };
    expect((await fetch(emulators.endpoint.url, { method: "POST", body: form, headers })).status).toBe(403);
  }
});

test("the runtime API of the functions rejects them as well", async () => {
  const api = await openRuntimeApi();
  api.register("process-1", {
    next: (response) => void response.writeHead(200).end(),
    answer: () => undefined,
    failure: () => undefined,
    initFailure: () => undefined,
  });
  try {
    const url = `http://${api.address("process-1")}/2018-06-01/runtime/invocation/next`;
    expect(await statusOf(url, {})).toBe(200);
    expect(await statusOf(url, { host: "rebound.example" })).toBe(421);
    expect(await statusOf(url, { origin: "https://elsewhere.example" })).toBe(403);
  } finally {
    await api.close();
  }
});
