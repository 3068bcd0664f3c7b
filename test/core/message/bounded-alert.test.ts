import { describe, expect, test } from "vitest";
import { boundedAlert } from "../../../functions/core/message/bounded-alert.ts";
import { shownLink } from "../../../functions/core/message/headline.ts";

const long = "p".repeat(8_100);
const entry = {
  key: "k",
  source: { slug: "gazette", title: "Gazette" },
  title: "Harbour opens",
  summary: "",
  dateSource: "missing",
  authors: [],
  categories: [],
} as const;

describe("an entry that waits for a schedule", () => {
  test.each([
    ["a tracking parameter before another one", `https://a.example/x?utm_source=${long}&id=5`, true],
    ["a tracking parameter at its end", `https://a.example/x?id=5&utm_source=${long}`, true],
    ["a short target in a redirector", `https://www.google.com/url?q=https://b.example/1&x=${long}`, true],
    ["a long target in a redirector", `https://www.google.com/url?q=https://b.example/${long}`, false],
    [
      "a long target in a path",
      `https://r.search.yahoo.com/x/RU=https%3A%2F%2Fb.example%2F${long}/RK=0`,
      false,
    ],
    ["a long path", `https://a.example/${long}`, false],
    [
      "a long query that starts late",
      `https://a.example/${"p".repeat(7_970)}?utm_source=a&id=${long}`,
      false,
    ],
    ["a long fragment", `https://a.example/x?id=1#${long}`, false],
  ])("shows the same link as at once where it has %s", (_, link, isShown) => {
    const bounded = boundedAlert({ ...entry, link, audio: { link }, source: { ...entry.source, link } });
    const expected = isShown ? shownLink(link) : undefined;
    expect(shownLink(link)).toBe(expected);
    expect(shownLink(bounded.link)).toBe(expected);
    expect(shownLink(bounded.audio?.link)).toBe(expected);
    expect(shownLink(bounded.source.link)).toBe(expected);
  });

  test("has another link than other entries where no message shows it", () => {
    const linkOf = (path: string) =>
      boundedAlert({ ...entry, link: `https://a.example/${path}${long}` }).link;
    expect(linkOf("a")).not.toBe(linkOf("b"));
  });
});
