/** A window, and its bytes where it holds one character per byte. */
export interface Source {
  readonly text: string;
  readonly bytes: Slices | undefined;
}

/** A part of a source that outlives the window. */
export interface Part {
  readonly source: Source;
  readonly from: number;
  readonly to: number;
}

/** A part without the window around it: its bytes are enough, or else its own text. */
export function partOf({ text, bytes }: Source, from: number, to: number): Part {
  if (bytes !== undefined) return { source: { text: "", bytes }, from, to };
  return { source: { text: text.slice(from, to), bytes }, from: 0, to: to - from };
}

/**
 * The rest of the window's bytes and what follows. Entries read their bodies from them later, so they are never written
 * again; bytes that lie side by side in the source's own memory are not copied either.
 */
export function joined(held: Buffer, at: number, parts: readonly Uint8Array[]): Slices {
  const all = at === held.length ? parts : [held.subarray(at), ...parts];
  const [first] = all;
  if (first === undefined) return Buffer.alloc(0) as Slices;
  let end = first.byteOffset;
  for (const part of all) {
    if (part.buffer !== first.buffer || part.byteOffset !== end) return Buffer.concat(all) as Slices;
    end += part.length;
  }
  return Buffer.from(first.buffer, first.byteOffset, end - first.byteOffset) as Slices;
}

/** Node's own, missing from its types: strings of a part of the bytes without a view of it. */
export type Slices = Buffer & {
  latin1Slice: (from: number, to: number) => string;
  utf8Slice: (from: number, to: number) => string;
};
