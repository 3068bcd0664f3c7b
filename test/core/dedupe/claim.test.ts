import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { settle, type Run, type Settled } from "../../../functions/core/dedupe/claim.ts";
import { identify } from "../../../functions/core/dedupe/identity.ts";
import type { Entry } from "../../../functions/core/feed/entry.ts";
import type { Clock, Ledger } from "../../../functions/core/ports.ts";
import { memoryLedger } from "../../../functions/memory/ledger.ts";
import { scheduled } from "../../support/contracts/scheduled.ts";
import { fakeClock } from "../../support/contracts/ledger.ts";

const minute = 60_000;
const audiences = ["alerts", "digest"];

const entry = (fields: Partial<Entry>): Entry => ({
  title: "",
  dateSource: "missing",
  authors: [],
  categories: [],
  ...fields,
});

const startRun = (ledger: Ledger, clock: Clock, claim: string, snapshot = claim): Run => ({
  claim,
  snapshot,
  audiences: new Set(audiences),
  memory: 60 * 86_400,
  now: clock.now,
  hold: async () => {
    await ledger.hold(claim, 0, claim, clock.now() + minute);
  },
});

const claimAll = (ledger: Ledger, run: Run, entries: readonly Entry[], due = audiences, text?: string) =>
  settle(
    entries.map((entry, at) => ({
      identity: identify("f", entry),
      at,
      due: () => due,
      ...(text !== undefined && { text: () => text }),
    })),
    ledger,
    run,
  );

const states = (settled: readonly Settled[]) => settled.map(({ state }) => state);

const finish = async (ledger: Ledger, settled: readonly Settled[]) => {
  for (const outcome of settled)
    if (outcome.state === "open")
      for (const audience of outcome.audiences) await ledger.sent([outcome.item.key], audience);
};

/** Sends everything in one go; how many entries went out. */
async function send(ledger: Ledger, clock: Clock, claim: string, entries: readonly Entry[]): Promise<number> {
  const settled = await claimAll(ledger, startRun(ledger, clock, claim), entries);
  await finish(ledger, settled);
  return settled.filter(({ state }) => state === "open").length;
}

const a = entry({ id: "a", link: "https://x.example/a", title: "A" });
const b = entry({ id: "b", link: "https://x.example/b", title: "B" });

