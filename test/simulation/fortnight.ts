import { chance, type Chance } from "./random.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const start = Date.parse("2026-03-18T00:00:00Z");
export const end = start + 14 * day;

/** An entry that appears in a feed. */
export interface FortnightEntry {
  readonly title: string;
  /** Epoch milliseconds, a whole second, unique. */
  readonly date: number;
}

/** A snapshot: its new entries, and older ones that the feed still shows. */
export interface FortnightUpload {
  readonly at: number;
  readonly feed: string;
  readonly fresh: readonly FortnightEntry[];
  readonly old: readonly FortnightEntry[];
}

const places = ["Harbour", "Valley", "Island", "Castle", "Airport", "Museum", "Market", "Forest", "Bridge"];
const things = [
  "ferry",
  "council",
  "orchestra",
  "vineyard",
  "tram",
  "library",
  "glacier",
  "bakery",
  "stadium",
];
const verbs = [
  "reopens",
  "loses",
  "expects",
  "paints",
  "measures",
  "inherits",
  "cancels",
  "doubles",
  "sells",
];
const ends = [
  "its roof",
  "a prize",
  "new owners",
  "heavy snow",
  "old maps",
  "ten lorries",
  "a debt",
  "the vote",
];

/** Titles that share so little that no two of them could report the same event. */
function titleOf(luck: Chance, feed: string, n: number): string {
  const words = [luck.pick(places), luck.pick(things), luck.pick(verbs), luck.pick(ends)];
  return `${words.join(" ")} (${feed}-${n})`;
}

/**
 * Two weeks of 30 feeds: uploads by day more often than at night, one flood, and snapshots that bring nothing new. No two
 * uploads and no upload and slot are within a minute.
 */
export function uploadsOf(seed: number): readonly FortnightUpload[] {
  const luck = chance(seed);
  const taken = new Set<number>();
  const uploads: FortnightUpload[] = [];
  for (let f = 0; f < 30; f++) {
    const feed = `feed${f}`;
    const shown: FortnightEntry[] = [];
    let count = 0;
    for (let at = start + luck.below(12) * hour; at < end - hour; at += (2 + luck.below(12)) * hour) {
      // Whole minutes that are not the first of an hour; 30 seconds past, so that nothing meets a slot.
      let time = at + (2 + luck.below(56)) * minute + 30_000;
      while (taken.has(time)) time += minute;
      if (time % hour > 58 * minute || time >= end) continue;
      taken.add(time);
      const isFlood = f === 7 && count > 0 && !shown.some(({ title }) => title.includes("-200)"));
      const isFirst = shown.length === 0;
      const fresh = isFlood ? 25 : isFirst ? 1 + luck.below(8) : luck.below(4);
      const entries = Array.from({ length: fresh }, (_, i) => ({
        title: titleOf(luck, feed, isFlood ? 200 + i : count + i),
        date: time - (i + 1) * minute - f * 1000,
      }));
      count += fresh;
      uploads.push({ at: time, feed, fresh: entries, old: shown.slice(-6) });
      shown.push(...entries);
    }
  }
  return uploads.toSorted((a, b) => a.at - b.at);
}

/** A message as the expectation and the inbox of a reader describe it. */
export interface FortnightMessage {
  /** The minute in which it is sent, ISO 8601. */
  readonly at: string;
  readonly kind: "alert" | "digest";
  readonly titles: readonly string[];
  readonly more: number;
}

export const minuteOf = (at: number): string => new Date(at).toISOString().slice(0, 16);

const newestFirst = (entries: readonly FortnightEntry[]) => entries.toSorted((a, b) => b.date - a.date);

const digestOf = (at: number, entries: readonly FortnightEntry[], most: number): FortnightMessage => ({
  at: minuteOf(at),
  kind: "digest",
  titles: newestFirst(entries)
    .slice(0, most)
    .map(({ title }) => title),
  more: Math.max(0, entries.length - most),
});

