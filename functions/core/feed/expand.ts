import { createGunzip } from "node:zlib";
import { SnapshotError } from "../errors.ts";
import type { Limits } from "./entry.ts";

/** Bounds what one write can expand to: DEFLATE reaches 1,032 to 1 (RFC 1951), so 16 KiB give at most 17 MB. */
const slice = 16 * 1024;

/**
 * The snapshot's bytes, gunzipped if they start as gzip (RFC 1952 section 2.3.1) whatever the name says; counts both
 * against `limits.bytes` and `limits.expandedBytes`. A damaged or cut gzip stream gives what comes before the damage
 * and calls `onDamage`.
 */
export async function* expand(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limits: Limits,
  onDamage: (reason: string) => void,
): AsyncGenerator<Uint8Array> {
  const stored = counted(chunks, limits.bytes);
  let head: Uint8Array = new Uint8Array(0);
  for (;;) {
    const next = await stored.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
    if (head.length >= 2) break;
  }
  const whole = prepend(head, stored);
  if (head[0] === 0x1f && head[1] === 0x8b) yield* gunzip(whole, limits.expandedBytes, onDamage);
  else yield* whole;
}

async function* counted(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array, undefined> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > limit)
      throw new SnapshotError("snapshot-too-large", `more than ${limit} bytes`, `at most ${limit} bytes`);
    if (chunk.length > 0) yield chunk;
  }
  return undefined;
}

async function* prepend(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  yield* rest;
}

async function* gunzip(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
  onDamage: (reason: string) => void,
): AsyncGenerator<Uint8Array> {
  const stream = createGunzip();
  let ready: Uint8Array[] = [];
  let total = 0;
  const failed: { reason?: string } = {};
  let settle = (): void => {};
  stream.on("data", (data: Uint8Array) => {
    total += data.length;
    if (total <= limit) ready.push(data);
  });
  stream.on("error", (error) => {
    failed.reason = error.message;
    settle();
  });
  const step = (act: (done: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      settle = resolve;
      if (failed.reason === undefined) act(resolve);
      else resolve();
    });
  const drain = function* (): Generator<Uint8Array> {
    const out = ready;
    ready = [];
    yield* out;
    if (total > limit) {
      throw new SnapshotError(
        "snapshot-expands-too-far",
        `more than ${limit} bytes once expanded`,
        `at most ${limit} bytes`,
      );
    }
  };
  try {
    for await (const chunk of chunks) {
      for (let from = 0; from < chunk.length && failed.reason === undefined; from += slice) {
        await step((done) => stream.write(chunk.subarray(from, from + slice), done));
        yield* drain();
      }
      if (failed.reason !== undefined) break;
    }
    await step((done) => stream.once("end", done).end());
    yield* drain();
    if (failed.reason !== undefined) onDamage(failed.reason);
  } finally {
    stream.destroy();
  }
}
