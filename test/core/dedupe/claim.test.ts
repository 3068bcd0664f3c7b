import * as fc from "../../support/properties.ts";
import { describe, expect, test } from "vitest";
import type { ClaimResult, RunIdentity } from "../../../functions/core/dedupe/candidate.ts";
import { claimBatch } from "../../../functions/core/dedupe/claim.ts";
import { identify } from "../../../functions/core/dedupe/identity.ts";
import type { EditPolicy } from "../../../functions/core/dedupe/look-up.ts";
import type { Entry } from "../../../functions/core/feed/entry.ts";
import type { ClaimLedger, EntryLedger } from "../../../functions/core/ports.ts";
import { memoryLedger } from "../../../functions/memory/ledger.ts";
import { scheduled } from "../../support/contracts/scheduled.ts";
import { fakeClock } from "../../support/fake-clock.ts";

const minute = 60_000;
const day = 86_400_000;
const audiences = ["alerts", "digest"];

type Ledger = EntryLedger & ClaimLedger;

const entry = (fields: Partial<Entry>): Entry => ({
  title: "",
  dateSource: "missing",
  authors: [],
  categories: [],
  ...fields,
});

const setUp = () => {
  const clock = fakeClock();
  const ledger = memoryLedger(clock);
  /** A run of a snapshot of its own. */
  const startRun = (id: string, options: Partial<RunIdentity> = {}, over: Ledger = ledger): RunIdentity => {
    let claim: string | undefined;
    return {
      snapshot: id,
      ttl: 60 * 86_400,
      now: clock.now,
      claim: () => claim,
      acquireClaim: async () => {
        await over.acquireClaim(id, { owner: id, round: 0, lease: clock.now() + minute });
        return (claim = id);
      },
      ...options,
    };
  };
  const claimAll = (
    run: RunIdentity,
    entries: readonly Entry[],
    {
      due = audiences,
      text,
      over = ledger,
      edits = "match",
    }: { due?: readonly string[]; text?: string; over?: Ledger; edits?: EditPolicy } = {},
  ): Promise<readonly ClaimResult[]> =>
    claimBatch(
      entries.map((one, at) => ({
        identity: identify("f", one),
        at,
        due: () => due,
        ...(text !== undefined && { text: () => text }),
      })),
      over,
      run,
      { snapshot: run.snapshot, present: new Set(), edits },
    );
  const finish = async (id: string) => {
    await ledger.sealClaim(id, id, "plan");
    await ledger.finishClaim(id, id);
  };
  /** Claims and finishes in one go; how many entries were new. */
  const send = async (
    id: string,
    entries: readonly Entry[],
    options: Parameters<typeof claimAll>[2] = {},
  ) => {
    const results = await claimAll(startRun(id), entries, options);
    await finish(id);
    return results.filter(({ state }) => state === "claimed").length;
  };
  return { clock, ledger, startRun, claimAll, finish, send };
};

const states = (results: readonly ClaimResult[]) => results.map(({ state }) => state);

const a = entry({ id: "a", link: "https://x.example/a", title: "A" });
const b = entry({ id: "b", link: "https://x.example/b", title: "B" });

