/** One snapshot per trait, with its expected result. */
interface Fixture {
  readonly name: string;
  readonly text: string;
  readonly format: string;
  /** Title, link, id, and published or else updated. A missing field is not checked; `null` must be absent. */
  readonly entries: readonly ExpectedEntry[];
  readonly warnings?: readonly string[];
  readonly rejects?: readonly string[];
}

interface ExpectedEntry {
  readonly title?: string;
  readonly link?: string | null;
  readonly linkSource?: string;
  readonly id?: string | null;
  readonly date?: string | null;
  readonly source?: string;
  readonly language?: string;
  readonly authors?: readonly string[];
  readonly categories?: readonly string[];
  readonly description?: string;
  readonly content?: string;
}

const when = "Sun, 03 Mar 2024 10:20:30 GMT";
const iso = "2024-03-03T10:20:30Z";

const rss = (items: string, head = "", root = ""): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"${root}>\n<channel><title>Harbour News</title><link>https://harbour.example/</link>${head}\n${items}\n</channel>\n</rss>\n`;
const item = (title: string, number = 1, more = ""): string =>
  `<item><title>${title}</title><link>https://harbour.example/${number}</link><guid isPermaLink="false">h-${number}</guid><pubDate>${when}</pubDate>${more}</item>`;
const atom = (entries: string, root = ""): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"${root}><title>Harbour</title><id>urn:h</id><updated>2024-03-03T10:20:30Z</updated>\n${entries}\n</feed>\n`;
const one = (title: string, number = 1): ExpectedEntry => ({
  title,
  link: `https://harbour.example/${number}`,
  id: `h-${number}`,
  date: iso,
});

const titles: readonly (readonly [trait: string, raw: string, title: string])[] = [
  ["plain", "Ferry resumes", "Ferry resumes"],
  ["markup in CDATA", "<![CDATA[The <em>last</em> ferry &amp; its crew]]>", "The last ferry & its crew"],
  ["escaped markup", "The &lt;i&gt;last&lt;/i&gt; ferry", "The last ferry"],
  ["doubly escaped", "Salt &amp;amp; Pepper &amp;#8211; again", "Salt & Pepper – again"],
  ["naked markup", "The <b>last</b> ferry", "The last ferry"],
  ["text beside CDATA", "New: <![CDATA[Ferry]]> back", "New: Ferry back"],
  ["CDATA in two", "<![CDATA[x ]]]]><![CDATA[> y]]>", "x ]]> y"],
  ["bare ampersand", "Marks & Spencer R&D", "Marks & Spencer R&D"],
  ["HTML entities that XML lacks", "Caf&eacute; &mdash; na&iuml;ve&hellip;", "Café — naïve…"],
  ["references to windows-1252", "It&#146;s &#147;here&#148;", "It’s “here”"],
  ["astral reference", "Boat &#x1F6A2;", "Boat 🚢"],
  ["reference out of range", "Boat &#1114112;!", "Boat \ufffd!"],
  ["reference without semicolon", "It&#8217s here", "It’s here"],
  ["control characters", "Fer\u0001ry\u0000 ba\u0007ck", "Ferry back"],
  ["bidirectional override", "Fer\u202ery \u2066now\u2069", "Ferry now"],
  ["line breaks", "\n  Ferry\r\n   back\t", "Ferry back"],
  ["generics, not markup", "Sorting a List&lt;Order&gt; in place", "Sorting a List<Order> in place"],
  ["comparison", "Why 3 &lt; 5 &gt; 2", "Why 3 < 5 > 2"],
  ["script", "<![CDATA[Ferry<script>alert(1)</script> back]]>", "Ferry back"],
  ["escaped CDATA", "&lt;![CDATA[Ferry back]]&gt;", "Ferry back"],
  ["script tag in text", "<![CDATA[<script> tag considered harmful]]>", "<script> tag considered harmful"],
  ["comparison of letters, unescaped", "if a<b and c>d", "if a<b and c>d"],
  ["naked markup of another vocabulary", "The <x:b>last</x:b> ferry<x:c/>", "The last ferry"],
  ["comparison of letters", "if a&lt;b and c&gt;d", "if a<b and c>d"],
  ["number", "007", "007"],
  ["Chinese", "轮渡恢复运行", "轮渡恢复运行"],
];

