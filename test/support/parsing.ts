import type { Entry, Hints, ParsedSnapshot } from "../../functions/core/feed/entry.ts";
import { streamInSteps } from "../../functions/core/feed/parse.ts";

/** An entry as plain data, with its lazy bodies read. */
export function plain(entry: Entry): unknown {
  return JSON.parse(JSON.stringify(entry));
}

/** Streams the text in chunks of growing size, with `step` as the increment. */
export async function inSteps(
  chunks: readonly Uint8Array[],
  step: number,
  hints: Hints = {},
): Promise<ParsedSnapshot> {
  async function* source(): AsyncGenerator<Uint8Array> {
    yield* chunks;
  }
  const stream = streamInSteps(source(), hints, step);
  const entries: Entry[] = [];
  for (;;) {
    const next = await stream.next();
    if (next.done === true) return { ...next.value, entries };
    entries.push(next.value);
  }
}

/** Splits bytes at the given offsets. */
export function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const edges = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return edges.slice(1).map((edge, at) => bytes.subarray(edges[at], edge));
}