describe("claiming", () => {
  test("makes new entries the run's, for the audiences that they are due to", async () => {
    const { startRun, claimAll } = setUp();
    expect(await claimAll(startRun("1"), [a, b])).toMatchObject([
      { state: "claimed", audiences, revised: false },
      { state: "claimed", audiences, revised: false },
    ]);
  });

  test("acquires the claim before the first new entry and not for known ones", async () => {
    const { startRun, claimAll, send } = setUp();
    await send("1", [a]);
    const run = startRun("2");
    await claimAll(run, [a]);
    expect(run.claim()).toBeUndefined();
    await claimAll(run, [b]);
    expect(run.claim()).toBe("2");
  });

  test("knows the entries of a finished claim as done, those of a sealed one as not done yet", async () => {
    const { ledger, startRun, claimAll, finish } = setUp();
    await claimAll(startRun("1"), [a]);
    await ledger.sealClaim("1", "1", "plan");
    expect(await claimAll(startRun("2"), [a])).toMatchObject([{ state: "known", done: false }]);
    await finish("1");
    expect(await claimAll(startRun("3"), [a])).toMatchObject([{ state: "known", done: true }]);
  });

  test("knows the entries of a claim that has expired from the ledger", async () => {
    const { startRun, claimAll, send, ledger } = setUp();
    await send("1", [a]);
    const expired: Ledger = { ...ledger, claims: async () => new Map() };
    expect(await claimAll(startRun("2"), [a], { over: expired })).toMatchObject([
      { state: "known", done: true },
    ]);
  });

  test("holds an entry of an open claim until its lease is over, then takes it over and ends the claim", async () => {
    const { clock, ledger, startRun, claimAll } = setUp();
    await claimAll(startRun("1"), [a]);
    const lease = clock.now() + minute;
    expect(await claimAll(startRun("2"), [a])).toMatchObject([{ state: "held", until: lease }]);
    clock.advance(minute);
    expect(await claimAll(startRun("3"), [a])).toMatchObject([
      { state: "claimed", audiences, revised: false },
    ]);
    expect(await ledger.sealClaim("1", "1", "late plan")).toBe(false);
    expect((await ledger.claims(["1"])).get("1")).toMatchObject({ state: "ended" });
  });

  test("takes over the entries of a claim with one write to the claim", async () => {
    const { clock, ledger, startRun, claimAll } = setUp();
    await claimAll(startRun("1"), [a, b]);
    clock.advance(minute);
    let ends = 0;
    const counting: Ledger = {
      ...ledger,
      endClaim: (id, lease) => {
        ends++;
        return ledger.endClaim(id, lease);
      },
    };
    expect(states(await claimAll(startRun("2"), [a, b], { over: counting }))).toEqual(["claimed", "claimed"]);
    expect(ends).toBe(1);
  });

  test("takes over at once what was released", async () => {
    const { ledger, startRun, claimAll } = setUp();
    await claimAll(startRun("1"), [a]);
    await ledger.releaseClaim("1", "1");
    expect(states(await claimAll(startRun("2"), [a]))).toEqual(["claimed"]);
  });

  test("takes nothing over that is sealed while it looks", async () => {
    const { clock, ledger, startRun, claimAll } = setUp();
    await claimAll(startRun("1"), [a]);
    clock.advance(minute);
    const overtaken: Ledger = {
      ...ledger,
      endClaim: async (id, lease) => {
        await ledger.sealClaim("1", "1", "plan");
        return ledger.endClaim(id, lease);
      },
    };
    expect(await claimAll(startRun("2"), [a], { over: overtaken })).toMatchObject([
      { state: "known", done: false },
    ]);
  });

  test("looks again where another run took the entry over first, and leaves it to that run", async () => {
    const { clock, ledger, startRun, claimAll } = setUp();
    await claimAll(startRun("1"), [a]);
    clock.advance(minute);
    let winner: readonly ClaimResult[] = [];
    const overtaken: Ledger = {
      ...ledger,
      takeOver: async (from, to) => {
        winner = await claimAll(startRun("3"), [a]);
        return ledger.takeOver(from, to);
      },
    };
    expect(states(await claimAll(startRun("2"), [a], { over: overtaken }))).toEqual(["held"]);
    expect(states(winner)).toEqual(["claimed"]);
  });

  test("finds its own entries again, and an entry that appears twice in a snapshot once", async () => {
    const { startRun, claimAll } = setUp();
    const run = startRun("1");
    const first = states(await claimAll(run, [a, b, a]));
    expect(first.filter((state) => state === "claimed")).toHaveLength(2);
    expect(states(await claimAll(run, [a, b, a])).toSorted()).toEqual(first.toSorted());
  });

  test("counts its own write as its own when its answer was lost", async () => {
    const { ledger, startRun, claimAll } = setUp();
    const lossy: Ledger = {
      ...ledger,
      create: async (item) => {
        await ledger.create(item);
        return ledger.create(item);
      },
    };
    expect(states(await claimAll(startRun("1"), [a, b], { over: lossy }))).toEqual(["claimed", "claimed"]);
  });

  test.each(["takeOver", "endClaim"] as const)(
    "counts its own %s as its own when its answer was lost",
    async (method) => {
      const { clock, ledger, startRun, claimAll } = setUp();
      await claimAll(startRun("1"), [a]);
      clock.advance(minute);
      const lossy: Ledger = {
        ...ledger,
        [method]: async (...given: never[]) => {
          await Reflect.apply(ledger[method], ledger, given);
          return false;
        },
      };
      expect(states(await claimAll(startRun("2"), [a], { over: lossy }))).toEqual(["claimed"]);
    },
  );

  test("reports an entry as held where it loses every race", async () => {
    const { ledger, startRun, claimAll } = setUp();
    const contended: Ledger = { ...ledger, create: async () => false, read: async () => new Map() };
    expect(states(await claimAll(startRun("1"), [a], { over: contended }))).toEqual(["held"]);
  });

  test("of an entry that no audience wants is a claim without audiences", async () => {
    const { startRun, claimAll, finish } = setUp();
    expect(await claimAll(startRun("1"), [a], { due: [] })).toMatchObject([
      { state: "claimed", audiences: [] },
    ]);
    await finish("1");
    expect(states(await claimAll(startRun("2"), [a]))).toEqual(["known"]);
  });
});

