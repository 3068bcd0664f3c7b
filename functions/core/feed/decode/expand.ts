import { SnapshotError, type ErrorCode } from "../../errors.ts";
import type { Limits } from "../entry.ts";
import { gunzip, type Damage } from "./gunzip.ts";

/**
 * Yields the snapshot's bytes, expanded if they start like gzip (RFC 1952 section 2.3.1); the file name is ignored.
 * Stored bytes count against `limits.bytes`, expanded bytes against `limits.expandedBytes`. Of a damaged or truncated
 * gzip stream, yields the bytes before the damage and calls `onDamage`.
 */
export async function* expand(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limits: Limits,
  onDamage: (damage: Damage) => void,
): AsyncGenerator<Uint8Array> {
  const { bytes, expandedBytes } = limits;
  const stored = counted(chunks, bytes, "snapshot-too-large");
  let head: Uint8Array = new Uint8Array(0);
  for (;;) {
    const next = await stored.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
    if (head.length >= 2) break;
  }
  const whole = prepend(head, stored);
  if (head[0] === 0x1f && head[1] === 0x8b)
    yield* counted(gunzip(whole, onDamage), expandedBytes, "snapshot-expands-too-far");
  else if (expandedBytes < bytes) yield* counted(whole, expandedBytes, "snapshot-too-large");
  else yield* whole;
}

async function* counted(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limit: number,
  code: ErrorCode,
): AsyncGenerator<Uint8Array, undefined> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > limit)
      throw new SnapshotError(
        code,
        `more than ${limit} bytes${code === "snapshot-expands-too-far" ? " once expanded" : ""}`,
        `at most ${limit} bytes`,
      );
    if (chunk.length > 0) yield chunk;
  }
  return undefined;
}

async function* prepend(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  yield* rest;
}
