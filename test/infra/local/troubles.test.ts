import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Bucket, Version } from "../../../infra/local/emulators/s3/buckets.ts";
import type { Endpoint } from "../../../infra/local/emulators/endpoint.ts";
import type { QueuedMessage } from "../../../infra/local/emulators/queues.ts";
import { watchTroubles, type Trouble, type Troubles } from "../../../infra/local/troubles.ts";

const reasonKey = "quarantine/bad/x.txt.reason.json";
let folder: string;
let versions: Version[];
let deadLetters: QueuedMessage[];
let reported: Trouble[];
let troubles: Troubles;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "feedbell-troubles-"));
  [versions, deadLetters, reported] = [[], [], []];
  const objects = new Map([[reasonKey, versions]]);
  const endpoint = { buckets: new Map([["b", { objects } as Partial<Bucket>]]) } as unknown as Endpoint;
  troubles = watchTroubles({
    endpoint,
    bucket: "b",
    deadLetters: async () => deadLetters,
    onTrouble: (trouble) => reported.push(trouble),
  });
});
afterEach(() => {
  troubles.close();
  rmSync(folder, { recursive: true });
});

const version = (versionId: string) => ({ key: reasonKey, versionId, modified: new Date(0), headers: {} });

function addToQuarantine(versionId: string): void {
  const file = path.join(folder, versionId);
  const reason = JSON.stringify({ code: "format-unknown", found: "text", expected: "a feed", hint: "Look." });
  writeFileSync(file, reason);
  const size = reason.length;
  versions.unshift({
    ...version(versionId),
    body: { files: [{ path: file, size, references: 1 }], size, etag: "" },
  });
}

const codes = () => reported.map(({ key, code }) => `${key} ${code}`);

test("reports each quarantine once, also of the same snapshot for the same reason", async () => {
  addToQuarantine("1");
  await vi.waitFor(() => expect(codes()).toEqual(["quarantine/bad/x.txt format-unknown"]), 60_000);
  addToQuarantine("2");
  addToQuarantine("3");
  await vi.waitFor(() => expect(reported).toHaveLength(3), 60_000);
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(reported.map(({ id }) => id)).toEqual([`${reasonKey} 1`, `${reasonKey} 2`, `${reasonKey} 3`]);
  expect(reported[0]?.reason).toBe("found text; expected a feed. Look.");
});

test("ignores snapshots that were removed from quarantine", async () => {
  addToQuarantine("1");
  versions.unshift(version("2"));
  expect(await troubles.all()).toEqual([]);
  addToQuarantine("3");
  expect((await troubles.all()).map(({ id }) => id)).toEqual([`${reasonKey} 3`]);
});

test("reports each dead letter once, with its last failure in the log", async () => {
  const key = "snapshots/a+b.md";
  const body = JSON.stringify({
    Records: [{ eventName: "ObjectCreated:Put", s3: { bucket: { name: "b" }, object: { key } } }],
  });
  troubles.readLogLine(
    JSON.stringify({ event: "failed", code: "out-of-time", message: "m1", why: "It was slow." }),
  );
  deadLetters = ["m1", "m2"].map((id) => ({ id, body, state: "ready", receives: 1 }));
  await vi.waitFor(() => expect(reported).toHaveLength(2), 60_000);
  expect(codes()).toEqual(["snapshots/a b.md out-of-time", "snapshots/a b.md unexpected"]);
  expect(reported[0]?.reason).toContain("It was slow.");
});
