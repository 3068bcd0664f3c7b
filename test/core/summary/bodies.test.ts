import { describe, expect, it } from "vitest";
import { summarise } from "../../../functions/core/summary/summarise.ts";

const summary = (html: string, title = "") => summarise({ title, html, limit: 300 });

describe("text that was escaped twice", () => {
  it.each([
    ["<p>The miller&amp;#8217;s cat &amp;ndash; caf&amp;eacute; &amp;amp; bar &amp;mdash; is back.</p>"],
    ["The miller&amp;rsquo;s cat &amp;#x2013; caf&amp;eacute; &amp;amp; bar &amp;#8212; is back."],
    ["<div>The miller&amp;#8217;s cat<br>&amp;ndash; café &amp;amp; bar &amp;mdash; is back.</div>"],
  ])("is decoded: %s", (html) => {
    expect(summary(html)).toBe("The miller’s cat – café & bar — is back.");
  });

  it("is kept as it is in code", () => {
    expect(summary("<p>Write <code>&amp;lt;</code> for the sign that opens a tag in a page.</p>")).toBe(
      "Write &lt; for the sign that opens a tag in a page.",
    );
  });
});

describe("words in angle brackets", () => {
  it.each([
    ["plain text", "Send it to <mill@weir.example> or pass a Map<Wheel> to <wheel_id> today."],
    ["HTML", "<p>Send it to <mill@weir.example> or pass a Map<Wheel> to <wheel_id> today.</p>"],
    [
      "escaped HTML",
      "<p>Send it to &lt;mill@weir.example&gt; or pass a Map&lt;Wheel&gt; to &lt;wheel_id&gt; today.</p>",
    ],
  ])("are kept in %s", (_, html) => {
    expect(summary(html)).toBe("Send it to <mill@weir.example> or pass a Map<Wheel> to <wheel_id> today.");
  });
});

describe("preformatted text", () => {
  const message =
    "sluice: close the gate at night\n\nThe gate stayed open after sunset, so that the\npond ran dry. Close it at nine.\n\n" +
    "* The timer counts from noon.\n* Holidays are no exception.\n\nSigned-off-by: Ada Weir <ada@weir.example>\n(cherry picked from commit 0a1b2c3d4e5f)\n";

  it("is text if it is a commit message, without its title and trailers", () => {
    expect(summary(`<pre>${message.replaceAll("<", "&lt;")}</pre>`, "sluice: close the gate at night")).toBe(
      "The gate stayed open after sunset, so that the pond ran dry. Close it at nine. " +
        "The timer counts from noon. Holidays are no exception.",
    );
  });

  it("is text below a title that the feed has cut", () => {
    const html =
      "<pre>sluice: close the gate of the upper pond at night\n\nIt ran dry otherwise, and the fish died.</pre>";
    expect(summary(html, "sluice: close the gate of the upper…")).toBe(
      "It ran dry otherwise, and the fish died.",
    );
  });

  it.each([
    "<pre><code>let wheel = mill.wheel(3);\nwheel.turn();</code></pre>",
    "<pre>let wheel = mill.wheel(3);\nwheel.turn();</pre>",
    "<pre>$ mill turn --fast\nturning 3 wheels</pre>",
    "<pre>[mill]\nwheels = 3\nspeed = 'slow'</pre>",
  ])("is not text if it is a listing: %s", (listing) => {
    expect(summary(`<p>The mill has a new command for its wheels, which turns them all.</p>${listing}`)).toBe(
      "The mill has a new command for its wheels, which turns them all.",
    );
  });
});

describe("labels and lead-ins", () => {
  it("of a definition list are shown with their values, and not alone", () => {
    const html =
      "<dl><dt>River</dt><dd>Millbrook</dd><dt>Level:</dt><dd>1.20 m</dd><dd>rising</dd><dt>Gauge</dt></dl>" +
      "<p>The next report follows at noon, when the gate has been closed.</p>";
    expect(summary(html)).toBe("The next report follows at noon, when the gate has been closed.");
    expect(summary(html.slice(0, html.indexOf("<p>")))).toBe("River: Millbrook. Level: 1.20 m, rising");
  });

  it("of a definition list in Chinese have Chinese punctuation", () => {
    expect(summary("<dl><dt>河流</dt><dd>磨坊溪</dd><dt>水位：</dt><dd>一米二</dd></dl>")).toBe(
      "河流：磨坊溪。水位：一米二",
    );
  });

  it("are never left alone at a cut", () => {
    const long = "the three gauges of the valley, the one at the upper weir, ".repeat(6);
    for (let limit = 40; limit < 120; limit += 1) {
      const html = `<dl><dt>Level</dt><dd>1.20 m</dd><dt>Measured by</dt><dd>${long}</dd></dl>`;
      expect(summarise({ title: "", html, limit })).not.toMatch(/Measured by…?$|Measured…$|:…?$/u);
    }
  });

  it.each([
    ["a short list", "<ul><li>the wheel</li><li>the race</li></ul>", " On show are: the wheel, the race."],
    [
      "a list with commas",
      "<ul><li>the wheel, new</li><li>the race</li></ul>",
      " On show are: the wheel, new; the race.",
    ],
    ["a listing", "<pre>let wheel = 3;</pre>", ""],
    ["a list of links", "<ul><li><a href=a>Wheel</a></li><li><a href=b>Race</a></li></ul>", ""],
    ["a figure", "<figure><figcaption>The wheel.</figcaption></figure>", ""],
  ])("before %s", (_, list, shown) => {
    const html = `<p>The mill opens its doors on Saturday. On show are:</p>${list}<p>Entry is free for children.</p>`;
    expect(summary(html)).toBe(`The mill opens its doors on Saturday.${shown} Entry is free for children.`);
  });

  it("before a list in Chinese are shown with the list", () => {
    expect(
      summary(
        "<p>磨坊星期六开放参观，可以看到：</p><ul><li>水车</li><li>石磨</li></ul><p>儿童免费入场。</p>",
      ),
    ).toBe("磨坊星期六开放参观，可以看到：水车、石磨。儿童免费入场。");
  });

  it("at the end of a text are left out", () => {
    expect(summary("<p>The mill opens its doors on Saturday. With special guests:</p>")).toBe(
      "The mill opens its doors on Saturday.",
    );
  });
});
