import { expect, test } from "vitest";
import { dateInWords, viewSnapshot } from "../../functions/commands/parse-view.ts";
import { plain } from "../../functions/console/terminal.ts";
import type { Entry, ParsedSnapshot } from "../../functions/core/feed/entry.ts";

const entry = (fields: Partial<Entry>): Entry => ({
  title: "",
  dateSource: "missing",
  authors: [],
  categories: [],
  ...fields,
});

const view = (snapshot: Partial<ParsedSnapshot>): string =>
  [
    ...viewSnapshot(
      "a.xml",
      { format: "rss", encoding: "utf-8", feed: {}, entries: [], rejects: [], warnings: [], ...snapshot },
      plain,
    ),
  ].join("");

test("shows all fields of a snapshot", () => {
  const shown = view({
    feed: { title: "Harbour news", link: "https://harbour.example/", language: "en" },
    entries: [
      entry({
        title: "The ferry is back",
        link: "https://harbour.example/1",
        id: "n-1",
        language: "en",
        published: "2026-03-01T08:00:00Z",
        updated: "2026-03-02T08:00:00Z",
        dateSource: "published",
        authors: ["Ada", "Bo"],
        categories: ["Sea"],
      }),
      entry({}),
    ],
    rejects: [
      {
        code: "entry-malformed",
        index: 1,
        offset: 12_345,
        title: "Bad\u202E one",
        reason: "it is no element",
      },
    ],
    warnings: [
      { code: "encoding-overruled", message: "declared latin1, read as utf-8" },
      { code: "link-dropped", message: "javascript: is no address", index: 2 },
    ],
  });
  expect(shown).toBe(`a.xml
  format    RSS
  encoding  utf-8
  feed      Harbour news, https://harbour.example/, en

  1. The ferry is back
     date        2026-03-01 08:00:00 UTC, published
     updated     2026-03-02 08:00:00 UTC
     link        https://harbour.example/1
     language    en
     id          n-1
     authors     Ada, Bo
     categories  Sea

  3. (no title)
     date      unknown: the snapshot has none that can be read
     link      none
     language  not stated
     id        none

  rejects
    entry 2 at character 12,345: entry-malformed: it is no element (Bad one)

  warnings
    encoding-overruled: declared latin1, read as utf-8
    entry 3: link-dropped: javascript: is no address

  2 entries, 1 reject, 2 warnings
`);
});

test("shows the source of each date", () => {
  const published = "2024-01-25T20:28:16.000Z";
  expect(dateInWords(entry({ published, dateSource: "published" }))).toBe(
    "2024-01-25 20:28:16 UTC, published",
  );
  expect(dateInWords(entry({ updated: published, dateSource: "updated" }))).toBe(
    "2024-01-25 20:28:16 UTC, last updated",
  );
  expect(
    dateInWords(entry({ published, dateSource: "inferred", dateNote: { inferredFrom: "snapshot time" } })),
  ).toBe("2024-01-25 20:28:16 UTC, inferred from snapshot time");
  expect(
    dateInWords(
      entry({ published, dateSource: "published", dateNote: { assumedZone: "Asia/Shanghai", future: true } }),
    ),
  ).toBe("2024-01-25 20:28:16 UTC, published, no time zone, Asia/Shanghai assumed, in the future");
  expect(
    dateInWords(
      entry({ published, dateSource: "published", dateNote: { assumedZone: "UTC", day: "2024-01-25" } }),
    ),
  ).toBe("2024-01-25, published, no time of day");
  expect(dateInWords(entry({}))).toContain("unknown");
});
