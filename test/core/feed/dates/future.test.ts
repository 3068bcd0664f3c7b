import { expect, test } from "vitest";
import { isFuture } from "../../../../functions/core/feed/dates/future.ts";
import { parseSnapshot } from "../../../../functions/core/feed/parse.ts";
import { summariseEntry } from "../../../../functions/core/message/alert.ts";

const now = Date.parse("2026-11-19T08:00:00Z");

test.each([
  ["2026-11-19T08:00:00Z", false],
  ["2026-11-19T09:00:00Z", false],
  ["2026-11-19T09:00:01Z", true],
])("%s in the future: %s, for the reader and for the alert", async (date, future) => {
  expect(isFuture(date, now)).toBe(future);
  const text = `<rss><channel><item><title>A</title><pubDate>${date}</pubDate></item></channel></rss>`;
  const { entries } = await parseSnapshot(Buffer.from(text), { now });
  expect(entries[0]?.dateNote?.future ?? false).toBe(future);
  const plain = (await parseSnapshot(Buffer.from(text))).entries[0];
  if (plain === undefined) throw new Error("no entry");
  const source = { slug: "a", title: "A" };
  const alert = summariseEntry(plain, { key: "k", source, now, revised: false });
  expect(alert.dateNote?.future ?? false).toBe(future);
});
