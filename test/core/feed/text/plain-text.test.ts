import * as fc from "../../../support/properties.ts";
import { expect, test } from "vitest";
import { decodeEntities } from "../../../../functions/core/feed/text/entities.ts";
import { nestBase, resolveLink } from "../../../../functions/core/feed/text/links.ts";
import {
  cleanLine,
  plainText,
  plainTitle,
  titleText,
} from "../../../../functions/core/feed/text/plain-text.ts";

test.each([
  ["A <b>b</b> &amp; c", "A b & c"],
  ["one<br>two</p><p>three", "one two three"],
  ["a<!-- no -->b <style>p{}</style>c", "ab c"],
  ["List<Order> < 5 > 2", "List<Order> < 5 > 2"],
  ["<a href=\"x>y\" title='z'>link</a>", "link"],
  ["<script>if (a < b) alert('</b>')</script>end", "end"],
  ["unclosed <b", "unclosed <b"],
  ["&amp;lt;b&amp;gt;", "&lt;b&gt;"],
  ["soft\u200bwrap \u202eevil\u202c", "soft\u200bwrap evil"],
])("%j reads %j", (html, text) => {
  expect(plainText(html)).toBe(text);
});

test.each([
  ["The <em>last</em> <script>x()</script>ferry", "The last ferry"],
  ["Ferry<br>back<br/>again", "Ferry back again"],
  ["<p>Ferry back", "Ferry back"],
  ["Ferry back</b>", "Ferry back"],
  ['Ferry <a href="https://h.example/">back', "Ferry back"],
  ["a<!-- no -->b", "ab"],
  ["Support <template> and <script> tags", "Support <template> and <script> tags"],
  ["How do I center a <div> with <section>?", "How do I center a <div> with <section>?"],
  ["<script> tag considered harmful", "<script> tag considered harmful"],
  ["Why </script> and <script> differ", "Why and <script> differ"],
  ["Use </body> or not", "Use </body> or not"],
  ["if a<b and c>d", "if a<b and c>d"],
])("the title %j reads %j", (html, text) => {
  expect(titleText(html)).toBe(text);
});

test("a title that is plain by its format is HTML only if it closes an element", () => {
  expect(plainTitle("Use <br> in a <p> &amp; more")).toBe("Use <br> in a <p> & more");
  expect(plainTitle("The <i>last</i> ferry")).toBe("The last ferry");
});

test("a clean line is one line, without controls or overrides, and cleaning it again changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
      const line = cleanLine(text);
      // oxlint-disable-next-line no-control-regex -- what must not be there
      expect(line).not.toMatch(/[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]|^\s|\s$|\s\s/);
      expect(line.isWellFormed()).toBe(true);
      expect(cleanLine(line)).toBe(line);
    }),
    { numRuns: 1000 },
  );
});

test("text that was escaped once is decoded once", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      const escaped = text
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replaceAll('"', "&quot;");
      expect(decodeEntities(escaped)).toBe(text);
    }),
  );
});

test.each([
  ["/a b", "https://H.example/x/", "https://h.example/a%20b"],
  ["//other.example", "https://h.example/", "https://other.example/"],
  ["../y?a=1&b=2#c", "https://h.example/x/z", "https://h.example/y?a=1&b=2#c"],
  [" https://h.example:443/a/../b ", undefined, "https://h.example/b"],
  ["https://münchen.example/ä", undefined, "https://xn--mnchen-3ya.example/%C3%A4"],
  ["javascript:alert(1)", "https://h.example/", undefined],
  ["JaVaScRiPt:alert(1)", "https://h.example/", undefined],
  ["data:text/html,x", undefined, undefined],
  ["mailto:a@h.example", "https://h.example/", undefined],
  ["relative", undefined, undefined],
  ["", "https://h.example/", undefined],
  [`https://h.example/${"x".repeat(9000)}`, undefined, undefined],
])("%j against %j is %j", (raw, base, link) => {
  expect(resolveLink(raw, base)).toBe(link);
});

test("the shortcut for clean addresses gives what the URL Standard gives", () => {
  const part = fc.string({
    unit: fc.constantFrom(...Array.from("abzAZ09/._~-=&?%+,;:@!$()*#'|^ é")),
    maxLength: 20,
  });
  fc.assert(
    fc.property(
      fc.constantFrom(
        "h.example",
        "a.b.example",
        "h.example:443",
        "1.2.example",
        "x--y.example",
        "xn--a.example",
        "H.example",
      ),
      part,
      (host, rest) => {
        const raw = `https://${host}/${rest}`;
        const url = URL.parse(raw.trim());
        expect(resolveLink(raw)).toBe(url === null ? undefined : url.href);
      },
    ),
    { numRuns: 3000 },
  );
});

test("bases accumulate; one that is not a web address is ignored", () => {
  expect(nestBase("news/", nestBase("/feeds/", "https://h.example/x"))).toBe("https://h.example/feeds/news/");
  expect(nestBase("javascript:x", "https://h.example/")).toBe("https://h.example/");
  expect(nestBase(undefined, "https://h.example/")).toBe("https://h.example/");
});
