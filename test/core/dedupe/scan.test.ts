import * as fc from "../../support/properties.ts";
import { describe, expect, test } from "vitest";
import { openFeedMemory } from "../../../functions/core/dedupe/feed-memory.ts";
import { startRun } from "../../../functions/core/dedupe/run.ts";
import type { RunState } from "../../../functions/core/dedupe/run-state.ts";
import { loadRouter } from "../../../functions/core/routing/route.ts";
import { scan } from "../../../functions/core/dedupe/scan.ts";
import { SnapshotError } from "../../../functions/core/errors.ts";
import type { Entry, SnapshotReport } from "../../../functions/core/feed/entry.ts";
import { memoryLedger } from "../../../functions/memory/ledger.ts";
import { fakeClock } from "../../support/fake-clock.ts";
import { audience, configuration } from "../../support/fake-system.ts";

const small = {
  ...configuration,
  audiences: [
    audience({ name: "alerts", mode: "alerts", maxAlerts: 3, digestItems: 4 }),
    audience({ name: "digest", mode: "digest", digestItems: 5 }),
  ],
};

const report: SnapshotReport = {
  format: "rss",
  encoding: "utf-8",
  feed: { title: "F" },
  rejects: [],
  warnings: [],
};

const entryOf = (n: number, fields: Partial<Entry> = {}): Entry => ({
  id: `g${n}`,
  link: `https://x.example/${n}`,
  title: `Title ${n}`,
  published: new Date(Date.UTC(2026, 0, 1) + ((n * 7_919) % 1_000) * 60_000).toISOString(),
  dateSource: "published",
  authors: [],
  categories: [],
  ...fields,
});

const entriesOf = (count: number) => Array.from({ length: count }, (_, i) => entryOf(i));

async function* stream(entries: readonly Entry[], failure?: Error): AsyncGenerator<Entry, SnapshotReport> {
  yield* entries;
  if (failure) throw failure;
  return report;
}

const setUp = (config = small) => {
  const clock = fakeClock();
  const ledger = memoryLedger(clock);
  let owners = 0;
  const memories = new Map<string, Uint8Array>();
  /** One run over these entries; the memory of the feed is kept from run to run. */
  const play = async (
    entries: readonly Entry[],
    options: {
      readonly versionId?: string;
      readonly deadline?: number;
      readonly state?: RunState;
      readonly failure?: Error;
      readonly continued?: { readonly claim: string; readonly round: number };
      readonly resend?: string;
      readonly onEntry?: (at: number) => void;
    } = {},
  ) => {
    const { versionId = "1", deadline = Infinity, state, failure, continued, resend, onEntry } = options;
    const version = { bucket: "b", key: "snapshots/f/1", versionId };
    const run = startRun(
      {
        version,
        owner: `o${owners++}`,
        lease: clock.now() + 60_000,
        ledgerDays: 60,
        now: clock.now,
        ...(continued && { continued }),
        ...(resend !== undefined && { resend }),
      },
      ledger,
    );
    if (continued) await run.acquireClaim();
    const memory = openFeedMemory(memories.get("f"), { now: clock.now(), ttlDays: 60 });
    let at = 0;
    const counted = async function* () {
      const source = stream(entries, failure);
      for (;;) {
        const next = await source.next();
        if (next.done) return next.value;
        onEntry?.(at++);
        yield next.value;
      }
    };
    const found = await scan(
      counted(),
      {
        feed: "f",
        configuration: config,
        route: await loadRouter(config.audiences),
        run,
        memory,
        deadline,
        length: () => 0,
        resend: resend !== undefined,
        ...(state && { state }),
      },
      { ledger },
    );
    const remember = () => {
      const bytes = memory.encode();
      if (bytes) memories.set("f", bytes);
    };
    const finish = async () => {
      const claim = run.claim();
      if (claim !== undefined) await ledger.finishClaim(claim, run.owner);
      remember();
    };
    return { found, run, finish };
  };
  return { clock, ledger, memories, play };
};

type Played = Awaited<ReturnType<ReturnType<typeof setUp>["play"]>>;

/** What the messages will show, audience by audience, and what they count. */
const picks = ({ found }: Played) =>
  Object.fromEntries(
    [...found.picked].map(([name, { items, count }]) => [
      name,
      { titles: items.map(({ entry }) => entry.title), count },
    ]),
  );