describe("identity in the ledger", () => {
  test("entries of one snapshot that share a link and have no ids are several", async () => {
    const { send } = setUp();
    const shared = ["A", "B", "C"].map((title) => entry({ link: "https://x.example/", title }));
    expect(await send("1", shared)).toBe(3);
    expect(await send("2", shared)).toBe(0);
    const next = [entry({ link: "https://x.example/", title: "D" }), ...shared];
    expect(await send("3", next)).toBe(1);
    expect(await send("4", next.toReversed())).toBe(0);
  });

  test("edits are followed, one after the other", async () => {
    const { send } = setUp();
    const forms = [
      a,
      { ...a, title: "A, corrected" },
      { ...a, title: "A, corrected", link: "https://x.example/a-corrected" },
      { ...a, title: "A, corrected again", link: "https://x.example/a-corrected" },
      entry({ link: "https://x.example/a-corrected", title: "A, corrected again" }),
      a,
    ];
    const sent: number[] = [];
    for (const [i, form] of forms.entries()) sent.push(await send(String(i), [form]));
    expect(sent).toEqual([1, 0, 0, 0, 0, 0]);
  });

  test("an entry that may be an edit waits where edits are deferred, and is new where they are ignored", async () => {
    const { startRun, claimAll, send } = setUp();
    const first = entry({ link: "https://x.example/a", title: "One" });
    await send("1", [first]);
    const edited = entry({ link: "https://x.example/a", title: "Two" });
    expect(states(await claimAll(startRun("2"), [edited], { edits: "defer" }))).toEqual(["undecided"]);
    expect(states(await claimAll(startRun("3"), [edited], { edits: "ignore" }))).toEqual(["claimed"]);
  });

  test("an entry that its feed still shows is never forgotten, one that it dropped is in the end", async () => {
    const { clock, ledger, send } = setUp();
    expect(await send("0", [a, b])).toBe(2);
    for (let n = 1; n <= 365; n++) {
      clock.advance(day);
      expect(await send(`d${n}`, [a])).toBe(0);
      expect(await send(`e${n}`, [entry({ link: "https://x.example/a", title: "A" })])).toBe(0);
    }
    expect(ledger.size()).toBe(2);
    expect(await send("last", [b])).toBe(1);
  });

  test("an entry is remembered by fingerprints that only one of its renderings has", async () => {
    const { clock, send } = setUp();
    const { link: _, ...withoutLink } = a;
    const page = entry({ ...(a.link !== undefined && { link: a.link }), title: "A on its own page" });
    expect(await send("1", [a])).toBe(1);
    expect(await send("2", [page])).toBe(0);
    clock.advance(30 * day);
    // Renews the entry, but not what only the other rendering has.
    expect(await send("3", [withoutLink])).toBe(0);
    clock.advance(20 * day);
    expect(await send("4", [page])).toBe(0);
    clock.advance(30 * day);
    expect(await send("5", [page])).toBe(0);
  });

  test("a text that was claimed is no change, after more texts than are kept and after a take-over", async () => {
    const { clock, startRun, claimAll, send } = setUp();
    for (let n = 0; n < 12; n++) expect(await send(`${n}`, [a], { text: `text ${n}` })).toBe(1);
    expect(await send("again", [a], { text: "text 11" })).toBe(0);

    await claimAll(startRun("dies"), [b], { text: "first" });
    clock.advance(2 * minute);
    expect(await send("takes over", [b], { text: "second" })).toBe(1);
    expect(await send("later", [b], { text: "second" })).toBe(0);
  });

  test("a changed text is claimed again where its feed follows updates, and is marked as revised", async () => {
    const { startRun, claimAll, finish, send } = setUp();
    await send("1", [a], { text: "one" });
    expect(states(await claimAll(startRun("2"), [a], { text: "one" }))).toEqual(["known"]);
    expect(await claimAll(startRun("3"), [a], { text: "two" })).toMatchObject([
      { state: "claimed", revised: true },
    ]);
    await finish("3");
    expect(states(await claimAll(startRun("4"), [a], { text: "two" }))).toEqual(["known"]);
    expect(states(await claimAll(startRun("5"), [a], { text: "one" }))).toEqual(["known"]);
  });

  test("a text that was not followed before is only remembered", async () => {
    const { startRun, claimAll, send } = setUp();
    await send("1", [a]);
    expect(states(await claimAll(startRun("2"), [a], { text: "one" }))).toEqual(["known"]);
    expect(states(await claimAll(startRun("3"), [a], { text: "two" }))).toEqual(["claimed"]);
  });

  test.each([
    ["an earlier version of the key", { key: "k", sequencer: "0055AED6DCD90281E5" }, "known"],
    ["the same version with a shorter sequencer", { key: "k", sequencer: "0055AED6DCD90281E5F" }, "claimed"],
    ["a later version of the key", { key: "k", sequencer: "0055AED6DCD90281E6" }, "claimed"],
    ["an earlier version with a shorter sequencer", { key: "k", sequencer: "0055AED6DCD90281E5E" }, "known"],
    ["a later version with a longer sequencer", { key: "k", sequencer: "0055AED6DCD90281E5F01" }, "claimed"],
    ["another key", { key: "other", sequencer: "00" }, "claimed"],
  ])("a new text in %s", async (_, order, state) => {
    const { startRun, claimAll, finish } = setUp();
    const later = { key: "k", sequencer: "0055AED6DCD90281E5F0" };
    await claimAll(startRun("1", { order: later }), [a], { text: "one" });
    await finish("1");
    expect(states(await claimAll(startRun("2", { order }), [a], { text: "two" }))).toEqual([state]);
  });

  test("an update whose run died is left to its own version by an earlier one", async () => {
    const { clock, startRun, claimAll, finish } = setUp();
    const [earlier, later] = ["01", "02"].map((sequencer) => ({ order: { key: "k", sequencer } }));
    await claimAll(startRun("1", earlier), [a], { text: "one" });
    await finish("1");
    await claimAll(startRun("2", later), [a], { text: "two" });
    expect(await claimAll(startRun("3", earlier), [a], { text: "one" })).toMatchObject([
      { state: "known", done: false },
    ]);
    clock.advance(minute);
    expect(states(await claimAll(startRun("4", earlier), [a], { text: "one" }))).toEqual(["known"]);
    expect(await claimAll(startRun("5", later), [a], { text: "two" })).toMatchObject([
      { state: "claimed", revised: true },
    ]);
  });

  test("what was sent is sent once more for each request to resend", async () => {
    const { startRun, claimAll, finish, send } = setUp();
    await send("1", [a, b]);
    expect(states(await claimAll(startRun("2", { resend: "request-1" }), [a, b]))).toEqual([
      "claimed",
      "claimed",
    ]);
    await finish("2");
    expect(states(await claimAll(startRun("3", { resend: "request-1" }), [a, b]))).toEqual([
      "known",
      "known",
    ]);
    expect(states(await claimAll(startRun("4", { resend: "request-2" }), [a, b]))).toEqual([
      "claimed",
      "claimed",
    ]);
  });
});

