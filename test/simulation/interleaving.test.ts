import * as fc from "../support/properties.ts";
import { expect, test } from "vitest";
import { compare, identify, type Identity } from "../../functions/core/dedupe/identity.ts";
import { parseSnapshot } from "../../functions/core/feed/parse.ts";
import type { IngestPorts, LedgerItem } from "../../functions/core/ports.ts";
import type { SnapshotVersion } from "../../functions/core/snapshot.ts";
import { scheduled } from "../support/contracts/scheduled.ts";
import { startSystem, type FakeSystem } from "../support/fake-system.ts";
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

const toldOf = (system: FakeSystem, name: string) =>
  system.published
    .filter(({ audience }) => audience === name)
    .flatMap(({ message }) => [...new Set(marks(message.email))])
    .toSorted();

test("uploads send the same set of entries, each once, in every order and with every overlap; replays send nothing", async () => {
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
          system.put(`snapshots/feed1/${i}`, render("rss", "feed1", forms.map(show), i)),
        );
        const slow: IngestPorts = {
          ...system.ports,
          ledger: scheduled(system.ledger, scheduler),
          outbox: scheduled(system.ports.outbox, scheduler),
        };
        // Everything once at least, some of it several times, in an order of chance.
        const queue: { readonly version: SnapshotVersion; readonly attempts: number }[] = [
          ...order.map((n) => versions[n % versions.length]),
          ...versions,
        ].flatMap((version) => (version ? [{ version, attempts: 0 }] : []));
        const replays = queue.map(({ version }) => version);
        for (let round = 0; queue.length > 0; round++) {
          if (round > 40) throw new Error("The queue never becomes empty.");
          const batch = queue.splice(0, atOnce);
          const runs = Promise.all(
            batch.map(({ version, attempts }) =>
              system.ingest(version, { request: { attempts, replay: true }, ports: slow }),
            ),
          );
          await scheduler.waitFor(runs);
          for (const [i, { state }] of (await runs).entries()) {
            const again = batch[i];
            expect(["done", "superseded", "retry"]).toContain(state);
            if (state === "retry" && again) queue.push({ ...again, attempts: again.attempts + 1 });
          }
          // Longer than any lease.
          system.clock.advance(100_000);
        }
        await system.drain();
        const expected = [...new Set(uploads.flat().map(({ entry }) => `Case feed1-${entry}`))].toSorted();
        expect(toldOf(system, "alerts")).toEqual(expected);
        expect(toldOf(system, "digest")).toEqual(expected);
        for (const version of replays)
          expect(await system.ingest(version, { request: { replay: true } })).toMatchObject({
            state: "done",
            messages: {},
          });
      },
    ),
    { numRuns: Number(process.env["INTERLEAVINGS"] ?? 80), endOnFailure: true },
  );
  expect(cases).toBeGreaterThan(40);
});

test("two runs of deliver that get copies of the same messages publish nothing unmarked twice", async () => {
  const system = startSystem();
  await system.ingest(
    system.put("snapshots/feed1/1", render("rss", "feed1", [show({ entry: 1, form: "whole" })], 1)),
  );
  for (const { body, group } of system.outbox.messages.slice())
    system.outbox.send(body, { group, id: `copy of ${body}` });
  await system.drain();
  expect(toldOf(system, "alerts")).toEqual(["Case feed1-1"]);
  expect(toldOf(system, "digest")).toEqual(["Case feed1-1"]);
});
