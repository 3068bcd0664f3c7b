import { expect, test } from "vitest";
import { parseSnapshot } from "../../../../functions/core/feed/parse.ts";
import { startCpuTimer } from "../../../support/cpu-time.ts";

const iso = "2024-03-03T10:20:30Z";
const parse = (body: string, head = "") =>
  parseSnapshot(
    Buffer.from(`<!doctype html><html><head><title>A page</title>${head}</head><body>${body}</body></html>`),
  );
const script = (data: unknown, type = "application/ld+json") =>
  `<script type="${type}">${JSON.stringify(data)}</script>`;
const canonical = '<link rel="canonical" href="https://e.example/here">';

test("an h-entry class without its properties takes heading, link and time", async () => {
  const items = [1, 2].map(
    (number) =>
      `<li class="wp-block-post hentry"><h2 class="wp-block-post-title"><a href="https://e.example/${number}">No. ${number}</a></h2><time datetime="${iso}">3 March</time></li>`,
  );
  const { entries } = await parse(`<ul>${items.join("")}</ul>`);
  expect(entries).toMatchObject([
    { title: "No. 1", link: "https://e.example/1", published: iso },
    { title: "No. 2", link: "https://e.example/2", published: iso },
  ]);
});

test("an article with the class and a linked heading is read as well", async () => {
  const { entries } = await parse(
    `<article class="hentry"><h2><a href="https://e.example/1">One</a></h2><p>Text</p></article>`,
  );
  expect(entries).toMatchObject([{ title: "One", link: "https://e.example/1" }]);
  expect(entries[0]?.content).toContain("<p>Text</p>");
});

test("an h-entry without title, link and content leaves the page to its other markings", async () => {
  const { entries } = await parse(
    `<div class="hentry"><img src="a.png"></div><article><h2><a href="https://e.example/1">One</a></h2></article><article><h2><a href="https://e.example/2">Two</a></h2></article>`,
  );
  expect(entries.map(({ title }) => title)).toEqual(["One", "Two"]);
});

test("a frame with the class does not replace the list in it", async () => {
  const { entries } = await parse(
    `<div class="hentry"><h1>Latest</h1></div><article><h2><a href="https://e.example/1">One</a></h2></article><article><h2><a href="https://e.example/2">Two</a></h2></article>`,
  );
  expect(entries.map(({ title }) => title)).toEqual(["One", "Two"]);
});

test("what belongs to a person or a quoted post is not the entry's", async () => {
  const { entries } = await parse(
    `<div class="h-entry"><div class="p-author h-card"><a class="u-url p-name" href="https://e.example/">Joe</a></div><h1 class="p-name">Real</h1><a class="u-url" href="https://e.example/post/1">here</a></div>
     <div class="h-entry"><div class="u-in-reply-to h-cite"><a class="u-url p-name" href="https://other.example/">Quoted</a><time class="dt-published" datetime="2020-01-01T00:00:00Z"></time></div><p class="p-name">Answer</p><a class="u-url" href="https://e.example/post/2"></a><div class="p-comment h-entry"><p class="p-name">Comment</p></div></div>`,
  );
  expect(entries).toMatchObject([
    { title: "Real", link: "https://e.example/post/1", authors: ["Joe"] },
    { title: "Answer", link: "https://e.example/post/2", dateSource: "missing" },
  ]);
});

test("name and address of an h-entry may be implied", async () => {
  const { entries } = await parse(
    `<a class="h-entry" href="https://e.example/1">One</a><div class="h-entry"><a href="https://e.example/2">Two</a></div>`,
  );
  expect(entries).toMatchObject([
    { title: "One", link: "https://e.example/1" },
    { title: "Two", link: "https://e.example/2" },
  ]);
});

test("a page's only h-entry or article has the page's address, not that of the first link in its text", async () => {
  const text = '<p>See <a href="https://elsewhere.example/">there</a></p>';
  const entry = await parse(
    `<div class="h-entry"><h1 class="p-name">One</h1><div class="e-content">${text}</div></div>`,
    canonical,
  );
  expect(entry.entries).toMatchObject([{ title: "One", link: "https://e.example/here" }]);
  const article = await parse(`<article><h1>One</h1>${text}</article>`, canonical);
  expect(article.entries).toMatchObject([{ title: "One", link: "https://e.example/here" }]);
  const bare = await parse(`<article><h1>One</h1>${text}</article>`);
  expect(bare.entries[0]?.link).toBeUndefined();
});