const faults: readonly Fixture[] = [
  {
    name: "bare-entry",
    format: "atom",
    text: `<entry xmlns="http://www.w3.org/2005/Atom"><title>Alone</title><id>a</id><link href="https://h.example/a"/><published>${iso}</published></entry>`,
    entries: [{ title: "Alone", link: "https://h.example/a", id: "a", date: iso, source: "published" }],
    warnings: [],
  },
  {
    name: "items-in-cdata-and-comments",
    format: "rss",
    text: rss(
      `<!-- ${item("no", 8)} -->${item("Yes", 1, "<description><![CDATA[<item><title>no</title></item></channel></rss>]]></description>")}${item("Also", 2)}`,
    ),
    entries: [one("Yes"), one("Also", 2)],
  },
  {
    name: "unclosed-child",
    format: "rss",
    text: rss(
      item("One", 1, '<media:content url="https://h.example/a.jpg" medium="image">') + item("Two", 2),
      "",
      ' xmlns:media="http://search.yahoo.com/mrss/"',
    ),
    entries: [one("One"), one("Two", 2)],
  },
  {
    name: "unclosed-item",
    format: "rss",
    text: rss(item("One").replace("</item>", "") + item("Two", 2)),
    entries: [one("One"), one("Two", 2)],
    warnings: ["entry-unclosed"],
  },
  {
    name: "unclosed-cdata",
    format: "rss",
    text: rss(
      item("One", 1, "<description><![CDATA[forgotten</description>") +
        item("Two", 2, "<description><![CDATA[fine]]></description>"),
    ),
    entries: [one("One"), { ...one("Two", 2), description: "fine" }],
  },
  {
    name: "naked-html",
    format: "rss",
    text: rss(
      item("One", 1, "<description><p>Text<br>more <title>no</title><link>no</description>") + item("Two", 2),
    ),
    entries: [one("One"), one("Two", 2)],
  },
  {
    name: "unquoted-attributes",
    format: "rss",
    text: rss(item("One", 1, "<enclosure url=https://h.example/a.mp3 length=1 type=audio/mpeg />")),
    entries: [one("One")],
  },
  {
    name: "text-before-declaration",
    format: "rss",
    text: `<br />\n<b>Notice</b>: Undefined index in <b>/srv/feed.php</b> on line <b>9</b><br />\n${rss(item("One"))}`,
    entries: [one("One")],
  },
  {
    name: "junk-after-root",
    format: "rss",
    text: `${rss(item("One"))}<!-- cached -->\n<script>track()</script>\0\0\0\0`,
    entries: [one("One")],
  },
  {
    name: "truncated",
    format: "rss",
    text:
      rss(item("One") + item("Two", 2) + item("Three", 3)).split("<link>https://harbour.example/3")[0] ?? "",
    entries: [one("One"), one("Two", 2)],
    warnings: ["truncated"],
    rejects: ["entry-truncated"],
  },
  {
    name: "truncated-before-a-date",
    format: "rss",
    text: rss(item("One") + item("Two", 2))
      .split("<pubDate>")
      .slice(0, 2)
      .join("<pubDate>"),
    entries: [one("One")],
    warnings: ["truncated"],
    rejects: ["entry-truncated"],
  },
  {
    name: "truncated-in-a-text",
    format: "rss",
    text:
      rss(item("One") + item("Two", 2, "<description><![CDATA[<p>to be contin"))
        .split("]]></channel>")[0]
        ?.replace(/<\/item>\s*<\/channel>[^]*$/, "") ?? "",
    entries: [one("One"), one("Two", 2)],
    warnings: ["entry-incomplete", "truncated"],
  },
  {
    name: "upper-case",
    format: "rss",
    text: `<RSS VERSION="2.0"><CHANNEL><TITLE>H</TITLE><ITEM><TITLE>Loud</TITLE><LINK>https://harbour.example/1</LINK><GUID ISPERMALINK="FALSE">h-1</GUID><PUBDATE>${when}</PUBDATE></ITEM></CHANNEL></RSS>`,
    entries: [one("Loud")],
  },
  {
    name: "prototype-names",
    format: "rss",
    text: rss(
      item(
        "One",
        1,
        "<__proto__><x>1</x></__proto__><constructor>2</constructor><hasOwnProperty>3</hasOwnProperty>",
      ),
    ),
    entries: [one("One")],
  },
  {
    name: "undeclared-prefix",
    format: "rss",
    text: rss(
      item(
        "One",
        1,
        "<dc:creator>Ada</dc:creator><foo:title>no</foo:title><content:encoded><![CDATA[<p>b</p>]]></content:encoded>",
      ),
    ),
    entries: [{ ...one("One"), authors: ["Ada"], content: "<p>b</p>" }],
  },
  {
    name: "prefixed-rss",
    format: "rss",
    text: `<r:rss xmlns:r="http://backend.userland.com/rss2" xmlns:z="urn:z"><r:channel><r:title>H</r:title><r:item><z:title>no</z:title><r:title>One</r:title><r:link>https://harbour.example/1</r:link><r:guid isPermaLink="false">h-1</r:guid><r:pubDate>${when}</r:pubDate></r:item></r:channel></r:rss>`,
    entries: [one("One")],
  },
  {
    name: "prefixed-atom",
    format: "atom",
    text: `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>H</a:title><a:entry><a:title>One</a:title><a:id>h-1</a:id><a:link href="https://harbour.example/1"/><a:updated>${iso}</a:updated></a:entry></a:feed>`,
    entries: [{ ...one("One"), source: "updated" }],
  },
  {
    name: "rdf-1.0",
    format: "rdf",
    text: `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://harbour.example/"><title>H</title><items><rdf:Seq><rdf:li rdf:resource="h-1"/></rdf:Seq></items></channel><image><title>no</title></image><item rdf:about="h-1"><title>One</title><link>https://harbour.example/1</link><dc:date>${iso}</dc:date><dc:subject>boats</dc:subject></item></rdf:RDF>`,
    entries: [{ ...one("One"), categories: ["boats"] }],
  },
  {
    name: "rss-0.91-bare",
    format: "rss",
    text: `<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>H</title><item><title>One</title><link>https://harbour.example/1</link></item></channel></rss>`,
    entries: [{ title: "One", link: "https://harbour.example/1", id: null, date: null, source: "missing" }],
  },
  {
    name: "atom-0.3",
    format: "atom",
    text: `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>H</title><entry><title mode="escaped" type="text/html">A &lt;b&gt;b&lt;/b&gt;</title><link rel="alternate" type="text/html" href="https://harbour.example/1"/><id>h-1</id><issued>${iso}</issued><modified>2024-04-04T00:00:00Z</modified><content type="application/xhtml+xml" mode="xml"><div xmlns="http://www.w3.org/1999/xhtml"><p>x &lt; y</p></div></content></entry></feed>`,
    entries: [{ ...one("A b"), content: '<div xmlns="http://www.w3.org/1999/xhtml"><p>x &lt; y</p></div>' }],
  },
  {
    name: "atom-text-title",
    format: "atom",
    text: atom(
      `<entry><title type="text">The &lt;blink&gt; tag</title><id>h-1</id><link href="https://harbour.example/1"/><published>${iso}</published><content type="text">a &lt; b</content></entry>`,
    ),
    entries: [{ ...one("The <blink> tag"), content: "a &lt; b" }],
  },
  {
    name: "atom-titles-without-type",
    format: "atom",
    text: atom(
      [
        "Support &lt;template&gt; and &lt;script&gt; tags",
        "A &lt;div&gt; with &lt;br&gt;?",
        "The &lt;b&gt;new&lt;/b&gt; ferry",
      ]
        .map((title, at) => `<entry><title>${title}</title><id>h-${at}</id></entry>`)
        .join(""),
    ),
    entries: [
      { title: "Support <template> and <script> tags" },
      { title: "A <div> with <br>?" },
      { title: "The new ferry" },
    ],
  },
  {
    name: "atom-authors-of-the-feed",
    format: "atom",
    text: atom(
      `<author><name>Ada</name></author><author><name>Bo</name></author><entry><title>One</title><id>1</id></entry><entry><title>Two</title><id>2</id><author><name>Cy</name></author></entry><entry><title>Three</title><id>3</id><source><title>S</title><author><name>Di</name></author></source></entry>`,
    ),
    entries: [{ authors: ["Ada", "Bo"] }, { authors: ["Cy"] }, { authors: ["Di"] }],
  },
  {
    name: "atom-xhtml-title",
    format: "atom",
    text: atom(
      `<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">The <em>new</em> ferry</div></title><id>h-1</id><link href="https://harbour.example/1"/><published>${iso}</published></entry>`,
    ),
    entries: [one("The new ferry")],
  },
  {
    name: "atom-source-and-links",
    format: "atom",
    text: atom(
      `<entry><source><title>no</title><id>no</id><link href="https://no.example/"/></source><title>One</title><link rel="self" href="https://h.example/self"/><link rel="enclosure" href="https://h.example/a.mp3"/><link rel="http://www.iana.org/assignments/relation/alternate" href="https://harbour.example/1"/><id>h-1</id><published>${iso}</published></entry>`,
    ),
    entries: [one("One")],
  },
  {
    name: "nested-bases",
    format: "atom",
    text: atom(
      `<entry xml:base="news/"><title>One</title><link href="../x/./1" xml:base="march/"/><id>h-1</id><published>${iso}</published></entry>`,
      ' xml:base="https://harbour.example/feeds/"',
    ),
    entries: [{ ...one("One"), link: "https://harbour.example/feeds/news/x/1" }],
  },
  {
    name: "relative-links",
    format: "rss",
    text: rss(
      item("One").replace("https://harbour.example/1", "/1") +
        item("Two", 2).replace("https://harbour.example/2", "//harbour.example/2"),
    ),
    entries: [one("One"), one("Two", 2)],
  },
  {
    name: "permalink-guid",
    format: "rss",
    text: rss(
      `<item><title>One</title><guid>https://harbour.example/1</guid></item><item><title>Two</title><guid ispermalink="TRUE">https://harbour.example/2</guid></item><item><title>Three</title><guid isPermaLink="false">https://harbour.example/3</guid></item>`,
    ),
    entries: [
      { link: "https://harbour.example/1" },
      { link: "https://harbour.example/2" },
      { link: "https://harbour.example/", linkSource: "feed", id: "https://harbour.example/3" },
    ],
  },
  {
    name: "feedburner",
    format: "rss",
    text: rss(
      `<item><title>One</title><link>https://feeds.example/~r/x/1</link><feedburner:origLink>https://harbour.example/1</feedburner:origLink><guid isPermaLink="false">h-1</guid><pubDate>${when}</pubDate></item>`,
      "",
      ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"',
    ),
    entries: [one("One")],
  },
  {
    name: "dangerous-links",
    format: "rss",
    text: rss(
      `<item><title>One</title><link>javascript:alert(1)</link></item><item><title>Two</title><link>data:text/html,x</link></item><item><title>Three</title><link>ftp://h.example/f</link></item>`,
    ),
    entries: [1, 2, 3].map(() => ({ link: "https://harbour.example/", linkSource: "feed" })),
    warnings: ["link-dropped", "link-dropped", "link-dropped"],
  },
  {
    name: "dangerous-link-beside-a-permalink",
    format: "rss",
    text: rss(
      `<item><title>One</title><link>javascript:alert(1)</link><guid>https://harbour.example/1</guid></item>`,
    ),
    entries: [{ link: "https://harbour.example/1" }],
    warnings: ["link-dropped"],
  },
  {
    name: "link-without-scheme",
    format: "rss",
    text: rss(`<item><title>One</title><link>www.harbour.example/1</link></item>`),
    entries: [{ link: "https://www.harbour.example/1" }],
    warnings: [],
  },
  {
    name: "media-titles",
    format: "rss",
    text: rss(
      `<item><media:group><media:title>Film</media:title><media:description>About it</media:description></media:group><guid isPermaLink="false">h-1</guid></item><item><itunes:title>Episode</itunes:title><itunes:summary>Sum</itunes:summary></item><item><media:title>no</media:title><image><title>no</title></image><title>Own</title></item>`,
      "",
      ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"',
    ),
    entries: [
      { title: "Film", description: "About it" },
      { title: "Episode", description: "Sum" },
      { title: "Own" },
    ],
  },
  {
    name: "same-link-no-guid",
    format: "rss",
    text: rss(
      `<item><title>One</title><link>https://harbour.example/live</link></item><item><title>Two</title><link>https://harbour.example/live</link></item>`,
    ),
    entries: [
      { title: "One", id: null },
      { title: "Two", id: null },
    ],
  },
  {
    name: "titleless",
    format: "rss",
    text: rss(
      `<item><link>https://harbour.example/1</link><description>Only a text</description></item><item/><item></item>`,
    ),
    entries: [
      { title: "", description: "Only a text" },
      { title: "", linkSource: "feed" },
      { title: "", linkSource: "feed" },
    ],
  },
  {
    name: "doctype-entities",
    format: "rss",
    text: `<!DOCTYPE rss [ <!ENTITY who "The Harbour"> <!ENTITY all "&who; &amp; Co"> <!ENTITY out SYSTEM "file:///etc/passwd"> ]>${rss(item("&who;: &all; &out;")).replace(/^<\?xml[^>]*\?>\n/, "")}`,
    entries: [one("The Harbour: The Harbour & Co &out;")],
  },
  {
    name: "languages",
    format: "rss",
    text: rss(item("One") + item("Two", 2, "<dc:language>pt_BR</dc:language>"), "<language>de-DE</language>"),
    entries: [{ language: "de-de" }, { language: "pt-br" }],
  },
  {
    name: "authors-and-categories",
    format: "rss",
    text: rss(
      item(
        "One",
        1,
        '<author>ada@h.example (Ada Byron)</author><dc:creator><![CDATA[Bo &amp; Co]]></dc:creator><category>Sea</category><category domain="x"><![CDATA[Land]]></category><category>Sea</category>',
      ),
    ),
    entries: [{ authors: ["Ada Byron", "Bo & Co"], categories: ["Sea", "Land"] }],
  },
  {
    name: "unreadable-date",
    format: "rss",
    text: rss(
      item("One").replace(when, "Sun, 31 Feb 2024 10:20:30 GMT") +
        item("Two", 2).replace(when, "soon") +
        item("Three", 3).replace(when, ""),
    ),
    entries: [{ date: null, source: "missing" }, { date: null }, { date: null }],
    warnings: ["date-unreadable", "date-unreadable"],
  },
  {
    name: "future-date",
    format: "rss",
    text: rss(
      item("One").replace(when, "Sun, 03 Mar 2030 10:20:30 GMT"),
      `<lastBuildDate>${when}</lastBuildDate>`,
    ),
    entries: [{ date: "2030-03-03T10:20:30Z" }],
  },
  {
    name: "json-feed",
    format: "json",
    text: JSON.stringify(
      {
        version: "https://jsonfeed.org/version/1.1",
        title: "H",
        home_page_url: "https://harbour.example/",
        language: "en",
        items: [
          {
            id: 7,
            url: "/1",
            title: 'One & "two" {',
            tags: ["a", "b"],
            authors: [{ name: "Ada" }],
            content_html: "<p>]}</p>",
            date_published: iso,
          },
          { id: "x", external_url: "https://other.example/", content_text: "a\n\nb < c" },
        ],
      },
      null,
      1,
    ),
    entries: [
      {
        title: 'One & "two" {',
        id: "7",
        link: "https://harbour.example/1",
        date: iso,
        content: "<p>]}</p>",
        categories: ["a", "b"],
        authors: ["Ada"],
        language: "en",
      },
      { id: "x", link: "https://other.example/", content: "<p>a</p>\n<p>b &lt; c</p>" },
    ],
  },
  {
    name: "json-feed-authors",
    format: "json",
    text: JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: "H",
      authors: [{ name: "Ada" }, { name: "Bo" }],
      items: [
        { id: "1", title: "One" },
        { id: "2", title: "Two", authors: [], author: { name: "Cy" } },
        { id: "3", title: "Three", authors: [{ name: "Di" }] },
      ],
    }),
    entries: [{ authors: ["Ada", "Bo"] }, { authors: ["Cy"] }, { authors: ["Di"] }],
  },
  {
    name: "json-with-a-bad-item",
    format: "json",
    text: `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"One"}, {"id":"2",,}, 5, {"id":"3","title":"Three"}],"title":"H"}`,
    entries: [{ id: "1" }, { id: "3" }],
    rejects: ["entry-malformed", "entry-malformed"],
  },
  {
    name: "json-truncated",
    format: "json",
    text: `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"One"},{"id":"2","title":"Tw`,
    entries: [{ id: "1" }],
    rejects: ["entry-truncated"],
    warnings: ["truncated"],
  },
  {
    name: "markdown-many",
    format: "markdown",
    text: `<!--1706215143000-->\n[渡轮 \\[快讯\\] (一)](https://harbour.example/a_(1) "t")\n------\n\n<div><i>Thu, 25 Jan 2024 20:28:16 GMT</i></div><p>正文</p>\n\n<!-- 1706301543000 -->\n# [Two & *three*](https://harbour.example/2)\n\nHello **world**\n\n## A part\n\nmore\n\n# [Last](https://harbour.example/3)\n\nNo date\n`,
    entries: [
      {
        title: "渡轮 [快讯] (一)",
        link: "https://harbour.example/a_(1)",
        date: "2024-01-25T20:28:16Z",
        source: "published",
        content: "<div><i>Thu, 25 Jan 2024 20:28:16 GMT</i></div><p>正文</p>",
      },
      {
        title: "Two & three",
        date: "2024-01-26T20:39:03Z",
        source: "inferred",
        content: "<p>Hello <strong>world</strong></p>\n<h2>A part</h2>\n<p>more</p>",
      },
      { title: "Last", link: "https://harbour.example/3", date: null, source: "missing" },
    ],
  },
  {
    name: "markdown-headings-only",
    format: "markdown",
    text: `# Harbour letter\n\n## [One](https://harbour.example/1)\n\nText\n\n## [Two](https://harbour.example/2)\n\nText\n`,
    entries: [{ title: "One", link: "https://harbour.example/1", date: null }, { title: "Two" }],
  },
  {
    name: "markdown-plain-heading",
    format: "markdown",
    text: `<!--1706215143000-->\nFerry back\n==========\n\nText [here](https://harbour.example/1)\n`,
    entries: [{ title: "Ferry back", link: null, date: "2024-01-25T20:39:03Z" }],
  },
  {
    name: "markdown-about-feeds",
    format: "markdown",
    text: `<!--1706215143000-->\n[What <rss> and <feed> mean](https://harbour.example/1)\n------\n\n<p>An &lt;item&gt; is <code>x</code></p>\n`,
    entries: [{ title: "What <rss> and <feed> mean", link: "https://harbour.example/1" }],
  },
  {
    name: "xml-behind-a-numeric-comment",
    format: "rss",
    text: `<!--1706215143000-->\n${rss(item("One")).replace(/^<\?xml[^>]*\?>\n/, "")}`,
    entries: [one("One")],
  },
  {
    name: "html-h-entry",
    format: "html",
    text: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>H</title><base href="https://harbour.example/"></head><body><div class="h-entry"><h2 class="p-name"><a class="u-url" href="1">One &amp; <b>all</b></a></h2><time class="dt-published" datetime="2024-03-03T11:20:30+01:00">x</time><div class="e-content"><p>Text</p></div><a class="p-category">Sea</a></div><div class="h-entry"><a class="u-url p-name" href="/2">Two</a></div></body></html>`,
    entries: [
      {
        title: "One & all",
        link: "https://harbour.example/1",
        date: iso,
        content: "<p>Text</p>",
        language: "en",
        categories: ["Sea"],
      },
      { title: "Two", link: "https://harbour.example/2", date: null },
    ],
  },
  {
    name: "html-json-ld",
    format: "html",
    text: `<html><head><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"BreadcrumbList","itemListElement":[{"name":"no"}]},{"@type":["NewsArticle"],"headline":"One","url":"https://harbour.example/1","datePublished":"${iso}","author":[{"name":"Ada"}],"description":"d"}]}</script></head><body><article><p>Body</p></article></body></html>`,
    entries: [
      {
        title: "One",
        link: "https://harbour.example/1",
        date: iso,
        authors: ["Ada"],
        description: "d",
        content: "<p>Body</p>",
      },
    ],
  },
  {
    name: "html-item-list",
    format: "html",
    text: `<html><head><script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"ListItem","url":"https://harbour.example/1","name":"One"},{"@type":"ListItem","item":{"@type":"Article","url":"https://harbour.example/2","headline":"Two","dateCreated":"${iso}"}}]}</script></head><body></body></html>`,
    entries: [
      { title: "One", link: "https://harbour.example/1" },
      { title: "Two", date: iso },
    ],
  },
  {
    name: "html-open-graph",
    format: "html",
    text: `<html><head><meta property="og:type" content="article"><meta property="og:title" content="One &amp; all"><meta property="og:url" content="https://harbour.example/1"><meta property="article:published_time" content="${iso}"></head><body><p>x</p></body></html>`,
    entries: [{ title: "One & all", link: "https://harbour.example/1", date: iso }],
  },
  {
    name: "html-articles",
    format: "html",
    text: `<html><body><article><h2><a href="https://harbour.example/1">One</a></h2><time datetime="2024-03-03T10:20:30Z">3 March</time><p>t</p></article><article><h2><a href="https://harbour.example/2">Two</a></h2></article></body></html>`,
    entries: [
      { title: "One", link: "https://harbour.example/1", date: iso },
      { title: "Two", link: "https://harbour.example/2", date: null },
    ],
  },
];

/** All fixtures: RSS titles, then formats and faults. */
export const fixtures: readonly Fixture[] = [
  ...titles.map(([trait, raw, title]) => ({
    name: `title-${trait.replaceAll(/[ ,]+/g, "-")}`,
    format: "rss",
    text: rss(item(raw)),
    entries: [one(title)],
  })),
  ...faults,
];
