import { describe, expect, test } from "vitest";
import { inOrder } from "../../../functions/core/message/order.ts";
import { isSponsoredOrCartoon } from "../../../functions/core/message/sponsored-and-cartoons.ts";
import type { Alert } from "../../../functions/core/message/message.ts";
import { bridge, ferry, library, tideGate } from "../../support/sample-messages.ts";

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
      "bay gate shelf boat undated future",
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
