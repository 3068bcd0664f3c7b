import { hash } from "node:crypto";
import { renewBelow } from "./recognise.ts";

/** Bytes of one fingerprint: 96 bits tell 4,000 entries apart with a chance of collision below 1 in 10^21. */
const hashBytes = 12;
/** Bytes of the day on which the entry's ledger item expires, in days since 1970. */
const dayBytes = 2;
const recordBytes = hashBytes + dayBytes;

/** Entries that a feed's memory holds: 56 KB, 7 read units of 8 KB each (eventually consistent). */
export const maxRemembered = 4_000;

/** Known entries of a snapshot that are looked up for renewal in one run, but for those that expire soon. */
const maxRenewals = 100;

/** Share of the ledger's time over which renewals are spread. */
const renewalSpread = 1 / 8;

/** Share of the ledger's time below which an entry is always looked up. */
const expiresSoon = 1 / 4;

const day = 86_400;

/**
 * The fingerprint of an entry in the form in which it was seen. `identity`: the last of its ledger keys, a hash of id,
 * link, title and date. `text`: the hash of its text where its feed follows updates.
 */
export const seenHash = (identity: string, text: string | undefined): string =>
  hash("sha256", `${identity}\n${text ?? ""}`, "hex").slice(0, 2 * hashBytes);

/** Entries of a feed that are done, as they were last seen: an exact repetition needs no look-up in the ledger. */
export interface FeedMemory {
  /** Whether the entry was seen in this very form and its ledger item need not be renewed now. */
  has(seen: string): boolean;
  /** Adds an entry that is done. `expires`: when its ledger item expires, epoch seconds. */
  add(seen: string, expires: number): void;
  /** The memory with this run's entries first, or `undefined` where nothing joined and no day changed. */
  encode(): Uint8Array | undefined;
}

/**
 * Reads a feed's memory. An entry whose ledger item is to be renewed is reported as unknown, so that it is looked up: the
 * renewals are spread by hash over the time in which five eighths to half of `ttlDays` are left, and at most 100 entries a
 * run are, unless they expire soon. An entry that has expired in the ledger was sent all the same: it stays known.
 */
export function openFeedMemory(
  bytes: Uint8Array | undefined,
  { now, ttlDays }: { readonly now: number; readonly ttlDays: number },
): FeedMemory {
  const today = Math.floor(now / 1000 / day);
  const known = decode(bytes);
  const seenNow = new Map<string, number>();
  let renewals = 0;
  let isChanged = false;

  const isDue = (seen: string, expiresOn: number): boolean => {
    if (expiresOn <= today) return false;
    // At most: the item may expire at the end of its day.
    const left = expiresOn + 1 - today;
    const spread = (Number.parseInt(seen.slice(0, 4), 16) / 0x10000) * renewalSpread;
    return (
      left <= ttlDays * (renewBelow - spread) && (renewals < maxRenewals || left <= ttlDays * expiresSoon)
    );
  };

  return {
    has(seen) {
      const expiresOn = known.get(seen);
      if (expiresOn === undefined) return false;
      if (isDue(seen, expiresOn)) {
        renewals++;
        return false;
      }
      seenNow.set(seen, expiresOn);
      return true;
    },
    add(seen, expires) {
      const expiresOn = Math.floor(expires / day);
      if (known.get(seen) !== expiresOn) isChanged = true;
      seenNow.set(seen, expiresOn);
    },
    encode() {
      if (!isChanged) return undefined;
      const all = new Map([...seenNow, ...[...known].filter(([seen]) => !seenNow.has(seen))]);
      return encode([...all].slice(0, maxRemembered));
    },
  };
}

function decode(bytes: Uint8Array = new Uint8Array(0)): Map<string, number> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records = new Map<string, number>();
  for (let at = 0; at + recordBytes <= view.length; at += recordBytes)
    records.set(view.toString("hex", at, at + hashBytes), view.readUInt16BE(at + hashBytes));
  return records;
}

function encode(records: readonly (readonly [seen: string, expiresOn: number])[]): Uint8Array {
  const bytes = Buffer.alloc(records.length * recordBytes);
  for (const [i, [seen, expiresOn]] of records.entries()) {
    bytes.write(seen, i * recordBytes, "hex");
    bytes.writeUInt16BE(expiresOn, i * recordBytes + hashBytes);
  }
  return bytes;
}
