import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { composeAlert, composeDigest } from "../../../../functions/core/message/index.ts";
import type { Alert, Message } from "../../../../functions/core/message/message.ts";
import { channelLimits } from "../../../../functions/core/message/channel-limits.ts";
import {
  bridge,
  digestOf,
  ferry,
  gazette,
  library,
  london,
  tideGate,
} from "../../../support/sample-messages.ts";

const schema = JSON.parse(
  readFileSync(
    new URL("../../../../functions/core/message/machine/machine.schema.json", import.meta.url),
    "utf8",
  ),
) as object;
const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(schema);

const read = (message: Message): Record<string, unknown> & { entries: Record<string, unknown>[] } => {
  const value = JSON.parse(message.machine) as Record<string, unknown> & {
    entries: Record<string, unknown>[];
  };
  expect(validate(value) ? [] : validate.errors).toEqual([]);
  return value;
};

describe("the machine-readable variant", () => {
  test("of one entry has all its fields", () => {
    const description = "<p>The gate, <b>214 metres</b> long</p>";
    expect(read(composeAlert({ ...tideGate, description, revised: true }, london))).toEqual({
      format: "feedbell",
      version: 3,
      kind: "alert",
      audience: "alerts",
      feeds: [{ slug: "gazette", title: "Harbour Gazette", link: "https://gazette.example/" }],
      entries: [
        {
          key: "g1",
          feed: "gazette",
          id: "tag:gazette.example,2024:tide-gate",
          title: "Port’s new tide gate opens — “a once-in-a-century job”",
          link: "https://gazette.example/2024/01/tide-gate-opens",
          date: "2024-01-25T11:20:00Z",
          published: "2024-01-25T11:20:00Z",
          dateSource: "published",
          language: "en",
          authors: ["Maren Holt", "J. Okafor"],
          categories: ["Harbour", "Works"],
          summary: tideGate.summary,
          description,
          revised: true,
        },
      ],
      more: 0,
    });
  });

  test("has the audio file of an entry, unless its link is too long", () => {
    const audio = { link: "https://gazette.example/a.mp3", seconds: 90 };
    expect(read(composeAlert({ ...ferry, audio }, london)).entries[0]).toMatchObject({ audio });
    const long = { link: `https://gazette.example/${"a".repeat(8_000)}.mp3` };
    expect(read(composeAlert({ ...ferry, audio: long }, london)).entries[0]).not.toHaveProperty("audio");
  });

  test("has the day of a date without a time, and other dates as instants", () => {
    const [entry] = read(
      composeAlert(
        {
          ...tideGate,
          date: "2024-01-25T05:00:00Z",
          published: "2024-01-25T05:00:00Z",
          updated: "2024-01-26T11:00:00Z",
          dateNote: { assumedZone: "America/New_York", day: "2024-01-25" },
        },
        london,
      ),
    ).entries;
    expect(entry).toMatchObject({
      date: "2024-01-25",
      published: "2024-01-25",
      updated: "2024-01-26T11:00:00Z",
    });
    expect(entry?.["dateNote"]).toBeUndefined();
  });

  test("of a digest has the same entries in the same order as the mail", () => {
    const [message] = composeDigest(
      { shown: [bridge, library, ferry], more: 5, before: 10, source: gazette },
      digestOf(london),
    );
    const value = read(message as Message);
    expect(value.entries.map((entry) => entry.key)).toEqual(message?.keys);
    expect(value).toMatchObject({ kind: "digest", more: 5, before: 10, part: { number: 1, of: 1 } });
    expect(value.entries[0]).toMatchObject({
      dateNote: { inferredFrom: "snapshot time" },
      dateSource: "inferred",
    });
    expect((value.feeds as { slug: string }[]).map((feed) => feed.slug)).toEqual([
      "gazette",
      "deng",
      "minbar",
    ]);
  });

  test("names shortened and omitted fields", () => {
    const alert: Alert = {
      ...tideGate,
      id: "i".repeat(5_000),
      title: "t".repeat(5_000),
      link: `https://gazette.example/${"x".repeat(10_000)}`,
      authors: Array.from({ length: 30 }, (_, index) => `Author ${index}`),
      categories: ["c".repeat(500)],
      summary: "s".repeat(5_000),
      description: "d".repeat(5_000),
    };
    const [entry] = read(composeAlert(alert, london)).entries;
    expect(entry).toMatchObject({
      shortened: ["id", "title", "authors", "categories", "summary", "description"],
      omitted: ["link"],
    });
    expect(entry).not.toHaveProperty("link");
  });

  test("the schema refuses other values", () => {
    const value = read(composeAlert(ferry, london));
    expect(validate({ ...value, version: 2 })).toBe(false);
    expect(validate({ ...value, entries: [] })).toBe(false);
    expect(validate({ ...value, more: 1 })).toBe(false);
    expect(validate({ ...value, content: "" })).toBe(false);
  });

  test("escapes control and direction characters, and reads back as the same text", () => {
    const id = "a\u0000b\u0085c\u202Ed\u2028e\uFFFFf";
    const message = composeAlert({ ...ferry, id }, london);
    expect(message.machine).toMatch(/^[ -~]*$/u);
    expect(read(message).entries[0]?.id).toBe(id);
  });
});

describe("the size of a message", () => {
  test.each([
    ["quotation marks", '"'],
    ["backslashes", "\\"],
    ["controls", "\u0001"],
    ["direction overrides", "\u202E"],
    ["characters of four bytes", "𠀀"],
    ["lone surrogates", "\uD800"],
    ["Chinese", "文"],
  ])("an entry of any size fits: %s", (_, character) => {
    const huge = character.repeat(300_000);
    const alert: Alert = {
      ...tideGate,
      source: { slug: "gazette", title: huge, link: `https://gazette.example/${character.repeat(7_900)}` },
      id: huge,
      title: huge,
      link: `https://gazette.example/${character.repeat(7_900)}`,
      authors: Array.from({ length: 100 }, () => huge.slice(0, 3_000)),
      categories: Array.from({ length: 100 }, () => huge.slice(0, 3_000)),
      summary: huge,
      description: huge,
      language: huge,
    };
    const message = composeAlert(alert, london);
    read(message);
    expect(message.bytes).toBeLessThanOrEqual(channelLimits.messageBytes);
    const twice = [alert, { ...alert, key: "other", source: { ...alert.source, slug: "other" } }];
    for (const part of composeDigest(
      { shown: twice, more: 1, before: 0, source: alert.source },
      digestOf(london),
    )) {
      read(part);
      expect(part.bytes).toBeLessThanOrEqual(channelLimits.messageBytes);
    }
  });
});
