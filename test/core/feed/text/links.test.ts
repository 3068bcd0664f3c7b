import { expect, test } from "vitest";
import { resolveLink, whyDropped } from "../../../../functions/core/feed/text/links.ts";

test.each([
  ["https://x.example/a", undefined, "https://x.example/a"],
  ["/a", "https://x.example/b/", "https://x.example/a"],
  ["//y.example/a", "https://x.example/", "https://y.example/a"],
  ["https://x.example/?a=1&amp;b=2", undefined, "https://x.example/?a=1&b=2"],
  ["https://x.example/?a=1&#038;b=2;c", undefined, "https://x.example/?a=1&b=2;c"],
  ["https://例子.example/新闻", undefined, "https://xn--fsqu00a.example/%E6%96%B0%E9%97%BB"],
  ["javascript:alert(1)", "https://x.example/", undefined],
  ["www.y.example/a", "https://x.example/b/", "https://www.y.example/a"],
  ["WWW.y.example", undefined, "https://www.y.example/"],
  ["www.html", "https://x.example/", "https://x.example/www.html"],
  ["www/a.html", "https://x.example/", "https://x.example/www/a.html"],
  ["mailto:a@x.example", undefined, undefined],
  ["a", undefined, undefined],
  [`https://x.example/${"a".repeat(8192)}`, undefined, undefined],
])("%s from %s is %s", (raw, base, expected) => {
  expect(resolveLink(raw, base)).toBe(expected);
});

test("a note on a dropped link says whether its scheme or its base is at fault", () => {
  expect(whyDropped("/1")).toMatch(/relative.*no address to resolve it/);
  expect(whyDropped("javascript:x")).toMatch(/no http or https/);
  expect(whyDropped(`https://x.example/${"a".repeat(9000)}`)).toMatch(/longer than 8192/);
});
