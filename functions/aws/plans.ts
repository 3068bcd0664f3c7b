import { randomUUID } from "node:crypto";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { runStateFormat, type RunState } from "../core/dedupe/run-state.ts";
import { planFormat, type Plan } from "../core/plan.ts";
import type { Clock, ListedPlan, Plans } from "../core/ports.ts";
import { prefixes } from "./environment.ts";

const statePrefix = `${prefixes.plans}states/`;

/** `plans/20261126T112005123Z.<claim>.<unique>.json`: a listing is in the order of time, and no plan is ever overwritten. */
const planPattern = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z\.(.+)\.[0-9a-f]{8}\.json$/;

/** Plans and run states as JSON objects in the bucket. */
export function s3Plans(client: S3Client, bucket: string, clock: Pick<Clock, "now">): Plans {
  const unique = () => randomUUID().slice(0, 8);

  async function write(Key: string, value: unknown): Promise<string> {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key,
        Body: JSON.stringify(value),
        ContentType: "application/json",
      }),
    );
    return Key;
  }

  async function read(Key: string): Promise<unknown> {
    const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    return JSON.parse((await body?.transformToString("utf-8")) ?? "");
  }

  return {
    write: (plan) => {
      const time = new Date(clock.now()).toISOString().replaceAll(/[-:.]/g, "");
      return write(`${prefixes.plans}${time}.${plan.claim}.${unique()}.json`, plan);
    },
    read: async (name) => {
      const plan = (await read(name)) as Plan;
      // Format 1 has the same fields, and nothing that waits.
      checkFormat(name, plan.format === 1 ? planFormat : plan.format, planFormat);
      return plan;
    },
    writeState: (claim, state) => write(`${statePrefix}${claim}.${unique()}.json`, state),
    readState: async (name) => {
      const state = (await read(name)) as RunState;
      checkFormat(name, state.format, runStateFormat);
      return state;
    },
    list: async function* (after) {
      for (let token: string | undefined; ;) {
        const page = await client.send(
          new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: prefixes.plans,
            ...(after !== undefined && { StartAfter: after }),
            ...(token !== undefined && { ContinuationToken: token }),
          }),
        );
        for (const { Key: name = "" } of page.Contents ?? []) {
          // States come after all plans in the order of keys.
          if (name.startsWith(statePrefix)) return;
          const plan = listedPlan(name);
          if (plan) yield plan;
        }
        token = page.NextContinuationToken;
        if (token === undefined) return;
      }
    },
  };
}

function checkFormat(name: string, format: number, expected: number): void {
  if (format !== expected) throw new Error(`${name} has the format ${format}; expected ${expected}.`);
}

function listedPlan(name: string): ListedPlan | undefined {
  const found = planPattern.exec(name.slice(prefixes.plans.length));
  if (!found) return undefined;
  const [year = 0, month = 1, ...rest] = found.slice(1, 8).map(Number);
  const [day, hour, minute, second, millisecond] = rest;
  return {
    name,
    claim: found[8] ?? "",
    at: Date.UTC(year, month - 1, day, hour, minute, second, millisecond),
  };
}
