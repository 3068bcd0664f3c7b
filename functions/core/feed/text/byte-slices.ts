/** A window, with its bytes if it has one character per byte. */
export interface Source {
  readonly text: string;
  readonly bytes: Slices | undefined;
}

/** A part of a source that is kept after the window has moved on. */
export interface Part {
  readonly source: Source;
  readonly from: number;
  readonly to: number;
}

/** Copies a part out of the window: its bytes if there are any, otherwise its text. */
export function partOf({ text, bytes }: Source, from: number, to: number): Part {
  if (bytes !== undefined) return { source: { text: "", bytes }, from, to };
  return { source: { text: text.slice(from, to), bytes }, from: 0, to: to - from };
}

/**
 * Concatenates the rest of the window's bytes and the next bytes. Entries read their bodies from them later, so they are
 * never overwritten. Bytes that are adjacent in the source's memory are not copied.
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

/** A method of Node that is missing from its types: decodes a part of the bytes without creating a view. */
export type Slices = Buffer & {
  latin1Slice: (from: number, to: number) => string;
  utf8Slice: (from: number, to: number) => string;
};
