import { describe, expect, test } from "vitest";
import {
  channelLimits,
  composeAlert,
  composeDigest,
  messageBytes,
  type Alert,
  type Message,
} from "../../../functions/core/message/index.ts";
import {
  bridge,
  digestOf,
  ferry,
  gazette,
  library,
  london,
  tideGate,
} from "../../support/sample-messages.ts";

const reader = digestOf(london);

interface MachineDigest {
  readonly entries: readonly { readonly title: string; readonly description?: string }[];
  readonly more: number;
  readonly part?: { readonly number: number; readonly of: number };
}
const machine = (message: Message | undefined) => JSON.parse(message?.machine ?? "{}") as MachineDigest;

describe("the message for one entry", () => {
  test("names its audience, kind, entry and attributes", () => {
    const message = composeAlert(tideGate, london);
    expect(message).toMatchObject({
      audience: "alerts",
      kind: "alert",
      keys: ["g1"],
      more: 0,
      attributes: { feed: "gazette", audience: "alerts", kind: "alert", language: "en" },
    });
    expect(message.bytes).toBe(messageBytes(message));
  });

  test.each([
    ["en-GB", "en"],
    ["ZH-Hant-TW", "zh"],
    ["kok", "kok"],
    ["", "und"],
    ["x", "und"],
    ["i-klingon", "und"],
    ["english language", "und"],
    ["日本語", "und"],
    [undefined, "und"],
  ])("the language %j has the attribute %s", (language, expected) => {
    const { language: _, ...plain } = tideGate;
    const alert: Alert = language === undefined ? plain : { ...plain, language };
    expect(composeAlert(alert, london).attributes["language"]).toBe(expected);
  });
});

describe("the messages for a digest", () => {
  test("there is none if nothing is shown and nothing is counted", () => {
    expect(composeDigest({ shown: [], more: 0, before: 0, source: gazette }, reader)).toEqual([]);
  });

  test("a digest that only counts has the feed of the snapshot", () => {
    const [message, ...others] = composeDigest({ shown: [], more: 7, before: 0, source: gazette }, reader);
    expect(others).toEqual([]);
    expect(message).toMatchObject({ keys: [], more: 7, attributes: { feed: ["gazette"], kind: "digest" } });
  });

  test("each feed is named once in the attributes, in the order of the mail", () => {
    const shown = [ferry, library, tideGate, bridge];
    const [message] = composeDigest({ shown, more: 0, before: 0, source: gazette }, reader);
    const slugs = (message?.attributes["feed"] ?? []) as readonly string[];
    expect(slugs).toHaveLength(3);
    expect(new Set(slugs)).toEqual(new Set(shown.map(({ source }) => source.slug)));
    expect(message?.keys.toSorted()).toEqual(shown.map(({ key }) => key).toSorted());
  });

  test("entries are newest first; those without a date or with a future one are last, in their order", () => {
    const at = (key: string, change: Partial<Alert>): Alert => ({ ...tideGate, key, ...change });
    const shown = [
      at("future", { date: "2030-01-01T00:00:00Z", dateNote: { future: true } }),
      at("old", { date: "2023-01-01T00:00:00Z" }),
      at("undated", { dateSource: "missing" }),
      at("new", { date: "2024-02-01T00:00:00Z" }),
    ];
    const [message] = composeDigest({ shown, more: 0, before: 0, source: gazette }, reader);
    expect(message?.keys).toEqual(["new", "old", "future", "undated"]);
  });

  /** Takes about 30,000 bytes as JSON inside JSON. */
  const description = '"'.repeat(4_000);
  const many = (change: Partial<Alert>): readonly Alert[] =>
    Array.from({ length: 40 }, (_, i) => ({ ...tideGate, key: `k${i}`, title: `Story ${i}`, ...change }));

  test("descriptions are kept where everything fits one message", () => {
    const shown = many({ description }).slice(0, 3);
    const [message] = composeDigest({ shown, more: 0, before: 0, source: gazette }, reader);
    expect(machine(message).entries.map((entry) => entry.description)).toEqual(shown.map(() => description));
  });

  test("descriptions are left out before a second message is needed", () => {
    const messages = composeDigest(
      { shown: many({ description }), more: 0, before: 0, source: gazette },
      reader,
    );
    expect(messages).toHaveLength(1);
    expect(machine(messages[0]).entries).toHaveLength(40);
    expect(machine(messages[0]).entries.every((entry) => entry.description === undefined)).toBe(true);
  });

  test("what does not fit one message is split: each entry is in one part, and the last part counts the rest", () => {
    const link = `https://gazette.example/${"a".repeat(7_900)}`;
    const messages = composeDigest({ shown: many({ link }), more: 9, before: 0, source: gazette }, reader);
    expect(messages.length).toBeGreaterThan(1);
    expect(messages.flatMap(({ keys }) => keys)).toEqual(many({}).map(({ key }) => key));
    expect(messages.map(({ more }) => more)).toEqual([...messages.slice(1).map(() => 0), 9]);
    expect(messages.map((message) => machine(message).part)).toEqual(
      messages.map((_, i) => ({ number: i + 1, of: messages.length })),
    );
    for (const { bytes } of messages) expect(bytes).toBeLessThanOrEqual(channelLimits.messageBytes);
    // Well filled parts mean fewer mails.
    for (const { bytes } of messages.slice(0, -1))
      expect(bytes).toBeGreaterThan(channelLimits.messageBytes * 0.8);
  });
});