describe("claiming", () => {
  test("new entries are open to all audiences, sent ones are known", async () => {
    const clock = fakeClock();
    const ledger = memoryLedger(clock);
    expect(await send(ledger, clock, "1", [a, b])).toBe(2);
    expect(states(await claimAll(ledger, startRun(ledger, clock, "2"), [b, a]))).toEqual(["known", "known"]);
  });

  test("an entry that no audience wants is done at once", async () => {
    const clock = fakeClock();
    const ledger = memoryLedger(clock);
    expect(states(await claimAll(ledger, startRun(ledger, clock, "1"), [a], []))).toEqual(["known"]);
    expect(states(await claimAll(ledger, startRun(ledger, clock, "2"), [a]))).toEqual(["known"]);
  });

  test("an audience that is added later starts with what comes after it", async () => {
    const clock = fakeClock();
    const ledger = memoryLedger(clock);
    await finish(ledger, await claimAll(ledger, startRun(ledger, clock, "1"), [a], ["alerts"]));
    expect(states(await claimAll(ledger, startRun(ledger, clock, "2"), [a], audiences))).toEqual(["known"]);
  });

  test("an entry that waits for an audience that is gone waits for nothing", async () => {
    const clock = fakeClock();
    const ledger = memoryLedger(clock);
    const [first] = await claimAll(ledger, startRun(ledger, clock, "1"), [a], ["alerts", "gone"]);
    await ledger.sent([first?.item.key ?? ""], "alerts");
    await ledger.release("1", "1");
    expect(states(await claimAll(ledger, startRun(ledger, clock, "2"), [a]))).toEqual(["known"]);
  });

  test("a live claim is neither new nor done, and is taken over when its lease is over, for the audiences still missing", async () => {
    const clock = fakeClock();
    const ledger = memoryLedger(clock);
    const [first] = await claimAll(ledger, startRun(ledger, clock, "1"), [a]);
    await ledger.sent([first?.item.key ?? ""], "alerts");
    const [held] = await claimAll(ledger, startRun(ledger, clock, "2"), [a]);
    expect(held).toMatchObject({ state: "held", until: clock.now() + minute });
    clock.advance(minute);
    const [taken] = await claimAll(ledger, startRun(ledger, clock, "3"), [a]);
    expect(taken).toMatchObject({ state: "open", audiences: ["digest"] });
    expect(await ledger.hold("1", 1, "1", clock.now() + minute)).toBe(false);
  });

  test("a claim that is released is free at once", async () => {
    const clock = fakeClock();
    const ledger = memoryLedger(clock);
    await claimAll(ledger, startRun(ledger, clock, "1"), [a]);
    await ledger.release("1", "1");
    expect(states(await claimAll(ledger, startRun(ledger, clock, "2"), [a]))).toEqual(["open"]);
  });

  test("what a closing message counted is sent, what came under the claim later is not", async () => {
    const clock = fakeClock();
    const ledger = memoryLedger(clock);
    await claimAll(ledger, startRun(ledger, clock, "1"), [a]);
    await ledger.counted("1", "alerts");
    await ledger.release("1", "1");
    const [taken] = await claimAll(ledger, startRun(ledger, clock, "2"), [a]);
    expect(taken).toMatchObject({ state: "open", audiences: ["digest"] });
    await ledger.counted("2", "digest");
    expect(states(await claimAll(ledger, startRun(ledger, clock, "3"), [a]))).toEqual(["known"]);
  });

  test("a run that goes on finds its own entries open, and an entry that stands twice in the snapshot once", async () => {
    const clock = fakeClock();
    const ledger = memoryLedger(clock);
    const run = startRun(ledger, clock, "1");
    const first = states(await claimAll(ledger, run, [a, b, a]));
    expect(first.filter((state) => state === "open")).toHaveLength(2);
    expect(states(await claimAll(ledger, run, [a, b, a])).toSorted()).toEqual(first.toSorted());
  });

  test("entries of one snapshot that share a link and have no ids are several", async () => {
    const clock = fakeClock();
    const ledger = memoryLedger(clock);
    const shared = ["A", "B", "C"].map((title) => entry({ link: "https://x.example/", title }));
    expect(await send(ledger, clock, "1", shared)).toBe(3);
    expect(await send(ledger, clock, "2", shared)).toBe(0);
    const next = [entry({ link: "https://x.example/", title: "D" }), ...shared];
    expect(await send(ledger, clock, "3", next)).toBe(1);
    expect(await send(ledger, clock, "4", next.toReversed())).toBe(0);
  });

  test("edits are followed, one after the other", async () => {
    const clock = fakeClock();
    const ledger = memoryLedger(clock);
    const forms = [
      a,
      { ...a, title: "A, corrected" },
      { ...a, title: "A, corrected", link: "https://x.example/a-corrected" },
      { ...a, title: "A, corrected again", link: "https://x.example/a-corrected" },
      entry({ link: "https://x.example/a-corrected", title: "A, corrected again" }),
      a,
    ];
    const sent: number[] = [];
    for (const [i, form] of forms.entries()) sent.push(await send(ledger, clock, String(i), [form]));
    expect(sent).toEqual([1, 0, 0, 0, 0, 0]);
  });

  test("an entry that its feed still shows is never forgotten, one that it dropped is, in the end", async () => {
    const clock = fakeClock();
    const ledger = memoryLedger(clock);
    expect(await send(ledger, clock, "0", [a, b])).toBe(2);
    for (let day = 1; day <= 365; day++) {
      clock.advance(86_400_000);
      expect(await send(ledger, clock, `d${day}`, [a])).toBe(0);
      expect(await send(ledger, clock, `e${day}`, [entry({ link: "https://x.example/a", title: "A" })])).toBe(
        0,
      );
    }
    expect(ledger.size()).toBe(2);
    expect(await send(ledger, clock, "last", [b])).toBe(1);
  });

  test("a changed text is sent again where its feed follows updates", async () => {
    const clock = fakeClock();
    const ledger = memoryLedger(clock);
    await finish(ledger, await claimAll(ledger, startRun(ledger, clock, "1"), [a], audiences, "one"));
    expect(states(await claimAll(ledger, startRun(ledger, clock, "2"), [a], audiences, "one"))).toEqual([
      "known",
    ]);
    const [again] = await claimAll(ledger, startRun(ledger, clock, "3"), [a], audiences, "two");
    expect(again).toMatchObject({ state: "open", audiences, revised: true });
    await finish(
      ledger,
      [again].filter((outcome) => outcome !== undefined),
    );
    expect(states(await claimAll(ledger, startRun(ledger, clock, "4"), [a], audiences, "two"))).toEqual([
      "known",
    ]);
  });

  test("a text that was not followed before is only remembered", async () => {
    const clock = fakeClock();
    const ledger = memoryLedger(clock);
    await send(ledger, clock, "1", [a]);
    expect(states(await claimAll(ledger, startRun(ledger, clock, "2"), [a], audiences, "one"))).toEqual([
      "known",
    ]);
    expect(states(await claimAll(ledger, startRun(ledger, clock, "3"), [a], audiences, "two"))).toEqual([
      "open",
    ]);
  });
});

test("what was sent is sent once more for each request to resend", async () => {
  const clock = fakeClock();
  const ledger = memoryLedger(clock);
  await send(ledger, clock, "1", [a, b]);
  const request = { ...startRun(ledger, clock, "2"), resend: "request-1" };
  const again = await claimAll(ledger, request, [a, b]);
  expect(states(again)).toEqual(["open", "open"]);
  await finish(ledger, again);
  const repeated = { ...startRun(ledger, clock, "3"), resend: "request-1" };
  expect(states(await claimAll(ledger, repeated, [a, b]))).toEqual(["known", "known"]);
});

test("runs that meet claim each entry once, in whatever order the ledger answers and however its renderings differ", async () => {
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
      fc.scheduler(),
      async (snapshots, scheduler) => {
        // A reading in which all forms are the same entry needs the whole one to be known: it is sent first.
        const clock = fakeClock();
        const ledger = memoryLedger(clock);
        const everyone = [...new Set(snapshots.flat().map(({ entry }) => entry))];
        const isKnown = everyone.length % 2 === 0;
        if (isKnown)
          await send(
            ledger,
            clock,
            "before",
            everyone.map((n) => render({ entry: n, form: "whole" })),
          );
        const slow = scheduled(ledger, scheduler);
        const runs = snapshots.map((snapshot, i) =>
          claimAll(
            slow,
            startRun(slow, clock, `run-${i}`),
            snapshot.map((one) =>
              isKnown ? render(one) : render({ ...one, form: one.form === "no id" ? "no id" : "whole" }),
            ),
          ),
        );
        await scheduler.waitFor(Promise.all(runs));
        const open = (await Promise.all(runs)).flatMap((settled, i) =>
          settled.flatMap(({ state }, j) => (state === "open" ? [snapshots[i]?.[j]?.entry] : [])),
        );
        expect(open.toSorted((a, b) => Number(a) - Number(b))).toEqual(
          isKnown ? [] : everyone.toSorted((a, b) => a - b),
        );
      },
    ),
    { numRuns: 300 },
  );
});
