import { describe, expect, test } from "vitest";
import type { Order } from "../../../functions/core/configuration.ts";
import { inOrder as sort } from "../../../functions/core/message/order.ts";
import { isSponsoredOrCartoon } from "../../../functions/core/message/sponsored-and-cartoons.ts";
import type { Alert } from "../../../functions/core/message/message.ts";
import { dayHeading } from "../../../functions/core/message/format-dates.ts";
import { wordsFor } from "../../../functions/core/message/locales/words.ts";
import { alert, audience } from "../../support/arbitrary-messages.ts";
import * as fc from "../../support/properties.ts";
import { bridge, ferry, library, tideGate } from "../../support/sample-messages.ts";

const inOrder = (alerts: readonly Alert[], order: Order, timeZone = "UTC"): readonly Alert[] =>
  sort(alerts, { order, timeZone });
const keys = (alerts: readonly Alert[]): string => alerts.map(({ key }) => key).join(" ");
const at = (alert: Alert, key: string, date: string, change: Partial<Alert> = {}): Alert => ({
  ...alert,
  key,
  date,
  dateSource: "published",
  ...change,
});

describe("a digest in the order", () => {
  const gate = at(tideGate, "gate", "2024-01-25T11:00:00Z");
  const boat = at(ferry, "boat", "2024-01-24T09:00:00Z");
  const bay = at(bridge, "bay", "2024-01-25T20:00:00Z");
  const shelf = at(library, "shelf", "2024-01-25T10:00:00Z");
  const undated = { ...ferry, key: "undated", dateSource: "missing" } as const;
  const future = at(ferry, "future", "2028-01-24T09:00:00Z", { dateNote: { future: true } });

  test("newest: over all feeds, entries without a usable date last", () => {
    expect(keys(inOrder([undated, boat, future, shelf, bay, gate], "newest"))).toBe(
      "bay gate shelf boat future undated",
    );
  });

  test("newest: a day without a time is among the entries of that day, in every time zone", () => {
    const day = (key: string, date: string): Alert =>
      at(ferry, key, `${date}T00:00:00Z`, { dateNote: { day: date } });
    const late = at(bridge, "late", "2024-01-26T04:00:00Z");
    const all = [late, day("twenty-sixth", "2024-01-26"), day("twenty-fifth", "2024-01-25"), gate];
    expect(keys(inOrder(all, "newest"))).toBe("late twenty-sixth gate twenty-fifth");
    expect(keys(inOrder(all, "newest", "America/New_York"))).toBe("twenty-sixth late gate twenty-fifth");
    expect(keys(inOrder(all, "newest", "Pacific/Kiritimati"))).toBe("late twenty-sixth gate twenty-fifth");
  });

  test("newest: dates in the future are not between those that are unknown", () => {
    const later = { ...future, key: "later", date: "2029-01-01T00:00:00Z" };
    const other = { ...undated, key: "other" };
    expect(keys(inOrder([undated, future, other, later, boat], "newest"))).toBe(
      "boat later future undated other",
    );
  });

  test("feed: the feed with the newest entry first", () => {
    expect(keys(inOrder([boat, shelf, undated, bay, gate], "feed"))).toBe("bay gate boat undated shelf");
  });

  test("importance: a story of three feeds is before a newer one of one feed", () => {
    const shared = { ...boat, also: [bay, shelf] };
    expect(keys(inOrder([bay, gate, shared], "importance"))).toBe("boat bay gate");
    const sameFeed = { ...boat, also: [gate] };
    expect(keys(inOrder([bay, gate, sameFeed], "importance"))).toBe("bay gate boat");
  });

  test("importance: of two entries of the same age the one higher in its feed is first", () => {
    const top = at(ferry, "top", "2024-01-25T11:00:00Z", { place: 0 });
    const low = at(ferry, "low", "2024-01-25T11:00:00Z", { place: 20 });
    expect(keys(inOrder([low, top], "importance"))).toBe("top low");
  });

  test("sponsored posts and cartoons are last, with feed in their feed", () => {
    const ad = { ...bay, key: "ad", title: "Sponsored: A bank with a view" };
    const comic = { ...gate, key: "comic", categories: ["Cartoons"] };
    const all = [ad, comic, boat, shelf];
    expect(keys(inOrder(all, "newest"))).toBe("shelf boat ad comic");
    expect(keys(inOrder(all, "importance"))).toBe("shelf boat ad comic");
    expect(keys(inOrder(all, "feed"))).toBe("ad boat comic shelf");
  });
});

test("newest: the entries of a day are together, in every time zone", () => {
  fc.assert(
    fc.property(fc.array(alert, { maxLength: 12 }), audience, (alerts, readers) => {
      const shown = sort(
        alerts.filter((one) => one.dateNote?.future !== true && !isSponsoredOrCartoon(one)),
        { ...readers, order: "newest" },
      );
      const days = shown.map((one) => dayHeading(one, readers, wordsFor("en")));
      const headings = days.filter((day, index) => day !== days[index - 1]);
      expect(headings).toEqual([...new Set(headings)]);
    }),
  );
});

test.each([
  ["[Sponsor] Lamps for long evenings", true],
  ["Anzeige: Drei Nächte am Meer", true],
  ["【广告】海边三晚", true],
  ["［PR］新しい傘", true],
  ["新しい傘【PR】", true],
  ["Three nights by the sea (Advertisement)", true],
  ["Cartoon: The last ferry", true],
  ["【漫画】最後の船", true],
  ["The sponsor of the regatta withdraws", false],
  ["Sponsored walk raises 4,000 euros", false],
  ["PR: fix the build", false],
  ["漫画の日", false],
  ["Cartoonist wins prize", false],
])("the title %j is of a sponsored post or a cartoon: %s", (title, expected) => {
  expect(isSponsoredOrCartoon({ title, categories: [] })).toBe(expected);
});

test.each([
  ["Sponsored", true],
  ["Karikatur", true],
  ["漫画", false],
  ["Sponsorship", false],
])("the category %j is of a sponsored post or a cartoon: %s", (category, expected) => {
  expect(isSponsoredOrCartoon({ title: "Lamps", categories: [category] })).toBe(expected);
});
