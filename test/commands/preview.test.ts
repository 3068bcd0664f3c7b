import { describe, expect, test } from "vitest";
import { jsonPreview } from "../../functions/commands/preview-json.ts";
import { keyOfFile, previewSnapshot } from "../../functions/preview/run.ts";
import { viewPreview } from "../../functions/commands/preview-view.ts";
import { plain } from "../../functions/console/terminal.ts";
import { parseConfiguration } from "../../infra/config/configuration.ts";

const configuration = parseConfiguration({
  smsPartPrice: 0.0075,
  audiences: [
    { name: "alerts", mode: "alerts", maxAlerts: 2, displayName: "Feedbell" },
    { name: "sea", mode: "digest", digestItems: 2, rules: { include: ["ferry"] } },
  ],
});

const item = (number: number, title: string) =>
  `<item><guid>n-${number}</guid><title>${title}</title><link>https://harbour.example/${number}</link>` +
  `<pubDate>Sun, 0${number} Mar 2026 08:00:00 GMT</pubDate><description>It was seen at dawn.</description></item>`;

const rss = (...items: readonly string[]) =>
  `<rss version="2.0"><channel><title>Harbour news</title>${items.join("")}</channel></rss>`;

const preview = (
  text: string,
  key = "snapshots/harbour/1.xml",
  isFirst = false,
  settings = configuration,
) => {
  const bytes = new TextEncoder().encode(text);
  const chunks = async function* () {
    yield bytes;
  };
  const open = async () => ({ chunks: chunks(), size: bytes.length });
  const now = Date.parse("2026-03-10T00:00:00Z");
  return previewSnapshot(open, { key, now, configuration: settings, isFirst });
};

