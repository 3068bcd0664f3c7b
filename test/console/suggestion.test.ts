import { expect, test } from "vitest";
import { suggestion } from "../../functions/console/suggestion.ts";

const known = ["alerts", "digest", "snapshot-gone", "新闻"];

test.each([
  ["alert", "did you mean alerts?"],
  ["Digets", "did you mean digest?"],
  ["snapshotgone", "did you mean snapshot-gone?"],
  ["新聞", "did you mean 新闻?"],
  ["something-else", "expected one of alerts, digest, snapshot-gone, 新闻"],
  ["", "expected one of alerts, digest, snapshot-gone, 新闻"],
])("%j: %s", (word, expected) => {
  expect(suggestion(word, known)).toBe(expected);
});

test("the most similar word is suggested, not the first", () => {
  expect(suggestion("digests", ["digit", "digest"])).toBe("did you mean digest?");
});

test("a word of any length is compared in time", () => {
  expect(suggestion("a".repeat(20_000), known)).toContain("expected one of");
});
