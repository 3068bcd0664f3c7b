import { describe, expect, it } from "vitest";
import { escapeStrayTags } from "../../../../functions/core/feed/text/stray-tags.ts";
import { startCpuTimer } from "../../../support/cpu-time.ts";

describe("words in angle brackets", () => {
  it.each([
    ["a List<String> of names", "a List&lt;String> of names"],
    ["Map<String, List<Miller>>", "Map&lt;String, List&lt;Miller>>"],
    ["std::vector<std::string>", "std::vector&lt;std::string>"],
    ["<mika@harbour.example>", "&lt;mika@harbour.example>"],
    ["<https://mill.example/a>", "&lt;https://mill.example/a>"],
    ["run mill <wheel-id>", "run mill &lt;wheel-id>"],
    ["<p>pass <wheel_id> to it</p>", "<p>pass &lt;wheel_id> to it</p>"],
  ])("stay where they are no element: %s", (text, escaped) => {
    expect(escapeStrayTags(text)).toBe(escaped);
  });

  it.each([
    "<p>One <b>bold</b> word<br/>and <img src=a.png> more</p>",
    "<o:p></o:p><v:shape id=a>x",
    "<mill-wheel speed=3>turns</mill-wheel>",
    "<poem>verse</poem>",
    "<!-- <List> --> 3 < 4 <?php ?>",
    "<svg><path d='M0'/></svg>",
  ])("are markup where they are elements: %s", (html) => {
    expect(escapeStrayTags(html.replace("<!-- <List> -->", "<!-- -->"))).toBe(
      html.replace("<!-- <List> -->", "<!-- -->"),
    );
  });

  it.each(["<a<", "<x>", "</x>", "<x-"])("take time in proportion to their number: %s", (part) => {
    const spent = (length: number): number => {
      const elapsed = startCpuTimer();
      escapeStrayTags(part.repeat(length / part.length));
      return elapsed();
    };
    spent(100_000);
    expect(spent(1_000_000)).toBeLessThan(Math.max(2, spent(100_000)) * 40);
  });
});
