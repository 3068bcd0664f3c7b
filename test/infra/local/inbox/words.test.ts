import { describe, expect, test } from "vitest";
import { deliveryInWords, slotsInWords } from "../../../../infra/local/inbox/delivery-words.ts";
import { reasonsToWait } from "../../../../infra/local/inbox/waiting-words.ts";
import { rulesInWords } from "../../../../infra/local/inbox/rule-words.ts";
import { parseConfiguration } from "../../../../infra/config/configuration.ts";

test.each([
  [{}, []],
  [{ feeds: ["voa"] }, ["Only entries of the feed voa."]],
  [
    { feeds: ["voa", "haifeng"], languages: ["zh"] },
    ["Only entries of the feeds voa or haifeng.", "Only entries in Chinese."],
  ],
  [
    { include: ["隧道"], exclude: ["广告", "x"], in: "title" },
    ["Only entries that contain ‘隧道’ in the title.", "No entries that contain ‘广告’ or ‘x’ in the title."],
  ],
  [{ maximumAgeDays: 1 }, ["Only entries at most 1 day old."]],
  [
    { matches: ["^a"], authors: ["B"], categories: ["c"], hosts: ["d.example"] },
    [
      "Only entries that match /^a/.",
      "Only entries by B.",
      "Only entries in the category c.",
      "Only entries with a link on d.example.",
    ],
  ],
  [
    { any: [{ feeds: ["a"], include: ["b"] }, { hosts: ["c.example"] }] },
    ["Only entries (of the feed a and that contain ‘b’) or (with a link on c.example)."],
  ],
  [
    { all: [{ authors: ["A"] }], not: { categories: ["ads"] } },
    ["Only entries by A.", "No entries in the category ads."],
  ],
] as const)("the rules %j in words", (rules, expected) => {
  expect(rulesInWords(rules)).toEqual(expected);
});

test("when and how an audience gets its entries, in words", () => {
  const { audiences } = parseConfiguration({
    audiences: [
      { name: "a", mode: "alerts", maxAlerts: 5, quietHours: "22:00-07:00", maxPerHour: 30 },
      {
        name: "b",
        mode: "digest",
        schedule: "daily 07:00",
        minItems: 3,
        timeZone: "Asia/Shanghai",
        locale: "zh-CN",
      },
    ],
  });
  const words = audiences.map((audience) => deliveryInWords(audience).join("\n"));
  expect(words[0]).toContain("One message per new entry, at once. A snapshot sends at most 5;");
  expect(words[0]).toContain("Nothing from 22:00 to 07:00;");
  expect(words[0]).toContain("At most 30 alerts an hour;");
  expect(words[1]).toContain("One digest on the schedule ‘daily 07:00’.");
  expect(words[1]).toContain("Fewer than 3 entries wait for the next slot");
  expect(words[1]).toContain("Written in Chinese (China), with dates in the time zone Asia/Shanghai.");
});

test.each([
  [{ mode: "digest", schedule: "daily 07:00" }, "daily 07:00"],
  [{ mode: "alerts", quietHours: "22:00-07:00" }, "end of the quiet hours, 07:00"],
  [{ mode: "alerts", maxPerHour: 3 }, "hourly"],
  [{ mode: "alerts", maxPerHour: 3, quietHours: "22:00-07:00" }, "hourly, after the quiet hours"],
] as const)("the slots of %j in words", (audience, expected) => {
  expect(slotsInWords(audience)).toBe(expected);
});

describe("why entries wait, in words", () => {
  const reasons = (audience: object, at: string, entries = 1) => {
    const [found] = parseConfiguration({ audiences: [{ name: "a", ...audience }] }).audiences;
    if (!found) throw new Error("The configuration has no audience.");
    const since = Date.parse(at);
    const now = Date.parse("2026-11-26T12:00:00Z");
    return reasonsToWait(found, { entries, since, times: [since], now });
  };
  const alerts = { mode: "alerts", quietHours: "22:00-07:00", maxPerHour: 30 };
  const daily = { mode: "digest", schedule: "daily 07:00", minItems: 3, maxWaitDays: 2 };

  test.each([
    [alerts, "2026-11-26T23:00:00Z", ["They arrived in the quiet hours, 22:00 to 07:00."]],
    [alerts, "2026-11-26T11:00:00Z", ["They are beyond 30 alerts an hour."]],
    [
      { mode: "alerts" },
      "2026-11-26T11:00:00Z",
      ["The audience has no schedule any more. Watch sends them in its next hourly run."],
    ],
    [
      daily,
      "2026-11-26T11:00:00Z",
      [
        "They wait for the schedule ‘daily 07:00’.",
        "The next slot sends them only if at least 3 wait; after 2 days they are sent anyway.",
      ],
    ],
    [daily, "2026-11-24T11:00:00Z", ["They wait for the schedule ‘daily 07:00’."]],
  ])("%j, decided at %s", (audience, at, expected) => {
    expect(reasons(audience, at)).toEqual(expected);
  });

  test("a slot with enough entries needs no more", () => {
    expect(reasons(daily, "2026-11-26T11:00:00Z", 3)).toHaveLength(1);
  });
});