describe("a scan", () => {
  test("claims what is new, counts it and keeps the newest that the audiences show", async () => {
    const { play } = setUp();
    const played = await play(entriesOf(20));
    expect(played.found.counts).toMatchObject({ entries: 20, new: 20, known: 0, rejected: 0 });
    const newest = entriesOf(20)
      .toSorted((x, y) => ((x.published ?? "") < (y.published ?? "") ? 1 : -1))
      .map(({ title }) => title);
    expect(picks(played)).toEqual({
      alerts: { titles: newest.slice(0, 7), count: 20 },
      digest: { titles: newest.slice(0, 5), count: 20 },
    });
  });

  test("of entries in the feed's memory touches neither their texts nor the ledger", async () => {
    const { ledger, play, memories } = setUp();
    await (await play(entriesOf(30))).finish();
    expect(memories.get("f")).toHaveLength(30 * 14);
    let reads = 0;
    Object.assign(ledger, {
      read: async () => {
        reads++;
        return new Map();
      },
    });
    const guarded = entriesOf(30).map((entry) =>
      Object.defineProperties(
        { ...entry },
        {
          content: {
            enumerable: true,
            get: () => {
              throw new Error("The content was read.");
            },
          },
          description: {
            enumerable: true,
            get: () => {
              throw new Error("The description was read.");
            },
          },
        },
      ),
    );
    const again = await play(guarded, { versionId: "2" });
    expect(again.found.counts).toMatchObject({ entries: 30, known: 30, new: 0 });
    expect(reads).toBe(0);
    expect(again.run.claim()).toBeUndefined();
  });

  test("where updates are followed tells the same entry with another text by the memory", async () => {
    const { play } = setUp({ ...small, feeds: { f: { updates: "resend" } } });
    const told = (text: string) => [entryOf(1, { content: `<p>${text}</p>` })];
    const first = "Two people were injured on the bridge on Monday, the police said.";
    await (await play(told(first))).finish();
    expect((await play(told(first), { versionId: "2" })).found.counts).toMatchObject({ known: 1 });
    const second = "Nine people were injured on the bridge; the mayor has closed it.";
    const revised = await play(told(second), { versionId: "3" });
    expect(revised.found.counts).toMatchObject({ new: 1 });
    expect(revised.found.picked.get("digest")?.items).toMatchObject([{ revised: true }]);
  });

  test("with a request to send again looks up what is in the memory", async () => {
    const { play } = setUp();
    await (await play(entriesOf(5))).finish();
    expect((await play(entriesOf(5), { resend: "request-1" })).found.counts).toMatchObject({ new: 5 });
  });

  test("rejects entries with nothing to send", async () => {
    const { play } = setUp();
    const blank: Entry = { title: "", dateSource: "missing", authors: [], categories: [] };
    expect(
      (await play([blank, entryOf(1), { ...blank, content: "<p> &nbsp; </p>" }])).found.counts,
    ).toMatchObject({
      entries: 3,
      new: 1,
      rejected: 2,
    });
  });

  test("that fails midway returns what it could read, with the reason", async () => {
    const { play } = setUp();
    const failure = new SnapshotError("too-many-entries", "151", "at most 150");
    const { found } = await play(entriesOf(150), { failure });
    expect(found).toMatchObject({
      state: "read",
      failure: { code: "too-many-entries" },
      counts: { new: 150 },
    });
  });

  test("that fails for a transient reason throws", async () => {
    const { play } = setUp();
    await expect(play(entriesOf(3), { failure: new Error("reset") })).rejects.toThrow("reset");
  });

  test("reports until when other runs hold entries", async () => {
    const { clock, play } = setUp();
    await play(entriesOf(3));
    const lease = clock.now() + 60_000;
    const { found } = await play(entriesOf(5), { versionId: "2" });
    expect(found).toMatchObject({ heldUntil: lease, counts: { held: 3, new: 2 } });
  });

  test("takes entries of one snapshot that share a link for several, however far apart they are", async () => {
    const { play } = setUp();
    const shared = (title: string): Entry => ({
      title,
      link: "https://x.example/",
      dateSource: "missing",
      authors: [],
      categories: [],
    });
    const { found } = await play([shared("One"), ...entriesOf(150), shared("Two")]);
    expect(found.counts).toMatchObject({ entries: 152, new: 152, known: 0 });
  });

  test("decides about a possible edit at the end of the snapshot", async () => {
    const { play } = setUp();
    const shared = (title: string): Entry => ({
      title,
      link: "https://x.example/",
      dateSource: "missing",
      authors: [],
      categories: [],
    });
    await (await play([shared("One")])).finish();
    const edited = await play([shared("Two")], { versionId: "2" });
    expect(edited.found.counts).toMatchObject({ new: 0, known: 1 });
    await edited.finish();
    const both = await play([shared("Three"), ...entriesOf(150), shared("Two")], { versionId: "3" });
    expect(both.found.counts).toMatchObject({ new: 151, known: 1 });
  });
});