test("runs that meet claim each entry once, for any order of the ledger's answers and any renderings", async () => {
  const rendering = fc.record({
    entry: fc.integer({ min: 0, max: 5 }),
    form: fc.constantFrom("whole", "no id", "other id", "edited title", "edited link"),
  });
  const render = ({ entry: n, form }: { entry: number; form: string }): Entry =>
    entry({
      ...(form !== "no id" && { id: form === "other id" ? `other-${n}` : `id-${n}` }),
      link: `https://x.example/${n}${form === "edited link" ? "-edited" : ""}`,
      title: `Title ${n}${form === "edited title" ? " edited" : ""}`,
    });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uniqueArray(rendering, { selector: ({ entry }) => entry, minLength: 1, maxLength: 5 }), {
        minLength: 2,
        maxLength: 4,
      }),
      fc.boolean(),
      fc.scheduler(),
      async (snapshots, isKnown, scheduler) => {
        // A reading in which all forms are the same entry needs the whole one to be known: it is sent first.
        const { ledger, startRun, claimAll, send } = setUp();
        const everyone = [...new Set(snapshots.flat().map(({ entry }) => entry))];
        if (isKnown)
          await send(
            "before",
            everyone.map((n) => render({ entry: n, form: "whole" })),
          );
        const slow = scheduled<Ledger>(ledger, scheduler);
        const runs = snapshots.map((snapshot, i) =>
          claimAll(
            startRun(`run-${i}`, {}, slow),
            snapshot.map((one) =>
              isKnown ? render(one) : render({ ...one, form: one.form === "no id" ? "no id" : "whole" }),
            ),
            { over: slow },
          ),
        );
        await scheduler.waitFor(Promise.all(runs));
        const claimed = (await Promise.all(runs)).flatMap((results, i) =>
          results.flatMap(({ state }, j) => (state === "claimed" ? [snapshots[i]?.[j]?.entry] : [])),
        );
        expect(claimed.toSorted((x, y) => Number(x) - Number(y))).toEqual(
          isKnown ? [] : everyone.toSorted((x, y) => x - y),
        );
      },
    ),
    { numRuns: 300 },
  );
});
