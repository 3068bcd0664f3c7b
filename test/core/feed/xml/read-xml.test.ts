import { describe, expect, test } from "vitest";
import { parseSnapshot } from "../../../../functions/core/feed/parse.ts";

const read = (text: string) => parseSnapshot(Buffer.from(text));
const atomNamespace = "http://www.w3.org/2005/Atom";

describe("a feed's own fields are read from CDATA sections too", () => {
  const items = "<item><title>A</title><guid>https://quay.example/a</guid></item>";

  test.each([
    ["RSS", `<rss><channel><title><![CDATA[Quay & Pier]]></title>${items}</channel></rss>`],
    [
      "Atom",
      `<feed xmlns="${atomNamespace}"><title type="html"><![CDATA[Quay &amp; Pier]]></title><entry><title>A</title><id>1</id></entry></feed>`,
    ],
    [
      "RDF, in part",
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>Quay <![CDATA[& ]]>Pier</title></channel>${items}</rdf:RDF>`,
    ],
    ["RSS, after its items", `<rss><channel>${items}<title><![CDATA[Quay & Pier]]></title></channel></rss>`],
    [
      "RSS, with an end tag in the section",
      `<rss><channel><title><![CDATA[<b>Quay</b> & Pier]]></title>${items}</channel></rss>`,
    ],
  ])("title of %s", async (_, text) => {
    expect((await read(text)).feed.title).toBe("Quay & Pier");
  });

  test("link and language", async () => {
    const { feed } = await read(
      `<rss><channel><title>Q</title><link><![CDATA[https://quay.example/]]></link><language><![CDATA[pt-BR]]></language>${items}</channel></rss>`,
    );
    expect(feed).toEqual({ title: "Q", link: "https://quay.example/", language: "pt-br" });
  });

  test("an item in a section of the head is no item", async () => {
    const { entries, feed } = await read(
      `<rss><channel><title>Q</title><description><![CDATA[<item><title>no</title></item>]]></description>${items}</channel></rss>`,
    );
    expect(entries.map(({ title }) => title)).toEqual(["A"]);
    expect(feed.title).toBe("Q");
  });
});

describe("a prefix that is declared below the root", () => {
  test.each([
    [
      "on the Atom entry",
      `<feed xmlns="${atomNamespace}"><p:entry xmlns:p="${atomNamespace}"><p:title>A</p:title><p:id>1</p:id></p:entry><entry><title>B</title><id>2</id></entry></feed>`,
    ],
    [
      "on the RSS 1.0 item",
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><s:item xmlns:s="http://purl.org/rss/1.0/"><s:title>A</s:title></s:item><item><title>B</title></item></rdf:RDF>`,
    ],
    [
      "on an element around the entries",
      `<feed xmlns="${atomNamespace}"><group xmlns="urn:x" xmlns:p="${atomNamespace}"><p:entry><p:title>A</p:title><p:id>1</p:id></p:entry></group><entry><title>B</title><id>2</id></entry></feed>`,
    ],
    [
      "on a single entry without a feed",
      `<p:entry xmlns:p="${atomNamespace}"><p:title>A</p:title><p:id>1</p:id></p:entry><p:entry xmlns:p="${atomNamespace}"><p:title>B</p:title><p:id>2</p:id></p:entry>`,
    ],
    [
      "with another name on each entry",
      `<feed xmlns="${atomNamespace}"><a:entry xmlns:a="${atomNamespace}"><a:title>A</a:title></a:entry><b:entry xmlns:b="${atomNamespace}"><b:title>B</b:title></b:entry></feed>`,
    ],
  ])("%s is known", async (_, text) => {
    const { entries, warnings } = await read(text);
    expect(entries.map(({ title }) => title)).toEqual(["A", "B"]);
    expect(warnings).toEqual([]);
  });
});

describe("a feed in an HTML page", () => {
  const atom = `<feed xmlns="${atomNamespace}"><title>Quay</title><entry><title>A</title><link href="https://quay.example/a"/></entry></feed>`;
  const rss = `<rss version="2.0"><channel><title>Quay</title><item><title>A</title><link>https://quay.example/a</link></item></channel></rss>`;
  const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>Quay</title></channel><item><title>A</title><link>https://quay.example/a</link></item></rdf:RDF>`;
  const page = (body: string) =>
    `<!DOCTYPE html><html><head><title>quay.xml</title><script>var a = "<rss version='2.0'>";</script></head><body><div>This XML file has no style.</div>${body}</body></html>`;

  test.each([
    ["atom", atom],
    ["rss", rss],
    ["rdf", rdf],
    ["atom", `<div id="webkit-xml-viewer-source-xml">${atom}</div>`],
  ])("is read: %s %#", async (format, body) => {
    const parsed = await read(page(body));
    expect(parsed).toMatchObject({
      format,
      feed: { title: "Quay" },
      entries: [{ title: "A", link: "https://quay.example/a" }],
    });
  });

  test("that an article shows is no feed", async () => {
    const text = page(`<article><h1>How to write a feed</h1><p>Start with this:</p>${rss}</article>`);
    expect((await read(text)).format).toBe("html");
  });

  test("in a script is no feed", async () => {
    await expect(read(page(""))).rejects.toMatchObject({ code: "no-entries" });
  });
});

describe("a character beyond U+FFFF that is written as two surrogates", () => {
  const item = (title: string, body: string) =>
    `<rss><channel><item><title>${title}</title><description>${body}</description></item></channel></rss>`;

  test.each([
    ["decimal", "&#55357;&#56832;"],
    ["hexadecimal", "&#xD83D;&#xDE00;"],
    ["mixed", "&#xd83d;&#56832;"],
    ["without semicolons", "&#55357&#56832;"],
    ["in CDATA", "<![CDATA[&#55357;&#56832;]]>"],
    ["escaped twice", "&amp;#55357;&amp;#56832;"],
  ])("%s", async (_, pair) => {
    const [entry] = (await read(item(`Tide ${pair} low`, `Ebb ${pair} now`))).entries;
    expect(entry?.title).toBe("Tide 😀 low");
    expect(entry?.description).toBe("Ebb 😀 now");
  });

  test("half a pair is dropped", async () => {
    const [entry] = (await read(item("Tide &#55357; low &#xDE00;", "<![CDATA[Ebb &#xD83D;]]>"))).entries;
    expect(entry?.title).toBe("Tide low");
    expect(entry?.description).toBe("Ebb ");
  });

  test("as bytes of CESU-8", async () => {
    const bytes = Buffer.concat([
      Buffer.from("<rss><channel><item><title>Tide "),
      Buffer.from([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]),
      Buffer.from(" low</title></item></channel></rss>"),
    ]);
    const { entries, encoding, warnings } = await parseSnapshot(bytes);
    expect(entries[0]?.title).toBe("Tide 😀 low");
    expect(encoding).toBe("utf-8");
    expect(warnings).toEqual([]);
  });

  test("in JSON Feed, as escapes and as references", async () => {
    const { entries } = await read(
      '{"items":[{"id":"1","title":"Tide \\ud83d\\ude00","content_html":"<p>Ebb &#55357;&#56832;</p>"}]}',
    );
    expect(entries[0]?.title).toBe("Tide 😀");
    expect(entries[0]?.content).toBe("<p>Ebb 😀</p>");
  });
});
