import { describe, expect, test } from "vitest";
import { maxRemembered, openFeedMemory, seenHash } from "../../../functions/core/dedupe/feed-memory.ts";

const day = 86_400_000;
const start = Date.parse("2026-03-01T00:00:00Z");
const ttlDays = 60;

const seenOf = (n: number) => seenHash(`entry#f#${n}`, undefined);
const all = (from: number, count: number) => Array.from({ length: count }, (_, i) => seenOf(from + i));

const open = (bytes: Uint8Array | undefined, now = start) => openFeedMemory(bytes, { now, ttlDays });

const seconds = (now: number) => Math.floor(now / 1000);
const fresh = (now = start) => seconds(now) + ttlDays * 86_400;

/** A memory that holds these entries, whose items were renewed at `now`. */
function remember(seen: readonly string[], now = start): Uint8Array {
  const memory = open(undefined, now);
  for (const one of seen) memory.add(one, fresh(now));
  const bytes = memory.encode();
  if (!bytes) throw new Error("Nothing was remembered.");
  return bytes;
}

describe("the fingerprint of an entry", () => {
  test("is that of an exact repetition only", () => {
    expect(seenHash("a", undefined)).toBe(seenHash("a", undefined));
    expect(seenHash("a", undefined)).not.toBe(seenHash("b", undefined));
    expect(seenHash("a", "text")).not.toBe(seenHash("a", undefined));
    expect(seenHash("a", "text")).not.toBe(seenHash("a", "other text"));
    expect(seenHash("a", undefined)).toMatch(/^[0-9a-f]{24}$/);
  });
});

describe("a feed's memory", () => {
  test("of nothing knows nothing and is not written", () => {
    const memory = open(undefined);
    expect(memory.has(seenOf(1))).toBe(false);
    expect(memory.encode()).toBeUndefined();
  });

  test("knows what was added and nothing else", () => {
    const memory = open(remember(all(0, 100)));
    expect(all(0, 100).every((seen) => memory.has(seen))).toBe(true);
    expect(all(100, 100).some((seen) => memory.has(seen))).toBe(false);
  });

  test("takes 14 bytes an entry", () => {
    expect(remember(all(0, 100))).toHaveLength(1_400);
  });

  test("is not written where nothing joined and no day changed", () => {
    const memory = open(remember(all(0, 10)), start + 3_600_000);
    for (const seen of all(0, 10)) memory.has(seen);
    memory.add(seenOf(3), fresh());
    expect(memory.encode()).toBeUndefined();
    memory.add(seenOf(3), fresh(start + 3_600_000));
    expect(memory.encode()).toBeUndefined();
    memory.add(seenOf(10), fresh());
    expect(memory.encode()).toBeDefined();
  });

  test("is written where an entry was renewed on another day", () => {
    const memory = open(remember(all(0, 2)), start + 40 * day);
    memory.add(seenOf(1), fresh(start + 40 * day));
    expect(memory.encode()).toBeDefined();
  });

  test("keeps the 4,000 that were seen last", () => {
    const full = remember(all(0, maxRemembered));
    const memory = open(full);
    for (const seen of all(0, 100)) memory.has(seen);
    for (const seen of all(maxRemembered, 50)) memory.add(seen, fresh());
    const bytes = memory.encode();
    expect(bytes).toHaveLength(full.length);
    const next = open(bytes);
    expect(all(0, 100).every((seen) => next.has(seen))).toBe(true);
    expect(all(maxRemembered, 50).every((seen) => next.has(seen))).toBe(true);
    expect(all(maxRemembered - 50, 50).some((seen) => next.has(seen))).toBe(false);
  });

  test("that is larger than it may be is no reason to forget the entries of this run", () => {
    const memory = open(undefined);
    for (const seen of all(0, maxRemembered + 500)) memory.add(seen, fresh());
    expect(memory.encode()).toHaveLength(maxRemembered * 14);
  });

  test("of damaged bytes knows less and sends nothing twice", () => {
    const bytes = remember(all(0, 10));
    const memory = open(bytes.subarray(0, bytes.length - 5));
    expect(all(0, 9).every((seen) => memory.has(seen))).toBe(true);
    expect(memory.has(seenOf(9))).toBe(false);
    expect(() => open(Buffer.from("nonsense")).has(seenOf(1))).not.toThrow();
  });

  test("reads bytes that are part of a larger buffer", () => {
    const bytes = remember(all(0, 10));
    const larger = Buffer.concat([Buffer.alloc(7), bytes, Buffer.alloc(3)]);
    expect(open(larger.subarray(7, 7 + bytes.length)).has(seenOf(4))).toBe(true);
  });
});

