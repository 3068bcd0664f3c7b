import { Ajv2020 } from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Audience } from "../../../functions/core/configuration.ts";
import { composeAlert, composeDigest } from "../../../functions/core/message/index.ts";
import { mergeCopies, mergeStories } from "../../../functions/core/message/merge-stories.ts";
import type { Alert, Message } from "../../../functions/core/message/message.ts";
import { configuration, rss, startSystem } from "../../support/fake-system.ts";
import { digestOf, ferry, gazette, library, london, tideGate } from "../../support/sample-messages.ts";

const merging: Audience = { ...digestOf(london), stories: "merge" };
const herald = { slug: "herald", title: "Quay Herald", link: "https://herald.example/" };

/** The same text on another site. */
const copy: Alert = {
  ...tideGate,
  key: "h1",
  source: herald,
  title: `${tideGate.title} | Quay Herald`,
  link: "https://herald.example/tide-gate",
  date: "2024-01-25T12:40:00Z",
  summary: "The gate, 214 metres long, was lowered for the first time on Thursday morning.",
};

const digest = (shown: readonly Alert[], audience: Audience = merging, more = 0): readonly Message[] =>
  composeDigest({ shown, more, before: 0, source: gazette }, audience);
const keysOf = (alerts: readonly Alert[]) =>
  alerts.map(({ key, also = [] }) => [key, ...also.map((report) => report.key)]);
const machineOf = (message: Message | undefined) =>
  JSON.parse(message?.machine ?? "{}") as {
    entries: { key: string; story?: string }[];
    feeds: { slug: string }[];
  };

describe("a digest of several feeds", () => {
  const [message] = digest([copy, ferry, tideGate]);

  test("shows a story once and names the other reports with their links", () => {
    expect(message?.email).toContain("Also: Quay Herald\nhttps://herald.example/tide-gate\n");
    expect(message?.email.split("tide gate opens")).toHaveLength(2);
    expect(message?.subject).toMatch(/^2 headlines from 2 feeds/);
  });

  test("covers the entries that it names, and says which share a place", () => {
    expect(message?.keys).toEqual(["g1", "h1", "g2"]);
    expect(message?.merged).toEqual([["g1", "h1"]]);
  });

  test("lists all of them in the machine-readable variant and in the attributes", () => {
    const { entries, feeds } = machineOf(message);
    expect(entries.map(({ key, story }) => [key, story])).toEqual([
      ["g1", undefined],
      ["h1", "g1"],
      ["g2", undefined],
    ]);
    expect(feeds.map(({ slug }) => slug)).toEqual(["gazette", "herald"]);
    expect(message?.attributes["feed"]).toEqual(["gazette", "herald"]);
    const schema = new URL("../../../functions/core/message/machine/machine.schema.json", import.meta.url);
    const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(
      JSON.parse(readFileSync(schema, "utf8")) as object,
    );
    expect(validate(JSON.parse(message?.machine ?? ""))).toBe(true);
  });

  test("has the title in its subject if all entries are one story", () => {
    const [only] = digest([copy, tideGate]);
    expect(only?.subject).toMatch(/^Port’s new tide gate opens/);
    expect(only?.email).toContain("Also: Quay Herald");
  });

  test("shows every entry with `separate`", () => {
    const [separate] = digest([copy, ferry, tideGate], { ...merging, stories: "separate" });
    expect(separate?.email).not.toContain("Also:");
    expect(separate?.merged).toBeUndefined();
  });

  test("loses no entry in parts", () => {
    const long = Array.from({ length: 60 }, (_, at): Alert[] => {
      const title = `Council ${at} of Tarvel votes on harbour plan number ${at}`;
      const text = { ...ferry, title, summary: `${title}. `.repeat(60), description: "d".repeat(4_000) };
      return [
        { ...text, key: `a${at}` },
        { ...text, key: `b${at}`, source: herald },
      ];
    }).flat();
    const messages = digest(long);
    expect(messages.length).toBeGreaterThan(1);
    expect(messages.flatMap(({ keys }) => keys).sort()).toEqual(long.map(({ key }) => key).sort());
    for (const { bytes } of messages) expect(bytes).toBeLessThanOrEqual(262_144);
  });
});

