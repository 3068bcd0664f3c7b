import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ownRequest, parseRequests } from "../../functions/aws/requests.ts";

const event = (name: string) => readFileSync(new URL(`../events/${name}.json`, import.meta.url), "utf8");
const now = 1_772_352_000_000;
const parse = (body: string, receives = 1) => parseRequests(body, receives, now);

describe("S3's event", () => {
  test("names the very version, its key decoded from form encoding, and its sequencer", () => {
    expect(parse(event("s3-object-created-put"), 3)).toEqual([
      {
        version: {
          bucket: "feedbell-bucket",
          key: "snapshots/voa/美国 red+flower.md",
          versionId: "096fKKXTRTtl3on89fVO.nfljtsv6qko",
          etag: "d41d8cd98f00b204e9800998ecf8427e",
          size: 1024,
          sequencer: "0055AED6DCD90281E5",
        },
        receives: 3,
        attempts: 0,
        firstAttempt: now,
        uploaded: Date.parse("2026-03-01T08:00:00.000Z"),
      },
    ]);
  });

  test("of the set-up asks for nothing", () => {
    expect(parse(event("s3-test-event"))).toEqual([]);
  });

  test("of several records asks for the created objects, not for folders and deletions", () => {
    expect(
      parse(event("s3-several-records")).map(({ version }) => `${version.key}@${version.versionId}`),
    ).toEqual(["snapshots/a/large.xml@v1", "snapshots/b/copied.json@v3"]);
  });

  test.each([
    [0, []],
    [7, ["snapshots/voa/"]],
  ])("for a key like a folder's with %i bytes", (size, keys) => {
    const object = { key: "snapshots/voa/", size };
    const body = { Records: [{ eventName: "ObjectCreated:Put", s3: { bucket: { name: "b" }, object } }] };
    expect(parse(JSON.stringify(body)).map(({ version }) => version.key)).toEqual(keys);
  });
});

describe("a message of feedbell's own", () => {
  const version = { bucket: "b", key: "snapshots/a/1 🌍.xml", versionId: "v", sequencer: "01" };

  test("is read back as it was sent, as one more delivery", () => {
    const request = {
      version,
      receives: 4,
      attempts: 7,
      firstAttempt: 12_345,
      continued: { claim: "c.0", round: 2, state: "plans/states/c.0.json" },
      replay: true,
      resend: "request-1",
    };
    expect(parse(ownRequest(request), 1)).toEqual([{ ...request, receives: 1 }]);
  });

  test("without attempts is the first", () => {
    expect(parse(JSON.stringify({ feedbell: 1, version }))).toEqual([
      { version, receives: 1, attempts: 0, firstAttempt: now },
    ]);
  });
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
  ["an own message without a version", '{"feedbell":1,"version":{"key":5}}'],
  [
    "an own message with an unusable claim",
    '{"feedbell":1,"version":{"bucket":"b","key":"snapshots/a/1"},"continued":{"claim":5}}',
  ],
  [
    "an own message without the name of its state",
    '{"feedbell":1,"version":{"bucket":"b","key":"snapshots/a/1"},"continued":{"claim":"c.0","round":1}}',
  ],
])("%s is malformed", (_, body) => {
  expect(() => parse(body)).toThrow(expect.objectContaining({ code: "event-malformed" }));
});
