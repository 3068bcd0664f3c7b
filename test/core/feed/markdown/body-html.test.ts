import { describe, expect, test } from "vitest";
import { loadBodyRenderer } from "../../../../functions/core/feed/markdown/body-html.ts";
import { plainText } from "../../../../functions/core/feed/text/plain-text.ts";
import { startCpuTimer } from "../../../support/cpu-time.ts";

const render = await loadBodyRenderer();
const text = (markdown: string): string => plainText(render(markdown));

test.each([
  ["- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"],
  ["3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'],
  ["It was in\n2024. A good year", "<p>It was in\n2024. A good year</p>"],
  ["a | b\nno table", "<p>a | b\nno table</p>"],
  ["    code &\n\n      more\n\nText", "<pre><code>code &amp;\n\n  more\n</code></pre>\n<p>Text</p>"],
  ["~~~~\na\n~~~\nb\n~~~~~\nText", "<pre><code>a\n~~~\nb\n</code></pre>\n<p>Text</p>"],
  [
    "See [one][1] and [two].\n\n[1]: https://h.example/1\n[two]: https://h.example/2",
    '<p>See <a href="https://h.example/1">one</a> and <a href="https://h.example/2">two</a>.</p>',
  ],
  ["> a\n> b", "<blockquote>\n<p>a\nb</p>\n</blockquote>"],
  ["Over  \nthere", "<p>Over<br>there</p>"],
])("%j becomes %j", (markdown, html) => {
  expect(render(markdown)).toBe(html);
});

test.each([
  "<p>One</p>\n\n    <p>indented by its editor</p>\n",
  '<div><i>Thu</i></div><img src="a.png">五角大楼 — <p>Text *as it is*</p>',
  "One<br>two<br>three",
])("the HTML %j stays as it is", (html) => {
  expect(render(html)).toBe(html.trim());
});

describe("text without spaces between words", () => {
  test.each([
    ["**「古い橋」**は閉鎖された。", "「古い橋」は閉鎖された。"],
    ["记者**（本报）**报道", "记者（本报）报道"],
    ["**注意：**明天停水", "注意：明天停水"],
    ["他说*“不”*就走了", "他说“不”就走了"],
    ["**'서울'**에서", "'서울'에서"],
    ["***重要：***请看", "重要：请看"],
    ["**普通**强调", "普通强调"],
  ])("emphasis in %j", (markdown, expected) => {
    expect(text(markdown)).toBe(expected);
    expect(render(markdown)).toMatch(/<(?:strong|em)>/);
  });

  test.each([
    "停水3~5天，气温7~9度。",
    "面积3*4*5米",
    "见https://h.example/1，后文",
    "\u3000\u3000\u3000\u3000段落",
  ])("%j keeps its words", (markdown) => {
    expect(text(markdown)).toBe(markdown.trim());
  });
});

test("lines for a site's templates are left out, but not in code", () => {
  const lines = ["{% include figure.html id=1 %}", '{{< youtube "x" >}}', "{: .lead}"];
  expect(render(`One\n\n${lines.join("\n")}\n\nTwo`)).toBe("<p>One</p>\n<p>Two</p>");
  expect(render(`\`\`\`\n${lines.join("\n")}\n\`\`\``)).toContain("{% include");
  expect(render("Write {% raw %} here")).toBe("<p>Write {% raw %} here</p>");
});

describe("hostile text", () => {
  const units = [
    ...Array.from("[]()<>*_`~\\&|#-+=!:\"' \n\t\u00a0中文"),
    "![",
    "*a ",
    "a*",
    "a**b",
    "_a",
    "``a`",
    "<a ",
    "<a b='",
    "<!--",
    "> a\n",
    "> ",
    "- ",
    "- a\n",
    "1. ",
    "[a](",
    "[a](b",
    "[a](<b",
    '[a](b "',
    "[a][b]",
    "[a]: b\n",
    "[a]:",
    "|a",
    "a|b\n-|-\n",
    "* * ",
    "a\n=\n",
    "http://a.",
    "```\n",
    "*_",
    "***a",
    "a  \n",
    "<![CDATA[",
    "<?",
    "&#x",
    "- [ ] ",
    "[![",
    "中**",
    "**「",
    "~~a",
    "~a",
    "*a\n",
    "<div>\n",
    "<a\n",
    ">- ",
    "> a\nb\n",
    "- a\n\n",
    "{% a",
    "{: ",
    "    a\n",
    "\ta\n",
    "1) a\n  - b\n",
  ];

  test("64 KiB of any repetition take less than a second, and keep their letters", () => {
    const slow: string[] = [];
    const lost: string[] = [];
    for (const unit of units) {
      const source = unit.repeat(Math.ceil((64 * 1024) / unit.length));
      const elapsed = startCpuTimer();
      const html = render(`${source}x`);
      if (elapsed() > 1000) slow.push(`${JSON.stringify(unit)}: ${elapsed().toFixed(0)} ms`);
      if (unit.includes("a") && !unit.includes("]:") && !html.includes("a")) lost.push(unit);
    }
    expect({ slow, lost }).toEqual({ slow: [], lost: [] });
  });

  test("lists and quotes nested without end become text", () => {
    for (const mark of ["> ", "- ", "1. ", ">- ", "* + "]) {
      const html = render(`${mark.repeat(10_000)}deep`);
      expect(plainText(html)).toContain("deep");
      expect(html.length).toBeLessThan(2000);
    }
    const steps = Array.from({ length: 3000 }, (_, depth) => `${"  ".repeat(depth % 200)}- a`).join("\n");
    const elapsed = startCpuTimer();
    render(steps);
    expect(elapsed()).toBeLessThan(1500);
  });

  test("a text beyond the limit is kept to its last word, in time proportional to its length", () => {
    const paragraph = `${"The *ferry* & its crew. ".repeat(40)}\n\n`;
    const long = `${paragraph.repeat(4000)}Last words.`;
    const elapsed = startCpuTimer();
    const html = render(long);
    expect(elapsed()).toBeLessThan(1500);
    expect(html).toMatch(/<em>ferry<\/em> &amp; its crew/);
    expect(html).toMatch(/<p>Last words\.<\/p>$/);
    expect(html.match(/ferry/g)).toHaveLength(160_000);
  });
});