describe("the pipeline on ports in memory", () => {
  test("returns the fate of each entry and the messages that would be published", async () => {
    const { outcome, entries, messages, reasons } = await preview(
      rss(
        item(1, "The ferry is back"),
        item(2, "Fog all day"),
        item(2, "Fog all day"),
        "<item><guid>x</guid></item>",
      ),
    );
    expect(outcome).toMatchObject({ state: "done", feed: "harbour" });
    expect(reasons).toEqual([]);
    expect(entries.map(({ title, fate, why }) => ({ title, fate, why })).toSorted(byTitle)).toEqual([
      { title: "", fate: "rejected", why: expect.stringMatching(/^entry-/) as string },
      {
        title: "Fog all day",
        fate: "sent",
        why: "it is new; to alerts; sea: it contains none of the words to include",
      },
      { title: "Fog all day", fate: "known", why: "it appears twice in the snapshot" },
      {
        title: "The ferry is back",
        fate: "sent",
        why: "it is new; to alerts, sea; sea: it contains ‘ferry’",
      },
    ]);
    expect(messages.map(({ audience, kind, keys }) => [audience, kind, keys.length])).toEqual([
      ["alerts", "alert", 1],
      ["alerts", "alert", 1],
      ["sea", "digest", 1],
    ]);
    expect(messages.every(({ email }) => email.includes("https://harbour.example/"))).toBe(true);
  });

  test("does not wait, however slowly messages must go", async () => {
    const before = performance.now();
    const items = Array.from({ length: 9 }, (_, i) => item(i + 1, `The ferry ${i}`));
    const { messages } = await preview(rss(...items));
    expect(messages).toHaveLength(4);
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  test("keeps the reason for which a snapshot would go into quarantine", async () => {
    const { outcome, entries, messages, reasons } = await preview("%PDF-1.7 is no feed");
    expect(outcome.state).toBe("quarantined");
    expect(reasons).toMatchObject([{ code: "format-unknown" }]);
    expect([entries, messages]).toEqual([[], []]);
  });

  test("without a folder the feed is the one that the snapshot names", async () => {
    const { outcome, messages } = await preview(rss(item(1, "The ferry is back")), "snapshots/1.xml");
    expect(messages[0]?.subject).toContain("Harbour news");
    expect(outcome.feed).not.toBe("1.xml");
  });
});

describe("with schedules", () => {
  const scheduled = parseConfiguration({
    audiences: [
      { name: "alerts", mode: "alerts" },
      { name: "night", mode: "alerts", quietHours: "00:00-06:30", timeZone: "Europe/Lisbon" },
      { name: "morning", mode: "digest", schedule: "daily 07:00", timeZone: "Asia/Shanghai" },
      { name: "many", mode: "digest", schedule: "daily 07:00", minItems: 3, maxWaitDays: 3 },
      { name: "hourly", mode: "digest", schedule: "hourly" },
    ],
  });

  test("each message has the time at which it goes out", async () => {
    const { messages } = await preview(rss(item(1, "Fog"), item(2, "Sun")), undefined, false, scheduled);
    expect(messages.map(({ audience, kind, keys, at }) => [audience, kind, keys.length, at])).toEqual([
      ["alerts", "alert", 1, "2026-03-10T00:00:00.000Z"],
      ["alerts", "alert", 1, "2026-03-10T00:00:00.000Z"],
      ["night", "digest", 2, "2026-03-10T06:30:00.000Z"],
      ["morning", "digest", 2, "2026-03-10T23:00:00.000Z"],
      ["many", "digest", 2, "2026-03-13T07:00:00.000Z"],
      ["hourly", "digest", 2, "2026-03-10T01:00:00.000Z"],
    ]);
  });

  test("a person sees it in the audience's time zone", async () => {
    const made = await preview(rss(item(1, "Fog")), undefined, false, scheduled);
    const shown = [...viewPreview("a.xml", made, scheduled, plain)].join("");
    expect(shown).toMatch(
      /^Message 3 of 5: digest to morning, 1 entry\n {2}sent at 2026-03-11 07:00 Asia\/Shanghai$/m,
    );
    expect(shown).toMatch(/^ {3}shown .*morning: in message 3/m);
  });
});

test("what a person sees: fates stage by stage, then every channel with its measures", async () => {
  const items = [1, 2, 3, 4, 5, 6].map((number) => item(number, `Ferry ${number} — ‘Möwe’ 渡`));
  const shown = [...viewPreview("a.xml", await preview(rss(...items)), configuration, plain)].join("");
  expect(shown).toContain(`1. sent  Ferry 1 — ‘Möwe’ 渡
   read        published 2026-03-01T08:00:00Z, with its link, language en
   recognised  it is new
   routed      to alerts, sea
               sea: it contains ‘ferry’
   shown       alerts: in message 3; sea: counted in its last message
`);
  expect(shown).toMatch(/^Message 1 of 4: alert to alerts, 1 entry$/m);
  expect(shown).toMatch(/^Message 4 of 4: digest to sea, 2 entries shown, 4 counted$/m);
  expect(shown).toMatch(/^ {4}subject {2}Ferry 5 — ‘Möwe’ 渡/m);
  expect(shown).toMatch(/^ {4}length {3}\d+ characters, at most 99$/m);
  expect(shown).toMatch(/^ {2}[\d,]+ of 261,632 bytes, all channels and attributes$/m);
  expect(shown).toMatch(/^ {4}encoding {7}UCS-2$/m);
  const parts = /^ {4}parts {10}(\d), with the prefix ‘FEEDBELL> ’ that SNS adds$/m.exec(shown)?.[1];
  expect(shown).toMatch(
    new RegExp(`^ {4}price {10}about ${Number(parts) * 0.0075}0* USD per telephone number$`, "m"),
  );
  expect(shown).toMatch(/^ {4}forcing UCS-2 {2}渡$/m);
  expect(shown).toMatch(/^ {4}not chosen {5}GSM-7, 1 part \(title: \d\d % instead of 100 %\)$/m);
  expect(shown).toMatch(/^ {4}│ \{.*"format":"feedbell"/m);
  expect(shown).toMatch(/attributes {2}feed=harbour audience=alerts kind=alert language=en/);
  expect(shown).toMatch(/^6 entries \(6 sent, 0 known, 0 skipped, 0 rejected\), 4 messages$/m);
});

test("what a program gets: all that a person sees, and the texts as they are", async () => {
  const items = [1, 2, 3, 4, 5, 6].map((number) => item(number, `Ferry ${number} — ‘Möwe’ 渡`));
  const made = await preview(rss(...items, item(7, "Fog all day")));
  const json = jsonPreview("a.xml", made, configuration);
  expect(json).toMatchObject({ file: "a.xml", feed: "harbour", state: "done", reasons: [] });
  expect(json.counts.new).toBe(7);
  expect(json.entries[0]).toMatchObject({
    stages: [
      { stage: "read", says: "published 2026-03-01T08:00:00Z, with its link, language en" },
      { stage: "recognise", says: "it is new" },
      { stage: "route", says: "to alerts, sea" },
      { stage: "route", says: "sea: it contains ‘ferry’" },
    ],
    due: ["alerts", "sea"],
    shown: [
      { audience: "alerts", message: 3 },
      { audience: "sea", message: null },
    ],
  });
  expect(json.entries[6]).toMatchObject({
    stages: [{}, {}, {}, { says: "sea: it contains none of the words to include" }],
    shown: [{ audience: "alerts", message: 2 }],
  });
  expect(json.messages).toHaveLength(made.messages.length);
  const [{ sms, ...first }] = json.messages as [(typeof json.messages)[0]];
  const sent = made.messages[0];
  expect(first).toEqual({
    ...sent,
    sms: undefined,
    subjectLength: { characters: sent?.subject.length, units: sent?.subject.length, max: 99 },
    maxBytes: 261_632,
  });
  expect(first.attributes).toEqual({ feed: "harbour", audience: "alerts", kind: "alert", language: "en" });
  expect(sms).toEqual({
    ...sent?.sms,
    forcing: ["渡"],
    prefix: "FEEDBELL> ",
    price: (sent?.sms.parts ?? 0) * 0.0075,
  });
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
});

test.each([
  ["feed.xml", undefined, "snapshots/feed.xml"],
  ["news/feed.xml", undefined, "snapshots/feed.xml"],
  ["../copy/snapshots/voa/feed.xml", undefined, "snapshots/voa/feed.xml"],
  ["./.feedbell/drop/voa/2024/feed.xml", undefined, "snapshots/voa/2024/feed.xml"],
  ["snapshots/feed.xml", undefined, "snapshots/feed.xml"],
  ["drop/voa/feed.xml", "other", "snapshots/other/feed.xml"],
])("the file %s with the feed %s is uploaded as %s", (file, feed, key) => {
  expect(keyOfFile(file, feed)).toBe(key);
});

const byTitle = (a: { title: string; fate: string }, b: { title: string; fate: string }) =>
  a.title < b.title ? -1 : a.title > b.title ? 1 : b.fate < a.fate ? -1 : 1;
