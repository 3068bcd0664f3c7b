import { inBlocks } from "./fixed-blocks.ts";
import type { Budget } from "../time-budget.ts";
import { expand } from "./expand.ts";
import type { Damage } from "./gunzip.ts";
import type { Reading } from "../reading.ts";

/** Decisions are made per block of this size, so they do not depend on the source's chunks. */
export const blockSize = 64 * 1024;

const headLength = 512;

/** Fills the window of a reading. */
export interface Feeding {
  /** Extends the window by one step, or by enough steps for `wanted` bytes; records the end. */
  readonly pull: (wanted: number) => Promise<void>;
  /** Closes the source. */
  readonly close: () => Promise<void>;
  /** The damage of the gzip stream, if any. */
  readonly damage: () => Damage | undefined;
  /** The source had no bytes. */
  readonly empty: () => boolean;
  /** The first bytes, which show a file that is no text. */
  readonly head: () => Uint8Array;
}

/** Fills a reading from chunks, expanded and in blocks, `step` bytes at a time. */
export function startFeeding(
  chunks: AsyncIterable<Uint8Array>,
  reading: Reading,
  budget: Budget,
  step: number,
): Feeding {
  let damage: Damage | undefined;
  const expanded = expand(chunks, reading.limits, (found) => {
    damage = found;
  });
  const blocks = inBlocks(expanded, blockSize);
  let block: Uint8Array = new Uint8Array(0);
  let ahead: IteratorResult<Uint8Array> | undefined;
  let empty = false;
  let head: Uint8Array = new Uint8Array(0);
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    budget.pause();
    const result = await blocks.next();
    budget.resume();
    return result;
  };
  return {
    pull: async (wanted) => {
      const parts: Uint8Array[] = [];
      let gathered = 0;
      let last = false;
      if (ahead === undefined) {
        ahead = await next();
        empty = ahead.done === true;
        // A copy, so that the block itself can be released.
        if (ahead.done !== true) head = Uint8Array.from(ahead.value.subarray(0, headLength));
      }
      do {
        if (block.length === 0) {
          if (ahead.done === true) break;
          block = reading.decoding.look(ahead.value);
          ahead = await next();
        }
        const part = block.subarray(0, step);
        block = block.subarray(step);
        parts.push(part);
        gathered += part.length;
        last = block.length === 0 && ahead.done === true;
      } while (gathered < Math.max(wanted, step) && !last);
      reading.ended = last || parts.length === 0;
      reading.window = reading.decoding.extend(reading.window, reading.at, parts, reading.ended);
      reading.offset += reading.at;
      reading.at = 0;
    },
    close: async () => {
      await blocks.return(undefined);
    },
    damage: () => damage,
    empty: () => empty,
    head: () => head,
  };
}
