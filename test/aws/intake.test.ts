import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { unwrap } from "../../functions/aws/intake.ts";

const event = (name: string) => readFileSync(new URL(`../events/${name}.json`, import.meta.url), "utf8");

test("S3's event names the very version, its key decoded from form encoding", () => {
  expect(unwrap(event("s3-object-created-put"))).toEqual([
    {
      version: {
        bucket: "feedbell-bucket",
        key: "snapshots/voa/美国 red+flower.md",
        versionId: "096fKKXTRTtl3on89fVO.nfljtsv6qko",
        etag: "d41d8cd98f00b204e9800998ecf8427e",
        size: 1024,
      },
    },
  ]);
});

test("the test event of the set-up is no work", () => {
  expect(unwrap(event("s3-test-event"))).toEqual([]);
});

test("of several records the created objects count, folders and deletions don't", () => {
  expect(
    unwrap(event("s3-several-records")).map(({ version }) => `${version.key}@${version.versionId}`),
  ).toEqual(["snapshots/a/large.xml@v1", "snapshots/b/copied.json@v3"]);
});

test("a key that ends like a folder's is a snapshot where it holds something", () => {
  const at = (size: number) =>
    unwrap(
      JSON.stringify({
        Records: [
          {
            eventName: "ObjectCreated:Put",
            s3: { bucket: { name: "b" }, object: { key: "snapshots/voa/", size } },
          },
        ],
      }),
    ).map(({ version }) => version.key);
  expect(at(0)).toEqual([]);
  expect(at(7)).toEqual(["snapshots/voa/"]);
});

test("a message of feedbell's own names its work", () => {
  const work = {
    version: { bucket: "b", key: "snapshots/a/1", versionId: "v" },
    continued: { claim: "c", round: 2 },
  };
  expect(unwrap(JSON.stringify({ feedbell: 1, ...work }))).toMatchObject([work]);
});

test.each([
  ["nothing", ""],
  ["no JSON", "hello"],
  ["null", "null"],
  ["a number", "7"],
  ["an array", "[]"],
  ["another object", "{}"],
  ["records that are no list", '{"Records":7}'],
  ["a record that is null", '{"Records":[null]}'],
  [
    "a record without a key",
    '{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},"object":{}}}]}',
  ],
  ["a key that is badly encoded", event("s3-object-created-put").replace("%E7%BE%8E", "%E7%BE")],
  ["a message of our own without a version", '{"feedbell":1,"version":{"key":5}}'],
  [
    "a message of our own with an unusable claim",
    '{"feedbell":1,"version":{"bucket":"b","key":"snapshots/a/1"},"continued":{"claim":5}}',
  ],
])("%s is told to be malformed", (_, body) => {
  expect(() => unwrap(body)).toThrow(expect.objectContaining({ code: "event-malformed" }));
});
