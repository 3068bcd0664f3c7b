import { expect, test } from "vitest";
import { resolveLink } from "../../../functions/core/feed/links.ts";

test.each([
  ["https://x.example/a", undefined, "https://x.example/a"],
  ["/a", "https://x.example/b/", "https://x.example/a"],
  ["//y.example/a", "https://x.example/", "https://y.example/a"],
  ["https://x.example/?a=1&amp;b=2", undefined, "https://x.example/?a=1&b=2"],
  ["https://x.example/?a=1&#038;b=2;c", undefined, "https://x.example/?a=1&b=2;c"],
  ["https://例子.example/新闻", undefined, "https://xn--fsqu00a.example/%E6%96%B0%E9%97%BB"],
  ["javascript:alert(1)", "https://x.example/", undefined],
  ["mailto:a@x.example", undefined, undefined],
  ["a", undefined, undefined],
  [`https://x.example/${"a".repeat(8192)}`, undefined, undefined],
])("%s from %s is %s", (raw, base, expected) => {
  expect(resolveLink(raw, base)).toBe(expected);
});