test("an entry is no edit of one that the memory knows under another fingerprint in the same snapshot", async () => {
  const { play } = setUp();
  const undated = (link: string, title: string): Entry => ({
    title,
    link: `https://x.example/${link}`,
    dateSource: "missing",
    authors: [],
    categories: [],
  });
  await (await play([undated("old", "One")])).finish();
  // The first entry has moved and its new form is remembered; then its old link is used by another one.
  await (await play([{ ...undated("old", "One"), id: "g1" }], { versionId: "2" })).finish();
  await (await play([{ ...undated("new", "One"), id: "g1" }], { versionId: "3" })).finish();
  const reused = await play([{ ...undated("new", "One"), id: "g1" }, undated("old", "Two")], {
    versionId: "4",
  });
  expect(reused.found.counts).toMatchObject({ known: 1, new: 1 });
});

describe("a scan that runs out of time", () => {
  /** Known entries, possible edits, blank entries and new ones in one snapshot. */
  const mixed = (count: number): readonly Entry[] =>
    Array.from({ length: count }, (_, n): Entry => {
      if (n % 10 === 3) return { title: "", dateSource: "missing", authors: [], categories: [] };
      if (n % 10 === 7) return { ...entryOf(n), id: "", title: `Title ${n}, corrected` };
      return entryOf(n);
    });
  const knownBefore = (count: number) =>
    Array.from({ length: count }, (_, n) => entryOf(n)).filter((_, n) => n % 10 === 7 || n % 10 === 1);

  test("continues from its state and picks the same as one run, wherever it stops", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 260 }),
        fc.array(fc.nat(280), { minLength: 1, maxLength: 4 }),
        async (count, stops) => {
          const entries = mixed(count);
          const whole = setUp();
          await (await whole.play(knownBefore(count), { versionId: "0" })).finish();
          const expected = await whole.play(entries);

          const cut = setUp();
          await (await cut.play(knownBefore(count), { versionId: "0" })).finish();
          let played: Played | undefined;
          let continued: { claim: string; round: number } | undefined;
          for (const stop of [...stops.toSorted((x, y) => x - y), Infinity]) {
            const state =
              played?.found.state === "out of time"
                ? (JSON.parse(JSON.stringify(played.found.rest)) as RunState)
                : undefined;
            let deadline = Infinity;
            const clock = cut.clock;
            deadline = clock.now() + 1_000;
            played = await cut.play(entries, {
              deadline,
              ...(state && { state }),
              ...(continued && { continued }),
              onEntry: (at) => {
                if (at === stop) clock.advance(2_000);
              },
            });
            if (played.found.state !== "out of time") break;
            const claim = await played.run.acquireClaim();
            const round = played.run.round() + 1;
            await cut.ledger.handOnClaim(claim, { owner: played.run.owner, round, lease: played.run.lease });
            continued = { claim, round };
          }
          if (!played) throw new Error("Nothing was played.");
          expect(played.found.state).toBe("read");
          expect(played.found.counts).toEqual(expected.found.counts);
          expect(picks(played)).toEqual(picks(expected));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("still knows that other runs hold entries when it is continued", async () => {
    const { clock, ledger, play } = setUp();
    await play(entriesOf(3));
    const lease = clock.now() + 60_000;
    const first = await play(entriesOf(250), {
      versionId: "2",
      deadline: clock.now() + 1_000,
      onEntry: (at) => {
        if (at === 200) clock.advance(2_000);
      },
    });
    if (first.found.state !== "out of time") throw new Error("It was in time.");
    const claim = await first.run.acquireClaim();
    await ledger.handOnClaim(claim, { owner: first.run.owner, round: 1, lease });
    const { found } = await play(entriesOf(250), {
      versionId: "2",
      state: first.found.rest,
      continued: { claim, round: 1 },
    });
    expect(found).toMatchObject({ state: "read", heldUntil: lease, counts: { held: 3, new: 247 } });
  });

  test("leaves a small state after any number of entries", async () => {
    const { clock, play } = setUp();
    const heavy = entriesOf(300).map((entry) => ({
      ...entry,
      content: `<p>${"A long text. ".repeat(4_000)}</p>`,
    }));
    const { found } = await play(heavy, {
      deadline: clock.now() + 1_000,
      onEntry: (at) => {
        if (at === 250) clock.advance(2_000);
      },
    });
    if (found.state !== "out of time") throw new Error("It was in time.");
    expect(found.rest.counts.entries).toBe(200);
    expect(JSON.stringify(found.rest).length).toBeLessThan(400_000);
  });
});
