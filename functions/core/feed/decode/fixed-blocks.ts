/**
 * Yields the same bytes in blocks of equal size (the last may be shorter), so that later stages do not depend on the
 * source's chunks.
 */
export async function* inBlocks(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let filled = 0;
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length;) {
      const part = chunk.subarray(from, from + size - filled);
      parts.push(part);
      filled += part.length;
      from += part.length;
      if (filled < size) continue;
      yield whole(parts);
      parts = [];
      filled = 0;
    }
  }
  if (filled > 0) yield whole(parts);
}

/** Concatenates the parts; a single part is not copied. */
function whole(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}
