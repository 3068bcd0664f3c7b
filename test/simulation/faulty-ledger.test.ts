import { describe, expect, test } from "vitest";
import type { Ledger } from "../../functions/core/ports.ts";
import { startSystem } from "../support/fake-system.ts";
import { chance } from "./random.ts";

/** An entry as its feed shows it. */
interface Item {
  readonly id?: string;
  readonly link: string;
  readonly title: string;
  readonly date?: number;
}

/** Ways in which feeds name their entries; `poll` counts the snapshots. */
const feeds: Readonly<Record<string, (n: number, poll: number) => Item>> = {
  "ids of their own": (n) => ({ id: `g${n}`, link: `l${n}`, title: `T${n}`, date: n }),
  "another id at each poll": (n, poll) => ({ id: `${n}-${poll}`, link: `l${n}`, title: `T${n}`, date: n }),
  "one id for all": (n) => ({ id: "x", link: `l${n}`, title: `T${n}`, date: n }),
  "no ids": (n) => ({ link: `l${n}`, title: `T${n}`, date: n }),
  "one link for all, without ids and dates": (n) => ({ link: "live", title: `T${n}` }),
};

const rss = (items: readonly Item[]): string =>
  `<rss version="2.0"><channel><title>F</title>${items
    .map(
      ({ id, link, title, date }) =>
        `<item>${id === undefined ? "" : `<guid isPermaLink="false">${id}</guid>`}<title>${title}</title><link>https://x.example/${link}</link>${date === undefined ? "" : `<pubDate>${new Date(Date.UTC(2026, 1, 1) + date * 60_000).toUTCString()}</pubDate>`}</item>`,
    )
    .join("")}</channel></rss>`;

/** Writes that the SDK repeats when their answer is lost, and that then are refused because of themselves. */
const conditional: readonly string[] = [
  "create",
  "take",
  "reopen",
  "giveWay",
  "setPace",
] satisfies (keyof Ledger)[];

/** Where these fail, something that was published is repeated, as the promise says. */
const afterPublish: readonly string[] = ["sent", "counted", "setPace"] satisfies (keyof Ledger)[];

/** What each reader gets of some polls of a feed, each run again until it is done. */
async function play(name: (n: number, poll: number) => Item, seed: number, isFaulty: boolean) {
  const system = startSystem();
  const shape = chance(seed);
  const luck = chance(seed + 1_000_000);
  let isCalm = true;
  let isDead = false;
  const ledger = new Proxy(system.ledger, {
    get: (target, method: keyof Ledger) => {
      const call = target[method] as (...given: unknown[]) => Promise<unknown>;
      return async (...given: unknown[]) => {
        const fails = !isCalm && !afterPublish.includes(method) && luck.is(0.05);
        // Half of them are the end of the process, the others of one call.
        isDead ||= fails && luck.is(0.5);
        if (fails || isDead) throw new Error(`${method} fails`);
        const answer = await call(...given);
        return !isCalm && conditional.includes(method) && luck.is(0.2) ? false : answer;
      };
    },
  });
  let unfinished = 0;
  let count = 0;
  let shown: readonly number[] = [];
  for (let poll = 0; poll < 5; poll++) {
    const added = Array.from({ length: 1 + shape.below(3) }, () => ++count);
    shown = [...added.toReversed(), ...shown].slice(0, 6);
    const version = system.upload("snapshots/f/a.xml", rss(shown.map((n) => name(n, poll))));
    let state = "";
    for (let run = 0; run < 12 && state !== "done"; run++) {
      isCalm = !isFaulty || run > 4;
      isDead = false;
      system.answer(() =>
        !isCalm && luck.is(0.4) ? { outcome: "failed", why: "x" } : { outcome: "accepted" },
      );
      state = await system.run(version, {}, { ...system.ports, ledger }).then(
        (outcome) => outcome.state,
        () => "failed",
      );
      // Longer than any lease, so that what has died is taken over.
      system.clock.advance(300_000);
    }
    if (state !== "done") unfinished++;
  }
  const told = system.published.filter(({ audience }) => audience === "alerts").map(({ subject }) => subject);
  return { told: told.toSorted(), unfinished };
}

describe.each(Object.entries(feeds))("entries with %s", (_, name) => {
  test("reach their readers as if nothing had failed, whatever ledger call fails or loses its answer", async () => {
    for (let seed = 1; seed <= Number(process.env["SEEDS"] ?? 60); seed++) {
      const calm = await play(name, seed, false);
      expect(calm.unfinished).toBe(0);
      expect(await play(name, seed, true), `seed ${seed}`).toEqual(calm);
    }
  });
});
