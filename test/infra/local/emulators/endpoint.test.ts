import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
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
  const request = fetch(emulators.endpoint.url, {
    method: "POST",
    body,
    duplex: "half",
    headers: { "x-amz-target": "DynamoDB_20120810.GetItem" },
    signal: breaking.signal,
  });
  await expect(request).rejects.toThrow("aborted");
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
