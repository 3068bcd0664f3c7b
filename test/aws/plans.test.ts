import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { s3Plans } from "../../functions/aws/plans.ts";
import { noCounts, runStateFormat, type RunState } from "../../functions/core/dedupe/run-state.ts";
import { planFormat, type Plan } from "../../functions/core/plan.ts";
import type { ListedPlan, Plans } from "../../functions/core/ports.ts";
import { createBucket } from "../../infra/local/emulators/s3/buckets.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { openEmulators, type Emulators } from "../support/open-emulators.ts";

let emulators: Emulators;
let buckets = 0;

beforeAll(async () => {
  emulators = await openEmulators();
});
afterAll(() => emulators.close());

const setUp = () => {
  const bucket = `plans-${buckets++}`;
  createBucket(emulators.endpoint.s3.buckets, bucket);
  const clock = fakeClock();
  return { bucket, clock, plans: s3Plans(emulators.clients.s3, bucket, clock) };
};

const planOf = (claim: string, fields: Partial<Plan> = {}): Plan => ({
  format: planFormat,
  claim,
  feed: "f",
  snapshot: { bucket: "b", key: "snapshots/f/美国 🌍.xml", versionId: "v" },
  at: "2026-03-01T00:00:00.000Z",
  messages: [],
  ...fields,
});

const state: RunState = {
  format: runStateFormat,
  counts: { ...noCounts, entries: 100 },
  picked: { alerts: { count: 3, items: [] } },
  pending: [],
  present: ["entry#f#京"],
  heldUntil: 0,
};

const list = async (plans: Plans, after?: string): Promise<readonly ListedPlan[]> => {
  const found: ListedPlan[] = [];
  for await (const plan of plans.list(after)) found.push(plan);
  return found;
};

describe("plans in the bucket", () => {
  test("are read back as they were written, under a name of their own each time", async () => {
    const { plans } = setUp();
    const plan = planOf("claim-1.0");
    const names = [await plans.write(plan), await plans.write(plan)];
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(await plans.read(name)).toEqual(plan);
  });

  test("are listed in the order in which they were written, with their claims and times", async () => {
    const { clock, plans } = setUp();
    const written: ListedPlan[] = [];
    for (const claim of ["zz.0", "aa-request_1.12", "mm.3"]) {
      written.push({ name: await plans.write(planOf(claim)), claim, at: clock.now() });
      clock.advance(1);
    }
    expect(await list(plans)).toEqual(written);
    expect(await list(plans, written[0]?.name)).toEqual(written.slice(1));
    expect(await list(plans, written[2]?.name)).toEqual([]);
  });

  test("are listed page by page, in the order of time across seconds, days and years", async () => {
    const { clock, plans, bucket } = setUp();
    const names: string[] = [];
    for (let n = 0; n < 6; n++) {
      names.push(await plans.write(planOf(`c${n}.0`)));
      clock.advance([999, 1_000, 86_400_000, 40 * 86_400_000, 366 * 86_400_000][n] ?? 1);
    }
    expect(names).toEqual(names.toSorted());
    // S3 lists 1,000 keys a page.
    await Promise.all(
      Array.from({ length: 1_020 }, (_, n) =>
        emulators.clients.s3.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: `plans/20200101T000000000Z.c${n}.0.0123abcd.json`,
            Body: "{}",
          }),
        ),
      ),
    );
    const found = await list(plans);
    expect(found).toHaveLength(1_026);
    expect(found.slice(-6).map(({ name }) => name)).toEqual(names);
  });

  test("are listed without run states and other objects", async () => {
    const { plans, bucket } = setUp();
    const name = await plans.write(planOf("c.0"));
    await plans.writeState("c.0", state);
    await emulators.clients.s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: "plans/20990101-notes.txt", Body: "x" }),
    );
    expect((await list(plans)).map((plan) => plan.name)).toEqual([name]);
  });

  test("of another format are refused", async () => {
    const { plans } = setUp();
    const name = await plans.write(planOf("c.0", { format: 3 as typeof planFormat }));
    await expect(plans.read(name)).rejects.toThrow("has the format 3; expected 2");
    await expect(plans.read("plans/none.json")).rejects.toThrow(/NoSuchKey|specified key/);
  });

  test("are JSON that other tools can read", async () => {
    const { plans, bucket } = setUp();
    const name = await plans.write(planOf("c.0"));
    const { Body: body, ContentType: type } = await emulators.clients.s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: name }),
    );
    expect(type).toBe("application/json");
    expect(JSON.parse((await body?.transformToString()) ?? "")).toEqual(planOf("c.0"));
  });
});

describe("run states in the bucket", () => {
  test("are read back as they were written, under a name of their own each time", async () => {
    const { plans } = setUp();
    const names = [await plans.writeState("c.0", state), await plans.writeState("c.0", state)];
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(await plans.readState(name)).toEqual(state);
  });

  test("of another format are refused", async () => {
    const { plans } = setUp();
    const name = await plans.writeState("c.0", { ...state, format: 9 as typeof runStateFormat });
    await expect(plans.readState(name)).rejects.toThrow("has the format 9; expected 1");
  });
});