const alertOf = (at: number, { title }: FortnightEntry): FortnightMessage => ({
  at: minuteOf(at),
  kind: "alert",
  titles: [title],
  more: 0,
});

/** The messages of an audience that gets alerts at once: a feed's first snapshot and the rest of a flood are digests. */
function alertsOf({ at, fresh }: FortnightUpload, isFirst: boolean): readonly FortnightMessage[] {
  if (isFirst && fresh.length > 3) return [digestOf(at, fresh, 50)];
  const sorted = newestFirst(fresh);
  const alerts = sorted
    .slice(0, 10)
    .toReversed()
    .map((entry) => alertOf(at, entry));
  return sorted.length > 10 ? [...alerts, digestOf(at, sorted.slice(10), 50)] : alerts;
}

/** Slots of two weeks, written down by hand: Berlin changes to summer time on 29 March at 01:00 UTC. */
const days = Array.from({ length: 14 }, (_, n) => start + n * day);
const berlin = (utc: number): number => (utc >= Date.parse("2026-03-29T01:00:00Z") ? 2 : 1);
export const slots = {
  /** 07:00 in Berlin, the end of the quiet hours. */
  alerts: days.map((midnight) => midnight + (7 - berlin(midnight + 5 * hour)) * hour),
  hourly: Array.from({ length: 14 * 24 }, (_, n) => start + n * hour),
  /** 07:00 in Shanghai, which has no summer time. */
  daily: days.map((midnight) => midnight + 23 * hour),
  /** Mondays, 07:00 in Berlin. */
  weekly: [Date.parse("2026-03-23T06:00:00Z"), Date.parse("2026-03-30T05:00:00Z")],
} as const;

/** Whether the clocks in Berlin show a time from 22:00 to 07:00. */
const isNight = (at: number): boolean => {
  const local = ((at % day) / hour + berlin(at)) % 24;
  return local >= 22 || local < 7;
};

/** What the readers of each audience get, computed without any code of the functions. */
export function expectedInboxes(uploads: readonly FortnightUpload[]) {
  const inboxes: Record<string, FortnightMessage[]> = {
    alerts: [],
    upload: [],
    hourly: [],
    daily: [],
    weekly: [],
  };
  const waiting: Record<string, (FortnightEntry & { readonly since: number })[]> = {
    alerts: [],
    hourly: [],
    daily: [],
    weekly: [],
  };
  const send = (name: string, ...messages: readonly FortnightMessage[]) => inboxes[name]?.push(...messages);
  const keep = (name: string, { at, fresh }: FortnightUpload) =>
    waiting[name]?.push(...fresh.map((entry) => ({ ...entry, since: at })));
  const known = new Set<string>();
  const upload = (each: FortnightUpload) => {
    const isFirst = !known.has(each.feed);
    known.add(each.feed);
    if (each.fresh.length === 0) return;
    if (isNight(each.at)) keep("alerts", each);
    else send("alerts", ...alertsOf(each, isFirst));
    send("upload", digestOf(each.at, each.fresh, 50));
    if (each.feed === "feed1") keep("hourly", each);
    keep("daily", each);
    keep("weekly", each);
  };
  const slot = (name: string, at: number) => {
    const found = waiting[name] ?? [];
    if (found.length === 0) return;
    const isOld = found.some(({ since }) => at - since >= day);
    if (name === "hourly" && found.length < 5 && !isOld) return;
    send(name, digestOf(at, found, name === "daily" ? 20 : 50));
    waiting[name] = [];
  };
  const events = [
    ...uploads.map((each) => ({ at: each.at, run: () => upload(each) })),
    ...Object.entries(slots).flatMap(([name, times]) =>
      times.map((at) => ({ at, run: () => slot(name, at) })),
    ),
  ];
  for (const { run } of events.toSorted((a, b) => a.at - b.at)) run();
  return { inboxes, waiting };
}
