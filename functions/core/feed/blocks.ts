/**
 * The same bytes in blocks of one size (the last may be shorter), so that nothing which follows can depend on how
 * the source cut them.
 */
export async function* inBlocks(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let pending: Uint8Array | undefined;
  let filled = 0;
  for await (const chunk of chunks) {
    let from = 0;
    while (from < chunk.length) {
      if (filled === 0 && chunk.length - from >= size) {
        yield chunk.subarray(from, from + size);
        from += size;
        continue;
      }
      pending ??= new Uint8Array(size);
      const taken = Math.min(size - filled, chunk.length - from);
      pending.set(chunk.subarray(from, from + taken), filled);
      filled += taken;
      from += taken;
      if (filled < size) continue;
      yield pending;
      pending = undefined;
      filled = 0;
    }
  }
  if (pending !== undefined && filled > 0) yield pending.subarray(0, filled);
}
