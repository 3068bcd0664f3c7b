import { describe, expect, test } from "vitest";
import type {
  Claim,
  Clock,
  DeliverLedger,
  FeedList,
  IngestLedger,
  LedgerItem,
  WatchLedger,
} from "../../../functions/core/ports.ts";
import type { AudienceLedger } from "../../../functions/core/waiting.ts";
import { fakeClock } from "../fake-clock.ts";

/** Every method that the functions use, and the switch of the command line. */
export type WholeLedger = IngestLedger &
  DeliverLedger &
  WatchLedger &
  FeedList &
  Pick<AudienceLedger, "readAudience"> & {
    readonly pause: (audience: string, isPaused: boolean) => Promise<void> | void;
  };

const day = 86_400_000;

let unique = 0;

/** What every ledger must do: the one in memory and the one on DynamoDB. It remembers entries for 60 days. */
export function ledgerContract(name: string, make: (clock: Clock) => WholeLedger): void {
  describe(`the ${name} ledger`, () => {
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
        texts: ["x"],
        source: { key: "k", sequencer: "0055" },
        expires,
      };
      const ledger = make(clock);
      const claim = async (id = run): Promise<Claim | undefined> => (await ledger.claims([id])).get(id);
      return { clock, ledger, run, key, item, expires, claim };
    };
    const itemAt = async (ledger: WholeLedger, key: string) => (await ledger.read([key])).get(key);

    describe("entries", () => {
      test("an item is created once and read back whole", async () => {
        const { ledger, key, item } = setUp();
        expect(await ledger.create(item)).toBe(true);
        expect(await ledger.create({ ...item, claim: "other" })).toBe(false);
        expect(await itemAt(ledger, key)).toEqual(item);
      });

      test("an item with nothing but the necessary is read back whole", async () => {
        const { ledger, key, expires } = setUp();
        const bare = { key, links: [], titles: [], texts: [], snapshot: "s", at: 0, claim: "c", expires };
        await ledger.create(bare);
        expect(await itemAt(ledger, key)).toEqual(bare);
      });

      test("250 keys are read in one call, absent ones and repeated ones among them", async () => {
        const { ledger, run, item } = setUp();
        const keys = Array.from({ length: 250 }, (_, i) => `entry#f#${run}-${i}`);
        await Promise.all(keys.slice(0, 120).map((key) => ledger.create({ ...item, key })));
        expect(new Set((await ledger.read([...keys.slice(0, 5), ...keys])).keys())).toEqual(
          new Set(keys.slice(0, 120)),
        );
        expect((await ledger.read([])).size).toBe(0);
      });

      test("of 20 runs that create the same item one wins", async () => {
        const { ledger, item } = setUp();
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, i) => ledger.create({ ...item, claim: `c${i}` })),
        );
        expect(results.filter(Boolean)).toHaveLength(1);
      });

      test("an expired item counts as absent", async () => {
        const { clock, ledger, key, item } = setUp();
        await ledger.create(item);
        clock.advance(1_001_000);
        expect(await itemAt(ledger, key)).toBeUndefined();
        const again = { ...item, claim: "again", expires: item.expires + 2000 };
        expect(await ledger.create(again)).toBe(true);
        expect(await itemAt(ledger, key)).toEqual(again);
      });

      test("a pointer takes a free place, is renewed, and never replaces an item or another pointer", async () => {
        const { ledger, run, key, item, expires } = setUp();
        const slot = `entry#f#${run}-slot`;
        expect(await ledger.putPointer(slot, key, expires)).toBe(true);
        expect(await ledger.putPointer(slot, key, expires + 5)).toBe(true);
        expect(await itemAt(ledger, slot)).toEqual({ to: key, expires: expires + 5 });
        expect(await ledger.putPointer(slot, "entry#f#other", expires)).toBe(false);
        await ledger.create(item);
        expect(await ledger.putPointer(key, "entry#f#other", expires)).toBe(false);
        expect(await ledger.create({ ...item, key: slot })).toBe(false);
      });

      test("an expired pointer is replaced", async () => {
        const { clock, ledger, run, expires } = setUp();
        const slot = `entry#f#${run}-slot`;
        await ledger.putPointer(slot, "entry#f#first", expires);
        clock.advance(1_001_000);
        expect(await ledger.putPointer(slot, "entry#f#second", expires + 2000)).toBe(true);
      });

      test("an item is replaced by a pointer only while it is under the claim", async () => {
        const { ledger, key, item } = setUp();
        await ledger.create(item);
        expect(await ledger.replaceByPointer(key, "another claim", "entry#f#to")).toBe(false);
        expect(await itemAt(ledger, key)).toEqual(item);
        expect(await ledger.replaceByPointer(key, item.claim, "entry#f#to")).toBe(true);
        expect(await itemAt(ledger, key)).toMatchObject({ to: "entry#f#to" });
        expect(await ledger.replaceByPointer(key, item.claim, "entry#f#to")).toBe(false);
        expect(await ledger.replaceByPointer(`${key}-absent`, item.claim, "entry#f#to")).toBe(false);
      });

      test("an item is taken over once, as a whole", async () => {
        const { ledger, key, item } = setUp();
        await ledger.create(item);
        const taken: LedgerItem = {
          ...item,
          claim: "new",
          snapshot: "s2",
          at: 9,
          texts: ["x", "y"],
          revised: true,
          resent: "r",
        };
        expect(await ledger.takeOver({ ...item, claim: "not that one" }, taken)).toBe(false);
        expect(await ledger.takeOver(item, taken)).toBe(true);
        expect(await ledger.takeOver(item, { ...taken, claim: "late" })).toBe(false);
        expect(await itemAt(ledger, key)).toEqual(taken);
      });

      test("of 20 runs that take an item over one wins", async () => {
        const { ledger, item } = setUp();
        await ledger.create(item);
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, i) => ledger.takeOver(item, { ...item, claim: `c${i}` })),
        );
        expect(results.filter(Boolean)).toHaveLength(1);
      });

      test("other forms of an entry are added, an id only where there is none", async () => {
        const { ledger, key, item } = setUp();
        const { id: _, ...anonymous } = item;
        await ledger.create(anonymous);
        await ledger.addVariant(key, { id: "j", title: "u", link: "m", text: "y" });
        await ledger.addVariant(key, { id: "k", title: "u" });
        expect(await itemAt(ledger, key)).toEqual({
          ...item,
          id: "j",
          titles: expect.arrayContaining(["t", "u"]),
          links: expect.arrayContaining(["l", "m"]),
          texts: expect.arrayContaining(["x", "y"]),
        });
        await ledger.addVariant(`${key}-absent`, { title: "u" });
        expect(await itemAt(ledger, `${key}-absent`)).toBeUndefined();
      });

      test("an item is renewed only while it is under the same claim", async () => {
        const { ledger, key, item, expires } = setUp();
        await ledger.create(item);
        await ledger.renew({ ...item, claim: "before" }, expires + 9);
        expect(await itemAt(ledger, key)).toEqual(item);
        await ledger.renew(item, expires + 9);
        expect(await itemAt(ledger, key)).toEqual({ ...item, expires: expires + 9 });
        await ledger.renew({ ...item, key: `${key}-absent` }, expires);
        expect(await itemAt(ledger, `${key}-absent`)).toBeUndefined();
      });
    });

    describe("claims", () => {
      const holder = (clock: Clock, owner: string, round = 0) => ({
        owner,
        round,
        lease: clock.now() + 1000,
      });

      test("are acquired by one owner, again and again, until the lease is over", async () => {
        const { clock, ledger, run, claim } = setUp();
        expect(await claim()).toBeUndefined();
        expect(await ledger.acquireClaim(run, holder(clock, "a"))).toBe(true);
        expect(await claim()).toEqual({ state: "open", lease: clock.now() + 1000, round: 0 });
        expect(await ledger.acquireClaim(run, holder(clock, "a"))).toBe(true);
        expect(await ledger.acquireClaim(run, holder(clock, "b"))).toBe(false);
        clock.advance(999);
        expect(await ledger.acquireClaim(run, holder(clock, "b"))).toBe(false);
        clock.advance(1);
        expect(await ledger.acquireClaim(run, holder(clock, "b"))).toBe(true);
        expect(await ledger.acquireClaim(run, holder(clock, "a"))).toBe(false);
      });

      test("of 20 owners one acquires it", async () => {
        const { clock, ledger, run } = setUp();
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, i) => ledger.acquireClaim(run, holder(clock, `o${i}`))),
        );
        expect(results.filter(Boolean)).toHaveLength(1);
      });

      test("that do not exist are acquired in their first round only", async () => {
        const { clock, ledger, run } = setUp();
        expect(await ledger.acquireClaim(run, holder(clock, "a", 1))).toBe(false);
        expect(await ledger.acquireClaim(run, holder(clock, "a", 0))).toBe(true);
      });

      test("that are handed on are acquired by the next round at once, and by no other before the lease is over", async () => {
        const { clock, ledger, run, claim } = setUp();
        await ledger.acquireClaim(run, holder(clock, "a"));
        expect(await ledger.handOnClaim(run, holder(clock, "b", 1))).toBe(false);
        expect(await ledger.handOnClaim(run, holder(clock, "a", 1))).toBe(true);
        expect(await claim()).toMatchObject({ state: "open", round: 1 });
        expect(await ledger.handOnClaim(run, holder(clock, "a", 1))).toBe(false);
        expect(await ledger.acquireClaim(run, holder(clock, "a", 0))).toBe(false);
        expect(await ledger.acquireClaim(run, holder(clock, "c", 3))).toBe(false);
        expect(await ledger.endClaim(run, clock.now() + 1000)).toBe(false);
        expect(await ledger.acquireClaim(run, holder(clock, "b", 1))).toBe(true);
        expect(await ledger.acquireClaim(run, holder(clock, "c", 1))).toBe(false);
      });

      test("are acquired by the round after theirs when the lease is over, and never by the round before", async () => {
        const { clock, ledger, run, claim } = setUp();
        await ledger.acquireClaim(run, holder(clock, "a"));
        expect(await ledger.acquireClaim(run, holder(clock, "b", 1))).toBe(false);
        clock.advance(1000);
        expect(await ledger.acquireClaim(run, holder(clock, "b", 2))).toBe(false);
        expect(await ledger.acquireClaim(run, holder(clock, "b", 1))).toBe(true);
        expect(await claim()).toMatchObject({ round: 1 });
        clock.advance(1000);
        expect(await ledger.acquireClaim(run, holder(clock, "a", 0))).toBe(false);
      });

      test("that are released are free at once, if they are still open and the owner's", async () => {
        const { clock, ledger, run, claim } = setUp();
        await ledger.acquireClaim(run, holder(clock, "a"));
        await ledger.releaseClaim(run, "b");
        expect(await claim()).toMatchObject({ lease: clock.now() + 1000 });
        await ledger.releaseClaim(run, "a");
        expect(await claim()).toMatchObject({ state: "open", lease: 0 });
        expect(await ledger.endClaim(run, 0)).toBe(true);
        await ledger.releaseClaim(run, "a");
        expect(await claim()).toMatchObject({ state: "ended" });
        await ledger.releaseClaim(`${run}-absent`, "a");
        expect(await claim(`${run}-absent`)).toBeUndefined();
      });

      test("are ended only when the lease that was read is over and still theirs", async () => {
        const { clock, ledger, run, claim } = setUp();
        await ledger.acquireClaim(run, holder(clock, "a"));
        const lease = clock.now() + 1000;
        expect(await ledger.endClaim(run, lease)).toBe(false);
        clock.advance(1000);
        expect(await ledger.endClaim(run, lease - 1)).toBe(false);
        await ledger.acquireClaim(run, holder(clock, "a"));
        expect(await ledger.endClaim(run, lease)).toBe(false);
        clock.advance(1000);
        expect(await ledger.endClaim(run, lease + 1000)).toBe(true);
        expect(await claim()).toMatchObject({ state: "ended" });
        expect(await ledger.endClaim(`${run}-absent`, 0)).toBe(false);
      });

      test("that ended are not acquired, sealed, finished, handed on or ended again", async () => {
        const { clock, ledger, run, claim } = setUp();
        await ledger.acquireClaim(run, holder(clock, "a"));
        clock.advance(1000);
        await ledger.endClaim(run, clock.now());
        expect([
          await ledger.acquireClaim(run, holder(clock, "a")),
          await ledger.acquireClaim(run, holder(clock, "a", 1)),
          await ledger.sealClaim(run, "a", "plan"),
          await ledger.finishClaim(run, "a"),
          await ledger.handOnClaim(run, holder(clock, "a", 1)),
          await ledger.endClaim(run, clock.now()),
        ]).toEqual([false, false, false, false, false, false]);
        expect(await claim()).toMatchObject({ state: "ended" });
      });

      test("are sealed by their owner, once, even after the lease if nobody ended them", async () => {
        const { clock, ledger, run, claim } = setUp();
        expect(await ledger.sealClaim(run, "a", "plan")).toBe(false);
        await ledger.acquireClaim(run, holder(clock, "a"));
        clock.advance(5000);
        expect(await ledger.sealClaim(run, "b", "plan-b")).toBe(false);
        expect(await ledger.sealClaim(run, "a", "plan-a")).toBe(true);
        expect(await ledger.sealClaim(run, "a", "plan-2")).toBe(false);
        expect(await claim()).toMatchObject({ state: "sealed", plan: "plan-a" });
      });

      test("that are sealed can't be acquired, ended, released or handed on", async () => {
        const { clock, ledger, run, claim } = setUp();
        await ledger.acquireClaim(run, holder(clock, "a"));
        const { lease } = holder(clock, "a");
        await ledger.sealClaim(run, "a", "plan");
        clock.advance(5000);
        await ledger.releaseClaim(run, "a");
        expect([
          await ledger.acquireClaim(run, holder(clock, "a")),
          await ledger.endClaim(run, lease),
          await ledger.handOnClaim(run, holder(clock, "a", 1)),
        ]).toEqual([false, false, false]);
        expect(await claim()).toEqual({ state: "sealed", lease, round: 0, plan: "plan" });
      });

      test("that are sealed are finished by anybody, again and again", async () => {
        const { clock, ledger, run, claim } = setUp();
        await ledger.acquireClaim(run, holder(clock, "a"));
        await ledger.sealClaim(run, "a", "plan");
        expect(await ledger.finishClaim(run, "somebody else")).toBe(true);
        expect(await ledger.finishClaim(run, "somebody else")).toBe(true);
        expect(await claim()).toMatchObject({ state: "finished", plan: "plan" });
        expect(await ledger.acquireClaim(run, holder(clock, "a"))).toBe(false);
      });

      test("that are open are finished without a plan by their owner alone", async () => {
        const { clock, ledger, run, claim } = setUp();
        expect(await ledger.finishClaim(run, "a")).toBe(false);
        await ledger.acquireClaim(run, holder(clock, "a"));
        expect(await ledger.finishClaim(run, "b")).toBe(false);
        expect(await ledger.finishClaim(run, "a")).toBe(true);
        expect(await claim()).toMatchObject({ state: "finished" });
      });

      test("are read many at a time, repeated ids among them", async () => {
        const { clock, ledger, run } = setUp();
        const ids = Array.from({ length: 120 }, (_, i) => `${run}-${i}`);
        await Promise.all(ids.slice(0, 110).map((id) => ledger.acquireClaim(id, holder(clock, "a"))));
        expect((await ledger.claims([...ids.slice(0, 3), ...ids])).size).toBe(110);
      });

      test("outlive the entries and the sent marks that name them, and are forgotten in the end", async () => {
        const { clock, ledger, run, claim } = setUp();
        await ledger.acquireClaim(run, holder(clock, "a"));
        await ledger.finishClaim(run, "a");
        clock.advance(88 * day);
        expect(await claim()).toMatchObject({ state: "finished" });
        clock.advance(100 * day);
        expect(await claim()).toBeUndefined();
      });
    });

    describe("feeds", () => {
      test("a head is read as it was written last, and never forgotten", async () => {
        const { clock, ledger, run } = setUp();
        expect(await ledger.readHead(run)).toBeUndefined();
        const head = { etag: "e", readBy: "c", at: 7, key: "snapshots/f/美国 🌍", entries: 3 };
        await ledger.writeHead(run, { ...head, entries: 2 });
        await ledger.writeHead(run, head);
        clock.advance(1_000 * day);
        expect(await ledger.readHead(run)).toEqual(head);
        expect(await ledger.readHead(`${run}-other`)).toBeUndefined();
      });

      test("the rhythm of a head changes alone, and feeds with a rhythm are listed", async () => {
        const { ledger, run } = setUp();
        const head = { etag: "e", readBy: "c", at: 7, key: "snapshots/f/1", entries: 3 };
        const pauses = [{ at: 5, length: 70_000 }];
        const rhythm = { since: 1, seen: 9, measured: 8, isMeasuring: true, gaps: [3, 4], pauses };
        await ledger.writeRhythm(`${run}-unknown`, rhythm);
        await ledger.writeHead(`${run}-other`, head);
        await ledger.writeHead(run, head);
        await ledger.writeRhythm(run, rhythm);
        expect(await ledger.readHead(run)).toEqual({ ...head, rhythm });
        expect(await ledger.readHead(`${run}-unknown`)).toBeUndefined();
        const listed = (await ledger.knownFeeds()).filter(({ place }) => place.startsWith(run));
        expect(listed).toEqual([{ place: run, key: head.key, rhythm }]);
        const later = { ...rhythm, seen: 10, gaps: [] };
        await ledger.writeHead(run, { ...head, rhythm: later });
        expect(await ledger.readHead(run)).toEqual({ ...head, rhythm: later });
      });

      test("all places of a list of feeds are found", async () => {
        const { ledger, run } = setUp();
        const rhythm = { since: 1, seen: 1, measured: 0, isMeasuring: true, gaps: [], pauses: [] };
        const places = Array.from({ length: 40 }, (_, i) => `${run}-${i}`);
        for (const place of places)
          await ledger.writeHead(place, { etag: "", readBy: "c", at: 1, key: place, entries: 0, rhythm });
        const listed = (await ledger.knownFeeds()).map(({ place }) => place);
        expect(listed.filter((place) => place.startsWith(`${run}-`)).toSorted()).toEqual(places.toSorted());
      });

      test("a memory is read as it was written last", async () => {
        const { ledger, run } = setUp();
        expect(await ledger.readMemory(run)).toBeUndefined();
        const memory = Uint8Array.from({ length: 56_000 }, (_, i) => i % 256);
        await ledger.writeMemory(run, Uint8Array.of(1));
        await ledger.writeMemory(run, memory);
        expect(Buffer.from((await ledger.readMemory(run)) ?? []).equals(memory)).toBe(true);
      });
    });

    describe("deliveries", () => {
      const none = { deaths: 0, lastDied: false, ownFailures: 0, lastOwnFailure: 0 };
      const readAttempts = async ({ ledger, run }: ReturnType<typeof setUp>) =>
        (await ledger.readDelivery({ ids: [], audiences: [], attemptsOf: [run] })).attempts.get(run);

      test("a start without an end is a death, and a start returns what was known before it", async () => {
        const here = setUp();
        const { ledger, run } = here;
        expect(await ledger.recordStart(run, "1")).toEqual(none);
        expect(await ledger.recordStart(run, "2")).toEqual({ ...none, deaths: 1, lastDied: true });
        await ledger.recordFailure(run, { start: "2" });
        expect(await ledger.recordStart(run, "3")).toEqual({ ...none, deaths: 1 });
        expect(await readAttempts(here)).toEqual({ ...none, deaths: 2, lastDied: true });
        await ledger.recordFailure(run, { start: "3" });
        await ledger.recordFailure(run, { start: "1" });
        expect(await ledger.recordStart(run, "4")).toEqual(none);
      });

      test("a start or a failure that is written again, because its answer was lost, counts once", async () => {
        const here = setUp();
        const { clock, ledger, run } = here;
        await ledger.recordStart(run, "1");
        expect(await ledger.recordStart(run, "2")).toMatchObject({ deaths: 1 });
        expect(await ledger.recordStart(run, "2")).toMatchObject({ deaths: 1 });
        for (let written = 0; written < 3; written++)
          await ledger.recordFailure(run, { start: "2", ownFailures: 1 });
        const failed = { ownFailures: 1, lastOwnFailure: clock.now() };
        expect(await readAttempts(here)).toEqual({ deaths: 1, lastDied: false, ...failed });
      });

      test("failures are counted where there was no start before", async () => {
        const here = setUp();
        await here.ledger.recordFailure(here.run, { ownFailures: 1 });
        const failed = { ownFailures: 1, lastOwnFailure: here.clock.now() };
        expect(await readAttempts(here)).toEqual({ ...none, ...failed });
      });

      test("marks, pauses and attempts are read in one call, each of its own kind", async () => {
        const { ledger, run } = setUp();
        await ledger.markSent(`${run}-1`);
        await ledger.markSent(`${run}-1`);
        await ledger.pause(`${run}-a`, true);
        await ledger.recordStart(`${run}-2`, "1");
        const query = {
          ids: [`${run}-1`, `${run}-2`, `${run}-a`],
          audiences: [`${run}-a`, `${run}-b`],
          attemptsOf: [`${run}-2`],
        };
        const { sent, paused, attempts } = await ledger.readDelivery(query);
        expect([...sent]).toEqual([`${run}-1`]);
        expect([...paused]).toEqual([`${run}-a`]);
        expect(attempts.get(`${run}-2`)).toMatchObject({ deaths: 1 });
        await ledger.pause(`${run}-a`, false);
        expect((await ledger.readDelivery(query)).paused.size).toBe(0);
      });

      test("an audience says since when it has been paused", async () => {
        const { clock, ledger, run } = setUp();
        expect(await ledger.readAudience(run)).toEqual({});
        const first = clock.now();
        await ledger.pause(run, true);
        clock.advance(day);
        await ledger.pause(run, true);
        expect(await ledger.readAudience(run)).toEqual({ pausedSince: first });
        await ledger.pause(run, false);
        expect(await ledger.readAudience(run)).toEqual({});
        await ledger.pause(run, true);
        expect(await ledger.readAudience(run)).toEqual({ pausedSince: first + day });
      });

      test("what an audience got is added up by day", async () => {
        const { ledger, run } = setUp();
        const audiences = [`${run}-a`, `${run}-b`, `${run}-c`];
        const read = async (day: string) => {
          const { counts } = await ledger.readDelivery({
            ids: [],
            audiences,
            attemptsOf: [],
            counted: { audiences, day },
          });
          return Object.fromEntries([...counts].map(([name, count]) => [name.replace(run, ""), count]));
        };
        expect(await read("2026-11-26")).toEqual({});
        await ledger.countDelivered(`${run}-a`, "2026-11-26", { messages: 2, parts: 3 });
        await ledger.countDelivered(`${run}-a`, "2026-11-26", { messages: 1, parts: 0 });
        await ledger.countDelivered(`${run}-b`, "2026-11-26", { messages: 1, parts: 1 });
        await ledger.countDelivered(`${run}-c`, "2026-11-27", { messages: 1, parts: 1 });
        expect(await read("2026-11-26")).toEqual({
          "-a": { messages: 3, parts: 3 },
          "-b": { messages: 1, parts: 1 },
        });
        expect(await read("2026-11-27")).toEqual({ "-c": { messages: 1, parts: 1 } });
      });

      test("a mark lasts for 60 days", async () => {
        const { clock, ledger, run } = setUp();
        await ledger.markSent(run);
        clock.advance(60 * day - 1000);
        expect((await ledger.readDelivery({ ids: [run], audiences: [], attemptsOf: [] })).sent.size).toBe(1);
      });

      test("only so many messages of an audience are admitted to quarantine in an hour, each however often it asks", async () => {
        const { clock, ledger, run } = setUp();
        const admit = (id: string, audience = run) => ledger.admitToQuarantine(audience, id, 2);
        expect([await admit("m1"), await admit("m1"), await admit("m2")]).toEqual([true, true, true]);
        expect([await admit("m3"), await admit("m3"), await admit("m1")]).toEqual([false, false, true]);
        expect(await admit("m3", `${run}-other`)).toBe(true);
        clock.advance(3_600_000);
        expect(await admit("m3")).toBe(true);
      });
    });

    test("the cursor of watch is read as it was written last", async () => {
      const { ledger, run } = setUp();
      await ledger.writeCursor(`plans/${run}`);
      expect(await ledger.readCursor()).toBe(`plans/${run}`);
    });
  });
}