describe("renewal", () => {
  test("asks for no look-up while more than five eighths of the ledger's time are left", () => {
    const memory = open(remember(all(0, 200)), start + 22 * day);
    expect(all(0, 200).every((seen) => memory.has(seen))).toBe(true);
  });

  test("asks for at most 100 look-ups a run, and for all that expire soon", () => {
    const bytes = remember(all(0, 500));
    const unknown = (days: number) => {
      const memory = open(bytes, start + days * day);
      return all(0, 500).filter((seen) => !memory.has(seen)).length;
    };
    expect(unknown(35)).toBe(100);
    expect(unknown(46)).toBe(500);
  });

  test("is spread by hash over an eighth of the time, and over for all when half of it is left", () => {
    const seen = all(0, 400);
    let bytes = remember(seen);
    const dueOn = new Map<number, number>();
    for (let n = 1; n <= 40; n++) {
      const now = start + n * day;
      const memory = open(bytes, now);
      for (const one of seen)
        if (!memory.has(one)) {
          dueOn.set(n, (dueOn.get(n) ?? 0) + 1);
          memory.add(one, fresh(now));
        }
      bytes = memory.encode() ?? bytes;
    }
    const days = [...dueOn.keys()];
    expect(Math.min(...days)).toBeGreaterThanOrEqual(23);
    expect(Math.max(...days)).toBeLessThanOrEqual(31);
    expect([...dueOn.values()].reduce((sum, count) => sum + count, 0)).toBe(400);
    expect(Math.max(...dueOn.values())).toBeLessThan(100);
  });

  test("follows the ledger item, not the day on which a form was first seen", () => {
    const memory = open(undefined, start + 29 * day);
    memory.add(seenOf(1), fresh());
    expect(open(memory.encode(), start + 32 * day).has(seenOf(1))).toBe(false);
  });

  test("follows a longer or shorter time that is configured later", () => {
    const bytes = remember([seenOf(1)]);
    const reopened = (days: number, at: number) =>
      openFeedMemory(bytes, { now: start + at * day, ttlDays: days });
    expect(reopened(120, 1).has(seenOf(1))).toBe(false);
    expect(reopened(7, 50).has(seenOf(1))).toBe(true);
    expect(reopened(7, 58).has(seenOf(1))).toBe(false);
  });

  test("is no more when the ledger has forgotten: an exact repetition stays known", () => {
    expect(open(remember([seenOf(1)]), start + 60 * day).has(seenOf(1))).toBe(true);
    expect(open(remember([seenOf(1)]), start + 600 * day).has(seenOf(1))).toBe(true);
  });

  test("keeps entries for as short a time as a day from being sent again", () => {
    for (const days of [1, 2, 3, 5]) {
      const first = openFeedMemory(undefined, { now: start, ttlDays: days });
      first.add(seenOf(1), seconds(start) + days * 86_400);
      const bytes = first.encode();
      const hours = Array.from({ length: 48 * days }, (_, hour) => hour * 3_600_000);
      const lookedUp = hours.filter(
        (at) => !openFeedMemory(bytes, { now: start + at, ttlDays: days }).has(seenOf(1)),
      );
      // A look-up is only asked for while the ledger still has the item.
      expect(lookedUp.filter((at) => at >= days * day)).toEqual([]);
    }
  });
});

test("fingerprints of many entries are all different", () => {
  const many = new Set(all(0, 20_000));
  expect(many.size).toBe(20_000);
});
