import { Parser } from "htmlparser2";
import { expect, test } from "vitest";
import { previewPage } from "../../functions/preview/page.ts";
import { previewSnapshot } from "../../functions/preview/run.ts";
import { parseConfiguration } from "../../infra/config/configuration.ts";

const configuration = parseConfiguration({});

const previewOf = (text: string) => {
  const bytes = new TextEncoder().encode(text);
  const chunks = async function* () {
    yield bytes;
  };
  const open = async () => ({ chunks: chunks(), size: bytes.length });
  const now = Date.parse("2026-03-10T00:00:00Z");
  const key = "snapshots/harbour/1.xml";
  return previewSnapshot(open, { key, now, configuration, isFirst: false });
};

const page = async (text: string, file = "a.xml"): Promise<string> =>
  [...previewPage(file, await previewOf(text), configuration)].join("");

/** The names of a page's elements and attributes, and its text. */
function contentOf(html: string) {
  const names = new Set<string>();
  const attributes = new Set<string>();
  let text = "";
  const parser = new Parser({
    onopentag: (name, given) => {
      names.add(name);
      for (const attribute of Object.keys(given)) attributes.add(attribute);
    },
    ontext: (piece) => (text += piece),
  });
  parser.end(html);
  return { names, attributes, text };
}

const hostile = `<script>alert(1)</script> "><img src=x onerror=alert(1)> ' &amp;lt; </style></pre>\u202E`;

const rss = `<rss version="2.0"><channel><title><![CDATA[${hostile}]]></title>
<item><guid>1</guid><title><![CDATA[A ferry &lt;script&gt;alert(2)&lt;/script&gt;]]></title><link>https://harbour.example/1?a="&amp;b='</link><author><![CDATA[${hostile}]]></author><category><![CDATA[${hostile}]]></category><description>It sails at <![CDATA[&lt;b onclick="x"&gt;]]> noon on Sunday, as it always did.</description></item>
<item><guid>2</guid><title>لافتة العبّارة</title><link>https://harbour.example/2</link></item></channel></rss>`;

test("shows each message in every channel, and what happened to each entry", async () => {
  const { text } = contentOf(await page(rss));
  expect(text).toContain("2 entries (2 sent, 0 known, 0 skipped, 0 rejected), 3 messages");
  expect(text).toContain("Message 3 of 3: digest to digest, 2 entries");
  expect(text.match(/36 columns/g)).toHaveLength(3);
  expect(text.match(/76 columns/g)).toHaveLength(3);
  expect(text).toContain("about 0.0");
  expect(text).toContain('"format": "feedbell"');
  expect(text).toContain("alerts: in message 1; digest: in message 3");
});

test("is complete and inert: no text of a feed or a file name is markup, and nothing is loaded", async () => {
  const html = await page(rss, `a${hostile}.xml`);
  const { names, attributes, text } = contentOf(html);
  const known =
    "html head meta title style body h1 p h2 section h3 h4 dl div dt dd figure figcaption details summary pre ol li span bdi";
  expect([...names].filter((name) => !known.split(" ").includes(name))).toEqual([]);
  const harmless = "lang charset http-equiv content name class style dir";
  expect([...attributes].filter((name) => !harmless.split(" ").includes(name))).toEqual([]);
  expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(text).toContain("<script>alert(2)</script>");
  expect(html).not.toContain("\u202E");
});

test("says which entries are one story", async () => {
  const preview = await previewOf(rss);
  const messages = preview.messages.map((message) => ({ ...message, merged: [message.keys] }));
  const html = [...previewPage("a.xml", { ...preview, messages }, configuration)].join("");
  expect(contentOf(html).text).toMatch(/one storyentry \d ‘[^’]+’; in its Also line entry \d ‘[^’]+’/);
});

test("says why a snapshot would be quarantined", async () => {
  const { text } = contentOf(await page("%PDF-1.7 is no feed"));
  expect(text).toContain("Quarantined: format-unknown");
  expect(text).not.toContain("Messages");
});
