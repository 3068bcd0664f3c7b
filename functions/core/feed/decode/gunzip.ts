import { crc32, createInflateRaw, type InflateRaw } from "node:zlib";
import { inBlocks } from "./fixed-blocks.ts";

/** Damage of a gzip stream. Junk after the last complete member loses no content. */
export interface Damage {
  readonly reason: string;
  readonly lost: boolean;
}

/** Limits the output of one write: DEFLATE expands at most 1,032 to 1 (RFC 1951), so 16 KiB give at most 17 MB. */
const slice = 16 * 1024;
const maxHeaderLength = 256 * 1024;
/** Bytes of a member that are kept to be decoded again if it is damaged. */
const maxKept = 1024 * 1024;
/** Maximum number of members. Blocked gzip has one per 64 KiB; each needs its own decoder. */
const maxMembers = 65_536;
const trailer = 8;

/**
 * Expands the members of a gzip stream (RFC 1952). Of a damaged or truncated stream, yields everything before the
 * damage (after the first MiB of a member, up to 16 KiB less), independent of the chunks. Ignores zero padding at the
 * end.
 */
export async function* gunzip(
  chunks: AsyncIterable<Uint8Array>,
  onDamage: (damage: Damage) => void,
): AsyncGenerator<Uint8Array> {
  const stored = startStored(chunks);
  try {
    for (let members = 0; ; members++) {
      if (members > 0 && !(await skipZeros(stored))) return;
      const isMember = members === 0 || stored.bytes[0] === 0x1f;
      const length = members < maxMembers ? await headerLength(stored) : undefined;
      if (length === undefined) {
        onDamage(
          isMember
            ? { reason: "a header is cut or unknown", lost: true }
            : { reason: "something else follows it", lost: false },
        );
        return;
      }
      stored.bytes = stored.bytes.subarray(length);
      const reason = yield* member(stored);
      if (reason !== undefined) {
        onDamage({ reason, lost: true });
        return;
      }
    }
  } finally {
    await stored.close();
  }
}

interface Stored {
  /** Bytes that were read and not yet used. */
  bytes: Uint8Array;
  /** Reads more bytes; returns false at the end. */
  readonly pull: () => Promise<boolean>;
  readonly close: () => Promise<unknown>;
}

function startStored(chunks: AsyncIterable<Uint8Array>): Stored {
  const blocks = inBlocks(chunks, slice);
  const stored: Stored = {
    bytes: new Uint8Array(0),
    pull: async () => {
      const next = await blocks.next();
      if (next.done === true) return false;
      stored.bytes = stored.bytes.length === 0 ? next.value : Buffer.concat([stored.bytes, next.value]);
      return true;
    },
    close: async () => blocks.return(undefined),
  };
  return stored;
}

/** Whether the rest has a byte other than zero. */
async function skipZeros(stored: Stored): Promise<boolean> {
  do {
    let at = 0;
    while (at < stored.bytes.length && stored.bytes[at] === 0) at++;
    stored.bytes = stored.bytes.subarray(at);
  } while (stored.bytes.length === 0 && (await stored.pull()));
  return stored.bytes.length > 0;
}

/** Reads the member's header and returns its length; `undefined` if there is no valid header. */
async function headerLength(stored: Stored): Promise<number | undefined> {
  for (;;) {
    const { bytes } = stored;
    if (bytes.length >= 3 && (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8)) return undefined;
    const length = wholeHeader(bytes);
    if (length !== undefined) return length;
    if (bytes.length > maxHeaderLength || !(await stored.pull())) return undefined;
  }
}

/** RFC 1952 section 2.3: ten bytes, then the fields announced by the flags. */
function wholeHeader(bytes: Uint8Array): number | undefined {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + (bytes[10] ?? 0) + (bytes[11] ?? 0) * 256;
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return undefined;
    at = end + 1;
  }
  if ((flags & 2) !== 0) at += 2;
  return at <= bytes.length ? at : undefined;
}

/** Expands one member with its trailer; returns its damage, if any. */
async function* member(stored: Stored): AsyncGenerator<Uint8Array, string | undefined> {
  const inflating = startInflating();
  let sum = 0;
  let size = 0;
  let kept: Uint8Array[] | undefined = [];
  let keptLength = 0;
  const take = function* (): Generator<Uint8Array> {
    for (const data of inflating.taken()) {
      sum = crc32(data, sum);
      size += data.length;
      yield data;
    }
  };
  try {
    while (!inflating.state.ended) {
      if (stored.bytes.length === 0 && !(await stored.pull())) return "it ends too early";
      const part = stored.bytes.subarray(0, slice);
      const used = await inflating.write(part);
      yield* take();
      keptLength += part.length;
      if (keptLength > maxKept) kept = undefined;
      if (inflating.state.reason !== undefined) {
        // The decoder discards its output of the slice that failed.
        if (kept !== undefined) yield* again(kept, part, size);
        return inflating.state.reason;
      }
      kept?.push(part);
      stored.bytes = stored.bytes.subarray(used);
    }
  } finally {
    inflating.close();
  }
  while (stored.bytes.length < trailer) if (!(await stored.pull())) return "it ends too early";
  const { buffer, byteOffset } = stored.bytes;
  const view = new DataView(buffer, byteOffset, trailer);
  stored.bytes = stored.bytes.subarray(trailer);
  return view.getUint32(0, true) === sum && view.getUint32(4, true) === size % 2 ** 32
    ? undefined
    : "its checksum is wrong";
}

/** Decodes a damaged member again, its last slice byte by byte; yields the output after `given` bytes. */
async function* again(
  kept: readonly Uint8Array[],
  last: Uint8Array,
  given: number,
): AsyncGenerator<Uint8Array> {
  const inflating = startInflating();
  let skip = given;
  try {
    for (const part of kept) {
      await inflating.write(part);
      for (const data of inflating.taken()) skip -= data.length;
    }
    for (let at = 0; at < last.length && inflating.state.reason === undefined; at++) {
      await inflating.write(last.subarray(at, at + 1));
      for (const data of inflating.taken()) {
        if (data.length > skip) yield data.subarray(Math.max(0, skip));
        skip = Math.max(0, skip - data.length);
      }
    }
  } finally {
    inflating.close();
  }
}

interface Inflating {
  readonly state: { ended: boolean; reason?: string };
  /** Returns how many of the bytes belong to the stream. */
  readonly write: (bytes: Uint8Array) => Promise<number>;
  readonly taken: () => readonly Uint8Array[];
  readonly close: () => void;
}

function startInflating(): Inflating {
  const stream: InflateRaw = createInflateRaw();
  const state: Inflating["state"] = { ended: false };
  let ready: Uint8Array[] = [];
  let settle = (): void => {};
  stream.on("data", (data: Uint8Array) => ready.push(data));
  stream.on("error", ({ message }) => {
    state.reason = message;
    settle();
  });
  // Bytes after the stream end it without calling back for the write that contained them.
  stream.on("end", () => {
    state.ended = true;
    settle();
  });
  stream.on("close", () => settle());
  return {
    state,
    write: async (bytes) => {
      const before = stream.bytesWritten;
      await new Promise<void>((resolve) => {
        settle = resolve;
        stream.write(bytes, (error) => {
          if (error !== null && error !== undefined && !state.ended) state.reason ??= error.message;
          resolve();
        });
      });
      return stream.bytesWritten - before;
    },
    taken: () => {
      const out = ready;
      ready = [];
      return out;
    },
    close: () => stream.destroy(),
  };
}
