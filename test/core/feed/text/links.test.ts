import { describe, expect, test } from "vitest";
import {
  readLink,
  resolveLink,
  whyDropped,
  withoutCredentials,
} from "../../../../functions/core/feed/text/links.ts";

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

describe("what feeds write around an address is removed", () => {
  test.each([
    ["\n   https://bay.example/2026/\n   09/tide-table\n  ", "https://bay.example/2026/09/tide-table"],
    ["https://bay.example/a\r\n\tb", "https://bay.example/ab"],
    ['<a href="https://bay.example/ferry?a=1&amp;b=2">timetable</a>', "https://bay.example/ferry?a=1&b=2"],
    ["<A class='x' HREF='https://bay.example/ferry'>", "https://bay.example/ferry"],
    ["<https://bay.example/ferry>", "https://bay.example/ferry"],
    ["<span>https://bay.example/ferry</span>", "https://bay.example/ferry"],
    ["<![CDATA[https://bay.example/ferry]]>", "https://bay.example/ferry"],
    ["[timetable](https://bay.example/ferry)", "https://bay.example/ferry"],
    ["“https://bay.example/ferry”", "https://bay.example/ferry"],
    ["https://bay.example/1 https://bay.example/2", "https://bay.example/1"],
    ["https://bay.example/1, https://bay.example/2", "https://bay.example/1"],
    ["https://bay.example/1;https://bay.example/2", "https://bay.example/1"],
    ["https://bay.example/1\n  https://bay.example/2", "https://bay.example/1"],
    ["http://https://bay.example/ferry", "https://bay.example/ferry"],
    ["https://http://bay.example/ferry", "http://bay.example/ferry"],
    ["http://https//bay.example/ferry", "https://bay.example/ferry"],
    ["http//bay.example/ferry", "http://bay.example/ferry"],
    ["http://bay.examplehttps://bay.example/ferry", "https://bay.example/ferry"],
    ["https://bay.example/https://bay.example/ferry", "https://bay.example/ferry"],
    ["feed:https://bay.example/ferry", "https://bay.example/ferry"],
  ])("%j", (raw, expected) => {
    expect(resolveLink(raw, "https://other.example/")).toBe(expected);
  });

  test.each([
    "https://archive.example/web/2020/https://bay.example/ferry",
    "https://bay.example/share?to=https://other.example/a,https://other.example/b",
    "https://bay.example/p/%D8%A7?q=%20x#:~:text=a",
  ])("%j is left as it is", (raw) => {
    expect(resolveLink(raw)).toBe(raw);
  });
});

describe("credentials", () => {
  test.each([
    ["https://reader@bay.example/a", "https://bay.example/a"],
    ["https://bank.example@bay.example/a", "https://bay.example/a"],
    ["http://u:p%40ss@bay.example:8080/a?b=1@2", "http://bay.example:8080/a?b=1@2"],
  ])("are removed from %j with a warning that does not repeat them", (raw, expected) => {
    const { link, warning } = readLink(raw);
    expect(link).toBe(expected);
    expect(warning?.code).toBe("link-credentials");
    expect(warning?.message).not.toMatch(/reader|bank|p%40ss/);
    expect(withoutCredentials(raw)).toBe(expected);
  });

  test("are not shown in the warning about a dropped link", () => {
    expect(whyDropped("ftp://u:secret@bay.example/a")).not.toContain("secret");
  });

  test("an id that is no address stays as it is", () => {
    expect(withoutCredentials("tag:bay.example,2026:me@home")).toBe("tag:bay.example,2026:me@home");
  });
});
