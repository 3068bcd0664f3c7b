import { crc32, createInflateRaw, type InflateRaw } from "node:zlib";
import { inBlocks } from "./fixed-blocks.ts";

/** What is wrong with a gzip stream; nothing is lost where only junk stands behind its last whole member. */
export interface Damage {
  readonly reason: string;
  readonly lost: boolean;
}

/** Bounds what one write can expand to: DEFLATE reaches 1,032 to 1 (RFC 1951), so 16 KiB give at most 17 MB. */
const slice = 16 * 1024;
const longestHeader = 256 * 1024;
/** So much of a member is kept to be read again where it is damaged. */
const mostKept = 1024 * 1024;
/** Blocked gzip has one for 64 KiB; each costs a decoder of its own. */
const mostMembers = 65_536;
const trailer = 8;

/**
 * Expands the members of a gzip stream (RFC 1952). A damaged or cut stream gives all that can be decoded before the
 * damage (beyond the first MiB of a member up to 16 KiB less), whatever the cuts between the chunks; zeros that pad
 * the end count for nothing.
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
      const length = members < mostMembers ? await headerLength(stored) : undefined;
      if (length === undefined) {
        onDamage(
          isMember
            ? { reason: "a header is cut or unknown", lost: true }
            : { reason: "something else stands behind it", lost: false },
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
  /** What has been pulled and not been used. */
  bytes: Uint8Array;
  /** Adds more; false at the end. */
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

/** Whether anything but zeros is left. */
async function skipZeros(stored: Stored): Promise<boolean> {
  do {
    let at = 0;
    while (at < stored.bytes.length && stored.bytes[at] === 0) at++;
    stored.bytes = stored.bytes.subarray(at);
  } while (stored.bytes.length === 0 && (await stored.pull()));
  return stored.bytes.length > 0;
}

/** The length of the member's header, once all of it has been pulled; undefined where there is none. */
async function headerLength(stored: Stored): Promise<number | undefined> {
  for (;;) {
    const { bytes } = stored;
    if (bytes.length >= 3 && (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8)) return undefined;
    const length = wholeHeader(bytes);
    if (length !== undefined) return length;
    if (bytes.length > longestHeader || !(await stored.pull())) return undefined;
  }
}

/** RFC 1952 section 2.3: ten bytes, then what the flags announce. */
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

/** Expands one member and its trailer; returns what is wrong with it. */
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
      if (keptLength > mostKept) kept = undefined;
      if (inflating.state.reason !== undefined) {
        // The decoder lets go of what it had decoded of the slice that broke it.
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

/** What a member that broke gives beyond `given` bytes, its last slice fed byte by byte. */
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
  /** Gives how many of the bytes belong to the stream. */
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
  // What stands behind the stream makes it end without an answer to the write that brought it.
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
