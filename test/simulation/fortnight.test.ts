import { expect, test } from "vitest";
import { scheduleOf } from "../../functions/core/schedule/audience-schedule.ts";
import { nextSlot } from "../../functions/core/schedule/next-slot.ts";
import { audience, configuration, machineView, startSystem } from "../support/fake-system.ts";
import {
  end,
  expectedInboxes,
  minuteOf,
  slots,
  start,
  uploadsOf,
  type FortnightEntry,
  type FortnightMessage,
} from "./fortnight.ts";

// Titles by chance are no stories: whether two of them report the same event is not the question here.
const audiences = [
  audience({ name: "alerts", mode: "alerts", timeZone: "Europe/Berlin", quietHours: "22:00-07:00" }),
  audience({ name: "upload", mode: "digest", schedule: "upload" }),
  audience({
    name: "hourly",
    mode: "digest",
    schedule: "hourly",
    minItems: 5,
    maxWaitDays: 1,
    rules: { feeds: ["feed1"] },
  }),
  audience({
    name: "daily",
    mode: "digest",
    schedule: "daily 07:00",
    timeZone: "Asia/Shanghai",
    locale: "zh-CN",
    digestItems: 20,
  }),
  audience({ name: "weekly", mode: "digest", schedule: "weekly mon 07:00", timeZone: "Europe/Berlin" }),
].map((each) => ({ ...each, stories: "separate" }) as const);

const feedText = (feed: string, entries: readonly FortnightEntry[]): string =>
  `<rss version="2.0"><channel><title>${feed}</title><link>https://${feed}.example/</link>${entries
    .map(
      ({ title, date }) =>
        `<item><title>${title}</title><link>https://${feed}.example/${date}</link><pubDate>${new Date(date).toUTCString()}</pubDate></item>`,
    )
    .join("")}</channel></rss>`;

/** The times at which the schedule of an audience fires, as the functions' own code computes them. */
function* firings(name: string): Generator<number> {
  const found = audiences.find((one) => one.name === name);
  const schedule = found && scheduleOf(found);
  if (!schedule) return;
  const { expression, timeZone } = schedule;
  for (let at = nextSlot(expression, timeZone, start - 1); at !== undefined && at < end;) {
    yield at;
    at = nextSlot(expression, timeZone, at);
  }
}

test("the schedules of the fortnight fire when they should", () => {
  for (const [name, times] of Object.entries(slots))
    expect({ name, times: [...firings(name)] }).toEqual({ name, times });
});

test.each([1, 2])(
  "in a fortnight of 30 feeds (seed %i) every reader's inbox is as expected",
  { timeout: 240_000 },
  async (seed) => {
    const uploads = uploadsOf(seed);
    const system = startSystem({ ...configuration, audiences });
    const events = [
      ...uploads.map(({ at, feed, fresh, old }) => ({
        at,
        run: () => void system.upload(`snapshots/${feed}/latest.xml`, feedText(feed, [...fresh, ...old])),
      })),
      ...audiences.flatMap(({ name }) =>
        [...firings(name)].map((at) => ({ at, run: () => system.fire(name, at) })),
      ),
    ];
    for (const { at, run } of events.toSorted((a, b) => a.at - b.at)) {
      system.clock.advance(at - system.clock.now());
      run();
      await system.drain();
      // Watch runs every hour, and has nothing to do.
      if (at % 3_600_000 === 0) await system.watchOnce();
    }
    const inboxOf = (name: string): readonly FortnightMessage[] =>
      system.published
        .filter((one) => one.audience === name)
        .map(({ message, at }) => {
          const { kind, entries, more } = machineView(message);
          return { at: minuteOf(at), kind, titles: entries.map(({ title }) => title), more };
        });
    const { inboxes, waiting } = expectedInboxes(uploads);
    for (const { name } of audiences) {
      const [found, expected] = [inboxOf(name), inboxes[name] ?? []];
      expect(expected.length).toBeGreaterThan(1);
      const at = expected.findIndex((message, i) => JSON.stringify(message) !== JSON.stringify(found[i]));
      expect({ name, message: found[at] }).toEqual({ name, message: expected[at] });
      expect({ name, length: found.length }).toEqual({ name, length: expected.length });
    }
    for (const name of ["hourly", "daily", "weekly"]) {
      const claims = await system.ledger.waitingClaims(name);
      expect(claims.reduce((sum, { entries }) => sum + entries, 0)).toBe(waiting[name]?.length);
    }
    const subjects = system.published.filter(({ audience: to }) => to === "daily");
    for (const { message } of subjects) expect(message.subject).toMatch(/^\d+ 条新闻，来自 \d+ 个订阅源/);
    const days = (name: string) => new Set(inboxOf(name).map(({ at: time }) => time.slice(0, 10))).size;
    expect([days("daily"), days("weekly")]).toEqual([14, 2]);
    // Each rule of the expectation is used.
    const alerts = inboxes["alerts"] ?? [];
    expect(alerts.filter(({ at: time, kind }) => kind === "digest" && /T0[56]:00$/.test(time)).length).toBe(
      14,
    );
    expect(alerts.some(({ kind, titles }) => kind === "digest" && titles.length === 15)).toBe(true);
    expect(inboxes["weekly"]?.every(({ more }) => more > 100)).toBe(true);
    const hourly = inboxes["hourly"] ?? [];
    expect(hourly.some(({ titles }) => titles.length < 5)).toBe(true);
    expect(hourly.some(({ titles }) => titles.length >= 5)).toBe(true);
    expect(system.logged.filter(({ level }) => level !== "info")).toEqual([]);
  },
);
