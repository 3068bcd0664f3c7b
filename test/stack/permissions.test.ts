import { afterAll, beforeAll, expect, test } from "vitest";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { ledgerNeeds, recordedCalls, type FunctionLabel } from "../support/iam/needed.ts";
import { openCallRecorder, type CallRecorder } from "../support/iam/record-calls.ts";
import { rss } from "../support/stack-under-test.ts";

let recorder: CallRecorder;
let stack: LocalStack;

beforeAll(async () => {
  recorder = await openCallRecorder();
  stack = await startLocalStack({
    configuration: parseConfiguration({
      timeoutSeconds: 20,
      audiences: [
        { name: "alerts", mode: "alerts" },
        { name: "upload", mode: "digest" },
        { name: "morning", mode: "digest", schedule: "daily 07:00" },
        { name: "busy", mode: "alerts", maxPerHour: 1 },
      ],
    }),
    functionEndpoint: recorder.url,
  });
  recorder.connect(stack.endpoint);
});
afterAll(async () => {
  await stack.stop();
  await recorder.close();
});

test(
  "the functions make the calls for which the permission tests give their roles permissions, and no others",
  { timeout: 180_000 },
  async () => {
    const upload = async (key: string, body: string) => {
      await stack.uploader.put(key, body);
      await stack.idle({ timeoutSeconds: 100 });
    };
    await upload("snapshots/town/feed.xml", rss("Town", "Harbour opens", "Ferry is late"));
    await upload("snapshots/town/feed.xml", rss("Town", "Harbour opens", "Market day", "Fair", "Regatta"));
    await upload("snapshots/town/unreadable.bin", "\u0000\u0001\u0002");
    for (const { name } of stack.schedules()) await stack.fireSchedule(name);
    await stack.idle({ timeoutSeconds: 100 });

    const isOfLedger = (call: string) => call.includes(" dynamodb:");
    const needed = Object.entries(recordedCalls).flatMap(([label, calls]) =>
      calls.map((call) => `${label} ${call}`),
    );
    expect(recorder.calls.filter((call) => !isOfLedger(call))).toEqual(needed.toSorted());

    const onItems = Object.entries(ledgerNeeds).flatMap(
      ([label, { items, reads = [], appends = [], lists = [], queries = [] }]) => [
        ...pairs(label, ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"], items),
        ...pairs(label, ["GetItem", "BatchGetItem"], reads),
        ...pairs(label, ["BatchWriteItem"], appends),
        ...pairs(label, ["BatchWriteItem", "Query"], lists),
        ...pairs(label, ["Query"], queries),
      ],
    );
    const ofLedger = recorder.calls.filter(isOfLedger);
    expect(ofLedger.length).toBeGreaterThan(15);
    expect(ofLedger.filter((call) => !onItems.includes(call))).toEqual([]);
    // Attempts are counted only after a failure, and watch settles claims and waiting items only after one.
    const unused: Readonly<Partial<Record<FunctionLabel, readonly string[]>>> = {
      ingest: ["attempt#"],
      deliver: ["attempt#"],
      watch: ["claim#"],
    };
    for (const [label, { items }] of Object.entries(ledgerNeeds))
      for (const space of items.filter((one) => !unused[label as FunctionLabel]?.includes(one)))
        expect(
          ofLedger.some((call) => call.startsWith(`${label} `) && call.endsWith(` ${space}`)),
          `${label} ${space}`,
        ).toBe(true);
  },
);

const pairs = (label: string, calls: readonly string[], spaces: readonly string[]): readonly string[] =>
  spaces.flatMap((space) => calls.map((call) => `${label} dynamodb:${call} ${space}`));