describe("the report that is shown", () => {
  test("has the fuller summary", () => {
    expect(keysOf(mergeStories([copy, tideGate], merging))).toEqual([["g1", "h1"]]);
  });

  test("is the earliest of equal ones", () => {
    const early = { ...copy, summary: tideGate.summary, date: "2024-01-25T10:00:00Z" };
    expect(keysOf(mergeStories([tideGate, early], merging))).toEqual([["h1", "g1"]]);
  });

  test("has a title and a link, rather than the fuller summary", () => {
    const { link: _, ...withoutLink } = tideGate;
    expect(keysOf(mergeStories([withoutLink, copy], merging))).toEqual([["h1", "g1"]]);
  });

  test("is of the preferred feed", () => {
    const audience = { ...merging, preferredFeeds: ["voa", "herald"] };
    expect(keysOf(mergeStories([tideGate, copy], audience))).toEqual([["h1", "g1"]]);
  });

  test("has the place of the first report", () => {
    expect(keysOf(mergeStories([copy, ferry, library, tideGate], merging))).toEqual([
      ["g1", "h1"],
      ["g2"],
      ["m1"],
    ]);
  });
});

test("reports are copies if they have one page, but not if it is that of their feeds", () => {
  const link = "https://gazette.example/bulletins/harbour";
  const first = { ...ferry, link, title: "Bulletin of the harbour office: dredging" };
  const second = { ...first, key: "h2", source: herald, title: "Bulletin of the harbour office: pilots" };
  const page = { linkSource: "feed" } as const;
  expect(mergeStories([first, { ...second, summary: "" }], merging)).toHaveLength(1);
  expect(
    mergeStories(
      [
        { ...first, ...page },
        { ...second, ...page, summary: "" },
      ],
      merging,
    ),
  ).toHaveLength(2);
});

test("reports that would not fit one message together stay separate", () => {
  const description = "\u0001".repeat(4_000);
  const copies = Array.from({ length: 8 }, (_, at): Alert => {
    return { ...tideGate, key: `k${at}`, description, source: { slug: `s${at}`, title: `Site ${at}` } };
  });
  expect(mergeStories(copies, merging)).toHaveLength(8);
  expect(mergeStories(copies.slice(0, 2), merging)).toHaveLength(1);
});

describe("entries of one feed", () => {
  const again = { ...tideGate, key: "g9", link: "https://gazette.example/again" };
  const reworded = {
    ...tideGate,
    key: "g8",
    title: "Tide gate, 214 metres long, lowered at port",
    summary: "",
  };

  test("are merged if they are copies", () => {
    expect(keysOf(mergeStories([tideGate, reworded, again], merging))).toEqual([["g1", "g9"], ["g8"]]);
    expect(keysOf(mergeCopies([tideGate, reworded, again], merging))).toEqual([["g1", "g9"], ["g8"]]);
  });

  test("share an alert if they are copies", () => {
    const [merged] = mergeCopies([tideGate, again], merging);
    const message = composeAlert(merged!, merging);
    expect(message.keys).toEqual(["g1", "g9"]);
    expect(machineOf(message).entries.map(({ key }) => key)).toEqual(["g1", "g9"]);
    expect(message.email).toContain("https://gazette.example/again");
  });

  test("share an alert when a snapshot is read", async () => {
    const item = (id: number, link: number) =>
      `<item><guid>${id}</guid><title>Ferry service to Ostrel Island starts on Monday</title>` +
      `<link>https://v.example/${link}</link><pubDate>Tue, 23 Jan 2024 10:00:00 GMT</pubDate>` +
      `<description>The first boat leaves the pier at seven in the morning.</description></item>`;
    const system = startSystem({
      ...configuration,
      audiences: [{ ...merging, name: "alerts", mode: "alerts" }],
    });
    await system.ingest(system.put("snapshots/v/0.xml", rss([0])));
    system.outbox.messages.length = 0;
    const snapshot = rss([0]).replace("</channel>", `${item(1, 1)}${item(2, 2)}</channel>`);
    await system.ingest(system.put("snapshots/v/1.xml", snapshot));
    expect(system.enqueued()).toHaveLength(1);
    expect(system.enqueued()[0]?.email).toContain("https://v.example/2");
  });
});
