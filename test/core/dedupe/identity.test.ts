import * as fc from "../../support/properties.ts";
import { describe, expect, test } from "vitest";
import { canonicalLink } from "../../../functions/core/dedupe/canonical-link.ts";
import { compare, identify, type Identity } from "../../../functions/core/dedupe/identity.ts";
import type { Entry } from "../../../functions/core/feed/entry.ts";
import type { LedgerItem } from "../../../functions/core/ports.ts";

const entry = (fields: Partial<Entry>): Entry => ({
  title: "",
  dateSource: fields.published === undefined ? "missing" : "published",
  authors: [],
  categories: [],
  ...fields,
});

const itemOf = (identity: Identity): LedgerItem => ({
  key: identity.slots[0],
  ...(identity.id !== undefined && { id: identity.id }),
  links: identity.link === undefined ? [] : [identity.link],
  titles: identity.title === undefined ? [] : [identity.title],
  texts: [],
  ...(identity.date !== undefined && { date: identity.date }),
  snapshot: "s",
  at: 0,
  claim: "c",
  expires: 0,
});

const likeness = (before: Partial<Entry>, after: Partial<Entry>) =>
  compare(identify("f", entry(after)), itemOf(identify("f", entry(before))));

const day1 = "2026-03-01T08:00:00.000Z";
const day2 = "2026-03-02T08:00:00.000Z";

describe("an entry is recognised", () => {
  test.each<[string, Partial<Entry>, Partial<Entry>, "same" | "edited" | "other"]>([
    [
      "unchanged",
      { id: "1", link: "https://a.example/1", title: "T" },
      { id: "1", link: "https://a.example/1", title: "T" },
      "same",
    ],
    [
      "edited title",
      { id: "1", link: "https://a.example/1", title: "T" },
      { id: "1", link: "https://a.example/1", title: "U" },
      "same",
    ],
    [
      "edited link",
      { id: "1", link: "https://a.example/1", title: "T" },
      { id: "1", link: "https://a.example/2", title: "T" },
      "same",
    ],
    [
      "reused id",
      { id: "1", link: "https://a.example/1", title: "T" },
      { id: "1", link: "https://a.example/2", title: "U" },
      "other",
    ],
    [
      "unstable id",
      { id: "1", link: "https://a.example/1", title: "T" },
      { id: "2", link: "https://a.example/1", title: "T" },
      "same",
    ],
    [
      "shared link, two ids",
      { id: "1", link: "https://a.example/", title: "T" },
      { id: "2", link: "https://a.example/", title: "U" },
      "other",
    ],
    [
      "shared link and no titles, two ids",
      { id: "1", link: "https://a.example/" },
      { id: "2", link: "https://a.example/" },
      "other",
    ],
    [
      "rendering without id",
      { id: "1", link: "https://a.example/1", title: "T" },
      { link: "https://a.example/1", title: "T" },
      "same",
    ],
    [
      "rendering with id",
      { link: "https://a.example/1", title: "T" },
      { id: "1", link: "https://a.example/1", title: "T" },
      "same",
    ],
    [
      "no id, edited title",
      { link: "https://a.example/1", title: "T" },
      { link: "https://a.example/1", title: "U" },
      "edited",
    ],
    [
      "no id, edited title, same date",
      { link: "https://a.example/1", title: "T", published: day1 },
      { link: "https://a.example/1", title: "U", published: day1 },
      "edited",
    ],
    [
      "no id, shared link, another date",
      { link: "https://a.example/", title: "T", published: day1 },
      { link: "https://a.example/", title: "U", published: day2 },
      "other",
    ],
    [
      "no id, edited link, same date",
      { link: "https://a.example/1", title: "T", published: day1 },
      { link: "https://a.example/2", title: "T", published: day1 },
      "edited",
    ],
    [
      "no id, same title, another link and date",
      { link: "https://a.example/1", title: "T", published: day1 },
      { link: "https://a.example/2", title: "T", published: day2 },
      "other",
    ],
    [
      "no id, same title, another link, no dates",
      { link: "https://a.example/1", title: "T" },
      { link: "https://a.example/2", title: "T" },
      "other",
    ],
    ["id only, edited title", { id: "1", title: "T" }, { id: "1", title: "U" }, "edited"],
    [
      "id only, other title and date",
      { id: "1", title: "T", published: day1 },
      { id: "1", title: "U", published: day2 },
      "other",
    ],
    ["title only", { title: "T" }, { title: "T" }, "same"],
    ["title only, another date", { title: "T", published: day1 }, { title: "T", published: day2 }, "other"],
    ["text only", { description: "x" }, { description: "x" }, "same"],
    ["another text only", { description: "x" }, { description: "y" }, "other"],
    [
      "tracking parameters",
      { link: "https://a.example/1?id=7", title: "T" },
      { link: "http://a.example/1/?id=7&utm_source=rss", title: "U" },
      "edited",
    ],
    [
      "a title in other capitals and widths",
      { id: "1", link: "https://a.example/1", title: "ＡＢＣ news" },
      { id: "2", link: "https://a.example/1", title: "abc  News" },
      "same",
    ],
  ])("%s", (_, before, after, expected) => {
    expect(likeness(before, after)).toBe(expected);
  });

  test("the relation is symmetric", () => {
    const field = fc.option(fc.constantFrom("1", "2"), { nil: undefined });
    const some = fc.record({ id: field, link: field, title: field, date: field });
    const toEntry = ({
      id,
      link,
      title,
      date,
    }: {
      id?: string | undefined;
      link?: string | undefined;
      title?: string | undefined;
      date?: string | undefined;
    }) =>
      entry({
        ...(id !== undefined && { id }),
        ...(link !== undefined && { link: `https://a.example/${link}` }),
        title: title ?? "",
        ...(date !== undefined && { published: date === "1" ? day1 : day2 }),
      });
    fc.assert(
      fc.property(some, some, (a, b) => {
        expect(likeness(toEntry(a), toEntry(b))).toBe(likeness(toEntry(b), toEntry(a)));
      }),
    );
  });
});

test.each([
  ["https://Example.COM:443/a/?utm_source=x&b=1#utm_medium=y", "example.com/a?b=1"],
  ["http://example.com/a", "example.com/a"],
  ["https://example.com/a?fbclid=1", "example.com/a"],
  ["https://example.com/changes#v2", "example.com/changes#v2"],
  ["https://example.com/?p=12", "example.com?p=12"],
  ["tag:example.com,2026:1", "tag:example.com,2026:1"],
])("the canonical form of %s is %s", (link, expected) => {
  expect(canonicalLink(link)).toBe(expected);
});

test("an entry's keys tell its feed and never its text", () => {
  const { slots } = identify("voa", entry({ id: "guid-1", link: "https://a.example/1", title: "T" }));
  expect(slots).toHaveLength(3);
  for (const slot of slots) expect(slot).toMatch(/^entry#voa#[\w-]{22}$/);
});

test("a permalink that serves as id shares the link's key, so that a rendering without id meets it", () => {
  const withId = identify(
    "f",
    entry({ id: "https://a.example/1", link: "https://a.example/1?utm_source=rss", title: "T" }),
  );
  const without = identify("f", entry({ link: "https://a.example/1", title: "T" }));
  expect(withId.slots[0]).toBe(without.slots[0]);
});
