import { describe, expect, test } from "vitest";
import type { Clock, Ledger, LedgerItem } from "../../../functions/core/ports.ts";

/** A clock that stands still until it is told otherwise. */
export function fakeClock(
  start = Date.parse("2026-03-01T00:00:00Z"),
): Clock & { advance: (milliseconds: number) => void } {
  let time = start;
  return {
    now: () => time,
    sleep: async (milliseconds) => {
      time += milliseconds;
    },
    random: () => 0.5,
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}

let unique = 0;

/** What every ledger must do: the one in memory and the one on DynamoDB. */
export function ledgerContract(name: string, make: (clock: Clock) => Ledger): void {
  describe(`${name} as a ledger`, () => {
    const setUp = () => {
      const clock = fakeClock();
      const run = `r${unique++}`;
      const key = `entry#f#${run}`;
      const expires = Math.floor(clock.now() / 1000) + 1000;
      const item: LedgerItem = {
        key,
        id: "i",
        links: ["l"],
        titles: ["t"],
        date: 5,
        snapshot: "s",
        at: 3,
        claim: `${run}-1`,
        due: ["alerts", "digest"],
        sent: [],
        texts: ["x"],
        expires,
      };
      return { clock, ledger: make(clock), run, key, item, expires };
    };
    const itemAt = async (ledger: Ledger, key: string) => (await ledger.read([key])).get(key);

    test("an item is created once and read back whole", async () => {
      const { ledger, key, item } = setUp();
      expect(await ledger.create(item)).toBe(true);
      expect(await ledger.create({ ...item, claim: "other" })).toBe(false);
      expect(await itemAt(ledger, key)).toEqual(item);
    });

    test("an item with nothing but the necessary is read back whole", async () => {
      const { ledger, key, expires } = setUp();
      const bare = {
        key,
        links: [],
        titles: [],
        texts: [],
        snapshot: "s",
        at: 0,
        claim: "c",
        due: [],
        sent: [],
        expires,
      };
      await ledger.create(bare);
      expect(await itemAt(ledger, key)).toEqual(bare);
    });

    test("250 keys are read in one call, those that are absent are absent", async () => {
      const { ledger, run, item } = setUp();
      const keys = Array.from({ length: 250 }, (_, i) => `entry#f#${run}-${i}`);
      await Promise.all(keys.slice(0, 120).map((key) => ledger.create({ ...item, key })));
      expect(new Set((await ledger.read(keys)).keys())).toEqual(new Set(keys.slice(0, 120)));
    });

    test("of 20 who create the same item one wins", async () => {
      const { ledger, item } = setUp();
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, i) => ledger.create({ ...item, claim: `c${i}` })),
      );
      expect(outcomes.filter(Boolean)).toHaveLength(1);
    });

    test("what has expired is as if it were not there", async () => {
      const { clock, ledger, key, item } = setUp();
      await ledger.create(item);
      clock.advance(1_001_000);
      expect(await itemAt(ledger, key)).toBeUndefined();
      const again = { ...item, claim: "again", expires: item.expires + 2000 };
      expect(await ledger.create(again)).toBe(true);
      expect(await itemAt(ledger, key)).toEqual(again);
    });

    test("a pointer takes a free place, is renewed, and never takes another entry's place", async () => {
      const { ledger, run, key, item, expires } = setUp();
      const slot = `entry#f#${run}-slot`;
      expect(await ledger.point(slot, key, expires)).toBe(true);
      expect(await ledger.point(slot, key, expires + 5)).toBe(true);
      expect(await itemAt(ledger, slot)).toEqual({ to: key, expires: expires + 5 });
      expect(await ledger.point(slot, "entry#f#other", expires)).toBe(false);
      await ledger.create(item);
      expect(await ledger.point(key, "entry#f#other", expires)).toBe(false);
      expect(await ledger.create({ ...item, key: slot })).toBe(false);
    });

    test("an item gives way only while it is under the claim", async () => {
      const { ledger, key, item } = setUp();
      await ledger.create(item);
      expect(await ledger.giveWay(key, "somebody else", "entry#f#to")).toBe(false);
      expect(await ledger.giveWay(key, item.claim, "entry#f#to")).toBe(true);
      expect(await itemAt(ledger, key)).toMatchObject({ to: "entry#f#to" });
    });

    test("an item is taken over once, with what was sent of it", async () => {
      const { ledger, key, item } = setUp();
      await ledger.create(item);
      const from = { ...item, sent: ["alerts"] };
      expect(await ledger.take(from, "new", "s2", 9)).toBe(true);
      expect(await ledger.take(from, "late", "s3", 1)).toBe(false);
      expect(await itemAt(ledger, key)).toEqual({
        ...item,
        claim: "new",
        snapshot: "s2",
        at: 9,
        sent: ["alerts"],
      });
    });

    test("an item that an audience got since it was read is not taken over", async () => {
      const { ledger, key, item } = setUp();
      await ledger.create(item);
      await ledger.sent([key], "digest");
      expect(await ledger.take({ ...item, sent: ["alerts"] }, "new", "s2", 9)).toBe(false);
      expect(await itemAt(ledger, key)).toEqual({ ...item, sent: ["digest"] });
      expect(await ledger.take({ ...item, sent: ["digest"] }, "new", "s2", 9)).toBe(true);
    });

    test("an item is reopened only from the claim that was read", async () => {
      const { ledger, key, item } = setUp();
      await ledger.create(item);
      const to: LedgerItem = { ...item, texts: ["x", "y"], claim: "new", revised: true, resent: "r" };
      expect(await ledger.reopen({ ...item, claim: "z" }, to)).toBe(false);
      expect(await ledger.reopen(item, to)).toBe(true);
      expect(await itemAt(ledger, key)).toEqual(to);
    });

    test("other forms of an entry are learnt, an id only where there is none", async () => {
      const { ledger, key, item } = setUp();
      const { id: _, ...anonymous } = item;
      await ledger.create(anonymous);
      await ledger.learn(key, { id: "j", title: "u", link: "m", text: "y" });
      await ledger.learn(key, { id: "k" });
      const found = await itemAt(ledger, key);
      expect(found).toEqual({
        ...item,
        id: "j",
        titles: expect.arrayContaining(["t", "u"]),
        links: expect.arrayContaining(["l", "m"]),
        texts: expect.arrayContaining(["x", "y"]),
      });
      await ledger.learn(`${key}-absent`, { title: "u" });
      expect(await itemAt(ledger, `${key}-absent`)).toBeUndefined();
    });

    test("what was sent is recorded per audience, and renewed with its time", async () => {
      const { ledger, key, item, expires } = setUp();
      await ledger.create(item);
      await ledger.sent([key], "alerts");
      await ledger.sent([key, `${key}-absent`], "alerts");
      expect(await itemAt(ledger, key)).toEqual({ ...item, sent: ["alerts"] });
      expect(await itemAt(ledger, `${key}-absent`)).toBeUndefined();
      await ledger.renew(item, ["alerts", "digest"], expires + 9);
      expect(await itemAt(ledger, key)).toMatchObject({ sent: ["alerts", "digest"], expires: expires + 9 });
    });

    test("a claim is held, handed on once a round, and ended only after its lease", async () => {
      const { clock, ledger, run } = setUp();
      const lease = clock.now() + 1000;
      expect(await ledger.hold(run, 0, "a", lease)).toBe(true);
      expect(await ledger.hold(run, 0, "a", lease)).toBe(true);
      expect(await ledger.hold(run, 0, "b", lease)).toBe(false);
      expect(await ledger.hold(run, 2, "b", lease)).toBe(false);
      expect(await ledger.hold(run, 1, "b", lease)).toBe(true);
      expect(await ledger.hold(run, 1, "b", lease)).toBe(true);
      expect(await ledger.hold(run, 1, "c", lease)).toBe(false);
      expect((await ledger.claims([run, "absent"])).get(run)).toMatchObject({ lease, round: 1, counted: [] });
      expect(await ledger.end(run, lease)).toBe(false);
      clock.advance(1000);
      expect(await ledger.end(run, lease - 1)).toBe(false);
      expect(await ledger.end(run, lease)).toBe(true);
      expect(await ledger.end(run, lease)).toBe(true);
      expect(await ledger.hold(run, 2, "b", lease + 9000)).toBe(false);
      expect(await ledger.hold(run, 1, "b", lease + 9000)).toBe(false);
    });

    test("a claim that is released may be ended at once", async () => {
      const { clock, ledger, run } = setUp();
      await ledger.hold(run, 0, "a", clock.now() + 1000);
      await ledger.release(run, "a");
      expect(await ledger.end(run, 0)).toBe(true);
      await ledger.release("absent", "a");
      expect((await ledger.claims(["absent"])).size).toBe(0);
    });

    test("a claim that was handed on is not released by who had it before", async () => {
      const { clock, ledger, run } = setUp();
      const lease = clock.now() + 1000;
      await ledger.hold(run, 0, "a", lease);
      await ledger.hold(run, 1, "b", lease);
      await ledger.release(run, "a");
      expect((await ledger.claims([run])).get(run)).toMatchObject({ lease });
      await ledger.release(run, "b");
      expect((await ledger.claims([run])).get(run)).toMatchObject({ lease: 0 });
    });

    test("a claim that bears its owner's name starts in any round", async () => {
      const { clock, ledger, run } = setUp();
      const lease = clock.now() + 1000;
      expect(await ledger.hold(run, 7, "a", lease)).toBe(false);
      expect(await ledger.hold(run, 7, run, lease)).toBe(true);
      expect(await ledger.hold(run, 8, "a", lease)).toBe(true);
      expect(await ledger.hold(run, 7, run, lease)).toBe(false);
    });

    test("an item that is under another claim by now is not renewed", async () => {
      const { ledger, key, item, expires } = setUp();
      await ledger.create(item);
      await ledger.renew({ ...item, claim: "before" }, ["alerts"], expires + 9);
      expect(await itemAt(ledger, key)).toEqual(item);
    });

    test("a claim tells which audiences got its entries in a count", async () => {
      const { clock, ledger, run } = setUp();
      await ledger.hold(run, 0, "a", clock.now() + 1000);
      await ledger.counted(run, "alerts");
      expect((await ledger.claims([run])).get(run)?.counted).toEqual(["alerts"]);
    });

    test("a feed's state is remembered until it expires", async () => {
      const { clock, ledger, run, expires } = setUp();
      expect(await ledger.feed(run)).toBeUndefined();
      const state = { etag: "e", configuration: "c", at: 7 };
      await ledger.rememberFeed(run, state, expires);
      expect(await ledger.feed(run)).toMatchObject(state);
      clock.advance(1_001_000);
      expect(await ledger.feed(run)).toBeUndefined();
    });

    test("the pace changes only from what was read", async () => {
      const { ledger, run } = setUp();
      expect(await ledger.pace(run)).toEqual([]);
      expect(await ledger.setPace(run, [], [1, 2])).toBe(true);
      expect(await ledger.setPace(run, [], [3])).toBe(false);
      expect(await ledger.setPace(run, [1], [3])).toBe(false);
      expect(await ledger.setPace(run, [1, 2], [2, 3])).toBe(true);
      expect(await ledger.pace(run)).toEqual([2, 3]);
    });
  });
}