test("an h-entry's page fills what its class leaves out", async () => {
  const { entries } = await parse(
    `<article class="hentry"><h1 class="entry-title">One</h1></article>`,
    script({ "@type": "NewsArticle", headline: "One", url: "https://e.example/1", datePublished: iso }),
  );
  expect(entries).toMatchObject([{ title: "One", link: "https://e.example/1", published: iso }]);
});

const news = { "@type": "NewsArticle", headline: "One", url: "https://e.example/1", datePublished: iso };

test("an article in two scripts is one", async () => {
  const { entries } = await parse("", script(news) + script({ ...news, author: { name: "Ada" } }));
  expect(entries).toMatchObject([{ title: "One", authors: ["Ada"] }]);
  const two = await parse("", script([news, { ...news, headline: "Two" }]));
  expect(two.entries.map(({ title }) => title)).toEqual(["One", "Two"]);
});

test("lists of menus and of products are no articles", async () => {
  const list = (type: string) => ({
    "@type": "ItemList",
    itemListElement: [{ "@type": type, name: "Home", url: "https://e.example/" }],
  });
  const { entries } = await parse(
    "",
    script(list("SiteNavigationElement")) +
      script({
        "@type": "ItemList",
        itemListElement: [{ "@type": "ListItem", item: { "@type": "Product", name: "Shoe" } }],
      }) +
      script(news),
  );
  expect(entries.map(({ title }) => title)).toEqual(["One"]);
});

test.each([
  ["a parameter of the type", script(news, "application/ld+json; charset=utf-8")],
  ["CDATA", `<script type="application/ld+json">//<![CDATA[\n${JSON.stringify(news)}\n//]]></script>`],
  [
    "CDATA in comments",
    `<script type="application/ld+json">/*<![CDATA[*/[${JSON.stringify(news)}]/*]]>*/</script>`,
  ],
  ["a comment", `<script type="application/ld+json"><!--\n${JSON.stringify(news)}\n--></script>`],
])("%s hides no JSON-LD", async (_, head) => {
  expect((await parse("", head)).entries).toMatchObject([{ title: "One", published: iso }]);
});

test("an item of a list may be its address, and a blog's post no list", async () => {
  const { entries } = await parse(
    "",
    script({
      "@type": "ItemList",
      itemListElement: [{ "@type": "ListItem", name: "One", item: "https://e.example/1" }],
    }),
  );
  expect(entries).toMatchObject([{ title: "One", link: "https://e.example/1" }]);
  const blog = await parse("", script({ "@type": "Blog", blogPost: { ...news, "@type": "BlogPosting" } }));
  expect(blog.entries).toMatchObject([{ title: "One" }]);
});

test("references within a graph are resolved, and the publisher names a page without a site name", async () => {
  const graph = {
    "@graph": [
      { ...news, author: { "@id": "#ada" }, publisher: { "@id": "#press" } },
      { "@type": "Person", "@id": "#ada", name: "Ada" },
      { "@type": "Organization", "@id": "#press", name: "The Press" },
    ],
  };
  const parsed = await parse("", script(graph));
  expect(parsed).toMatchObject({ feed: { title: "The Press" }, entries: [{ authors: ["Ada"] }] });
  const site = '<meta property="og:site_name" content="The Site">';
  expect((await parse("", site + script(graph))).feed.title).toBe("The Site");
});

test("a page with very many siblings takes linear time", async () => {
  const elapsed = startCpuTimer();
  const nested = '<div class="hentry">'.repeat(200) + "<p>x</p>".repeat(20_000);
  await expect(parse(nested)).rejects.toMatchObject({ code: "no-entries" });
  const { entries } = await parse(`<article><h2>One</h2>${"<p>x</p>".repeat(40_000)}</article>`);
  expect(entries).toMatchObject([{ title: "One" }]);
  expect(elapsed()).toBeLessThan(5000);
});
