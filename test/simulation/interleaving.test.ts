import fc from "fast-check";
import { expect, test } from "vitest";
import { compare, identify, type Identity } from "../../functions/core/dedupe/identity.ts";
import { parseSnapshot } from "../../functions/core/feed/parse.ts";
import type { LedgerItem, Ports, SnapshotVersion } from "../../functions/core/ports.ts";
import { scheduled } from "../support/contracts/scheduled.ts";
import { startSystem } from "../support/fake-system.ts";
import { marks } from "./feeds.ts";
import { render, type Shown } from "./rendering.ts";

/** One of eight entries in one of the forms that a feed may show it in. */
interface Form {
  readonly entry: number;
  readonly form: (typeof forms)[number];
}

const forms = [
  "whole",
  "other id",
  "no id",
  "permalink",
  "no link",
  "edited title",
  "edited link",
  "tracked",
] as const;

function show({ entry, form }: Form): Shown {
  const whole: Shown = {
    id: `id-${entry}`,
    link: `https://feed1.example/${entry}`,
    title: `Case feed1-${entry} as it was told`,
    date: Date.UTC(2026, 1, 1) + entry * 60_000,
    text: `What happened in this case, number ${entry}, is told here at some length.`,
  };
  const { id: _, ...anonymous } = whole;
  const { link: __, ...unlinked } = whole;
  const shown: Readonly<Record<Form["form"], Shown>> = {
    whole,
    "other id": { ...whole, id: `other-${entry}` },
    "no id": anonymous,
    permalink: { ...whole, id: `https://feed1.example/${entry}` },
    "no link": unlinked,
    "edited title": { ...whole, title: `${whole.title}, second edition` },
    "edited link": { ...whole, link: `https://feed1.example/${entry}-moved` },
    tracked: { ...whole, link: `https://feed1.example/${entry}?utm_source=feed` },
  };
  return shown[form];
}

const identityOf = async (form: Form): Promise<Identity> => {
  const { entries } = await parseSnapshot(Buffer.from(render("rss", "feed1", [show(form)], undefined)));
  const [entry] = entries;
  if (!entry) throw new Error("The form can't be read.");
  return identify("feed1", entry);
};

const itemOf = (identity: Identity): LedgerItem => ({
  key: identity.slots[0],
  ...(identity.id !== undefined && { id: identity.id }),
  links: identity.link === undefined ? [] : [identity.link],
  titles: identity.title === undefined ? [] : [identity.title],
  ...(identity.date !== undefined && { date: identity.date }),
  texts: [],
  snapshot: "another",
  at: 0,
  claim: "c",
  due: [],
  sent: [],
  expires: 0,
});

/** Every two forms in which an entry is shown are the same to the rule: whichever comes first, the other is recognised. */
async function isUnambiguous(all: readonly Form[]): Promise<boolean> {
  const identities = await Promise.all(all.map(identityOf));
  return all.every((a, i) =>
    all.every((b, j) => {
      const [left, right] = [identities[i], identities[j]];
      if (!left || !right || a.entry !== b.entry || a.form === b.form) return true;
      // What the two have in common must be found, too: they meet at a fingerprint.
      return compare(left, itemOf(right)) === "same" && left.slots.some((slot) => right.slots.includes(slot));
    }),
  );
}

const upload = fc.uniqueArray(
  fc.record({ entry: fc.integer({ min: 0, max: 7 }), form: fc.constantFrom(...forms) }),
  { selector: ({ entry }) => entry, minLength: 1, maxLength: 6 },
);

const toldOnce = (system: ReturnType<typeof startSystem>, name: string) =>
  system.published
    .filter(({ audience }) => audience === name)
    .flatMap(({ email }) => [...new Set(marks(email))])
    .toSorted();

test("uploads send the same set of entries, each once, in whatever order they come and however they overlap; replays send nothing", async () => {
  let cases = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(upload, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 4 }),
      fc.scheduler(),
      async (uploads, order, atOnce, scheduler) => {
        fc.pre(await isUnambiguous(uploads.flat()));
        cases++;
        const system = startSystem();
        const versions = uploads.map((forms, i) =>
          system.upload(`snapshots/feed1/${i}`, render("rss", "feed1", forms.map(show), i)),
        );
        const slow: Ports = { ...system.ports, ledger: scheduled(system.ledger, scheduler) };
        // Everything once at least, some of it several times, in an order of chance.
        const queue = [...order.map((n) => versions[n % versions.length]), ...versions].filter(
          (version) => version !== undefined,
        );
        const replays: SnapshotVersion[] = [...queue];
        for (let receives = 0; queue.length > 0; receives++) {
          if (receives > 40) throw new Error("The queue never empties.");
          const batch = queue.splice(0, atOnce);
          const runs = Promise.all(batch.map((version) => system.run(version, { replay: true }, slow)));
          await scheduler.waitFor(runs);
          for (const [i, { state }] of (await runs).entries()) {
            const version = batch[i];
            expect(["done", "back"]).toContain(state);
            if (state === "back" && version) queue.push(version);
          }
          system.clock.advance(70_000);
        }
        const expected = [...new Set(uploads.flat().map(({ entry }) => `Case feed1-${entry}`))].toSorted();
        expect(toldOnce(system, "alerts")).toEqual(expected);
        expect(toldOnce(system, "digest")).toEqual(expected);
        for (const version of replays)
          expect(await system.run(version, { replay: true })).toMatchObject({ state: "done", messages: 0 });
      },
    ),
    { numRuns: Number(process.env["INTERLEAVINGS"] ?? 80), endOnFailure: true },
  );
  expect(cases).toBeGreaterThan(40);
});
