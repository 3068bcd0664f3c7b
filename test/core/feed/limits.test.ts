import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Hints, Limits } from "../../../functions/core/feed/entry.ts";
import { defaultLimits } from "../../../functions/core/feed/limits.ts";
import { parseSnapshot, streamSnapshot } from "../../../functions/core/feed/parse.ts";
import { startCpuTimer } from "../../support/cpu-time.ts";

const feed = (items: string): Buffer =>
  Buffer.from(`<rss><channel><title>H</title>${items}<item><title>Last</title></item></channel></rss>`);
const parse = (bytes: Uint8Array, limits: Partial<Limits>) => parseSnapshot(bytes, { limits });
const codes = async (bytes: Uint8Array, limits: Partial<Limits>): Promise<unknown> => {
  const { entries, rejects } = await parse(bytes, limits);
  return { titles: entries.map(({ title }) => title), rejects: rejects.map(({ code }) => code) };
};

test("the defaults accept an upload of 326 MB, and a compressed one of one gibibyte", () => {
  expect(defaultLimits.bytes).toBeGreaterThan(400e6);
  expect(defaultLimits.expandedBytes).toBe(2 ** 30);
});

describe("a snapshot that exceeds a limit is rejected with the limit's code", () => {
  test("bytes", async () => {
    const bytes = feed("x".repeat(1000));
    await expect(parse(bytes, { bytes: 999 })).rejects.toMatchObject({ code: "snapshot-too-large" });
    await expect(parse(bytes, { bytes: bytes.length })).resolves.toBeDefined();
  });

  test("expanded bytes, without expanding the rest", async () => {
    const bomb = gzipSync(feed(`<!--${" ".repeat(20_000_000)}-->`));
    expect(bomb.length).toBeLessThan(50_000);
    await expect(parse(bomb, { expandedBytes: 1_000_000 })).rejects.toMatchObject({
      code: "snapshot-expands-too-far",
    });
    await expect(parse(bomb, {})).resolves.toMatchObject({ entries: [{ title: "Last" }] });
  });

  test("entries", async () => {
    const bytes = feed("<item><title>A</title></item>".repeat(9));
    await expect(parse(bytes, { entries: 9 })).rejects.toMatchObject({ code: "too-many-entries" });
    await expect(parse(bytes, { entries: 10 })).resolves.toMatchObject({ rejects: [] });
  });

  test("reading time, without that of consumer and source", async () => {
    let now = 0;
    const hints: Hints = { clock: () => (now += 10), limits: { milliseconds: 100 } };
    await expect(
      parseSnapshot(feed("<item><title>A</title></item>".repeat(100)), hints),
    ).rejects.toMatchObject({ code: "too-slow" });
    let still = 0;
    const seen: string[] = [];
    async function* source(): AsyncGenerator<Uint8Array> {
      still += 1000;
      yield feed("<item><title>A</title></item>".repeat(3));
    }
    for await (const { title } of streamSnapshot(source(), {
      clock: () => still,
      limits: { milliseconds: 100 },
    })) {
      still += 1000;
      seen.push(title);
    }
    expect(seen).toEqual(["A", "A", "A", "Last"]);
  });
});

describe("an entry that exceeds a limit is a reject with the limit's code, and does not affect others", () => {
  test.each([
    [
      "entry-too-large",
      { entryLength: 2000 },
      `<item><title>A</title><description>${"x".repeat(2001)}</description></item>`,
    ],
    [
      "entry-too-large",
      { entryLength: 2000 },
      `<item><title>A</title><description><![CDATA[${"<item>x</item>".repeat(20_000)}]]></description></item>`,
    ],
    [
      "entry-too-deep",
      { depth: 20 },
      `<item><title>A</title><description>${"<div>".repeat(21)}x${"</div>".repeat(21)}</description></item>`,
    ],
    [
      "entry-has-too-many-attributes",
      { attributes: 10 },
      `<item><title>A</title><link ${Array.from({ length: 11 }, (_, at) => `a${at}="${at}"`).join(" ")}/></item>`,
    ],
    [
      "entry-has-too-many-entities",
      { entities: 10 },
      `<item><title>A</title><description>${"&lt;".repeat(11)}</description></item>`,
    ],
    [
      "entry-has-too-many-attributes",
      { attributes: 10 },
      `<item ${Array.from({ length: 11 }, (_, at) => `a${at}="${at}"`).join(" ")}><title>A</title></item>`,
    ],
    [
      "entry-has-too-many-entities",
      { entities: 10 },
      `<item><title>A</title><link href="https://h.example/?${"&amp;".repeat(11)}"/></item>`,
    ],
    [
      "entry-has-too-many-entities",
      { entities: 10 },
      `<item rdf:about="https://h.example/?${"&amp;".repeat(11)}"><title>A</title></item>`,
    ],
  ] as const)("%s %j", async (code, limits, item) => {
    expect(await codes(feed(item), limits)).toEqual({ titles: ["Last"], rejects: [code] });
    expect(await codes(feed(item), {})).toEqual({ titles: ["A", "Last"], rejects: [] });
  });

  test("in JSON and Markdown too", async () => {
    const json = Buffer.from(
      JSON.stringify({ items: [{ title: "A", content_text: "x".repeat(3000) }, { title: "Last" }] }),
    );
    expect(await codes(json, { entryLength: 2000 })).toEqual({
      titles: ["Last"],
      rejects: ["entry-too-large"],
    });
    const deep = Buffer.from(
      `{"items":[{"title":"A","x":${"[".repeat(30)}${"]".repeat(30)}},{"title":"Last"}]}`,
    );
    expect(await codes(deep, { depth: 20 })).toEqual({ titles: ["Last"], rejects: ["entry-too-deep"] });
    const markdown = Buffer.from(
      `# [A](https://h.example/1)\n\n${"word ".repeat(600)}\n\n# [Last](https://h.example/2)\n`,
    );
    expect(await codes(markdown, { entryLength: 2000 })).toEqual({
      titles: ["Last"],
      rejects: ["entry-too-large"],
    });
  });
});

test("counts only real nesting and attributes", async () => {
  const parameters = Array.from({ length: 300 }, (_, at) => `p${at}=${at}`).join("&amp;");
  const atom = `<feed><entry><title>A</title><link href="https://h.example/?${parameters}"/><content type="xhtml"><div>${'<p class="a"><font><b>x'.repeat(700)}</div></content></entry></feed>`;
  const { entries, rejects } = await parseSnapshot(Buffer.from(atom));
  expect(rejects).toEqual([]);
  expect(entries[0]?.link).toBe(`https://h.example/?${parameters.replaceAll("&amp;", "&")}`);
  expect(entries[0]?.content).toContain("x");
});

test("reads a page with unclosed inline elements; names an exceeded limit", async () => {
  const page = (inside: string): Buffer =>
    Buffer.from(
      `<html><body>${inside}<article><h2><a href="https://h.example/1">A</a></h2></article></body></html>`,
    );
  const { entries } = await parseSnapshot(page("<font>x ".repeat(1500)));
  expect(entries.map(({ title }) => title)).toEqual(["A"]);
  for (const [inside, limits, code] of [
    ["<div>".repeat(30), { depth: 20 }, "entry-too-deep"],
    ["<font>".repeat(200), { depth: 20 }, "entry-too-deep"],
    ["x".repeat(3000), { entryLength: 2000 }, "entry-too-large"],
  ] as const)
    await expect(parse(page(inside), limits)).rejects.toMatchObject({
      code: "no-entries",
      found: expect.stringContaining(code),
      cause: [expect.objectContaining({ code })],
    });
});

describe("expansion of declared entities is limited", () => {
  const doctype = `<!DOCTYPE feed [<!ENTITY a "${"&#38;lt;".repeat(500)}">]>`;
  const bomb = "&a;".repeat(99_000);
  test.each([
    [`<content type="text">${bomb}</content>`],
    [`<content type="xhtml"><div>${bomb}</div></content>`],
    [`<content type="html">${"<b/>&a;".repeat(40_000)}</content>`],
    [`<summary>${bomb}`],
    [`<link href="https://h.example/?${bomb}"/>`],
    [`<author><name>${bomb}</name></author>`],
  ])("in a field of an entry (%#)", async (field) => {
    const bytes = Buffer.from(
      `${doctype}<feed><title>H</title><entry><title>A</title><id>1</id>${field}</entry><entry><title>Last &a;</title></entry></feed>`,
    );
    const { entries, rejects } = await parseSnapshot(bytes);
    expect(rejects.map(({ code }) => code)).toEqual(["entry-has-too-many-entities"]);
    expect(entries.map(({ title }) => title)).toEqual([`Last ${"<".repeat(500)}`]);
  });

  test("in the entry's own tag and in the head", async () => {
    const bytes = Buffer.from(
      `${doctype}<feed xml:base="${bomb.slice(0, 200_000)}"><title>${bomb}</title><subtitle a="${bomb.slice(0, 200_000)}"/><entry a="${bomb.slice(0, 200_000)}"><title>A</title></entry><entry><title>Last</title></entry></feed>`,
    );
    const { entries, rejects } = await parseSnapshot(bytes);
    expect(rejects.map(({ code }) => code)).toEqual(["entry-has-too-many-entities"]);
    expect(entries.map(({ title }) => title)).toEqual(["Last"]);
  });

  test("in the declarations themselves", async () => {
    const nested = Array.from({ length: 199 }, (_, at) => `<!ENTITY b${at} "${"&a;".repeat(1300)}">`).join(
      "",
    );
    const bytes = Buffer.from(
      `<!DOCTYPE rss [<!ENTITY a "${"a".repeat(4000)}">${nested}]><rss><channel><item><title>&b7;</title></item></channel></rss>`,
    );
    const { entries } = await parseSnapshot(bytes);
    expect(entries[0]?.title).toBe("&b7;");
  });
});

describe("hostile input takes linear time and no recursion", () => {
  const many = (piece: string, count = 200_000): string => piece.repeat(count);
  test.each([
    ["unclosed elements", feed(`<item><title>A</title>${many("<a>")}</item>`)],
    [
      "unclosed elements with different names",
      feed(`<item><title>A</title>${Array.from({ length: 60_000 }, (_, at) => `<a${at}>`).join("")}</item>`),
    ],
    ["comments that never end", feed(`<item><title>A</title>${many("<!-- ")}</item>`)],
    ["sections that never end", feed(`<item><title>A</title>${many("<a><![CDATA[", 60_000)}</item>`)],
    ["quotes that never end", feed(`<item><title>A</title>${many('<a b="c>', 60_000)}</item>`)],
    ["items that never end", feed(many("<item>", 60_000))],
    [
      "nested entities",
      Buffer.from(
        `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 60 }, (_, at) => `<!ENTITY a${at + 1} "${`&a${at || ""};`.repeat(10)}">`).join("")}]><rss><channel><item><title>&a60;&a5;</title></item></channel></rss>`,
      ),
    ],
    [
      "a page a hundred thousand deep",
      Buffer.from(`<html><body>${many("<div>", 100_000)}<article><h2>x</h2></article>`),
    ],
    ["JSON a million deep", Buffer.from(`{"items":[${many("[", 1_000_000)}`)],
    ["brackets in Markdown", Buffer.from(`# [${many("[", 60_000)}](x)\n\n${many("*a_ [", 60_000)}`)],
    ["ampersands", feed(`<item><title>${many("&amp", 60_000)}</title></item>`)],
    ["open tags in a title", feed(`<item><title><![CDATA[${many("<b ", 60_000)}]]></title></item>`)],
  ])("%s", { timeout: 20_000 }, async (_, bytes) => {
    const elapsed = startCpuTimer();
    await parseSnapshot(bytes).then(
      ({ entries }) => JSON.stringify(entries),
      (error: unknown) => expect(error).toMatchObject({ name: "SnapshotError" }),
    );
    expect(elapsed()).toBeLessThan(8000);
  });
});

describe("an entry of 1.5 MB takes linear time", () => {
  const many = (piece: string, size: number): string => piece.repeat(Math.floor(size / piece.length));
  const titled = (text: string): string =>
    `<rss><channel><item><title><![CDATA[${text}]]></title></item></channel></rss>`;
  const item = (text: string): string => `<rss><channel><item><title>A</title>${text}</item></channel></rss>`;
  const spent = async (text: string): Promise<number> => {
    const bytes = Buffer.from(text);
    const elapsed = startCpuTimer();
    await parseSnapshot(bytes).then(
      ({ entries }) => JSON.stringify(entries),
      (error: unknown) => expect(error).toMatchObject({ name: "SnapshotError" }),
    );
    return elapsed();
  };
  test.each<readonly [string, (size: number) => string]>([
    ["tags of a title that never end", (size) => titled(many("<b ", size))],
    ["tags of a title that one mark ends", (size) => titled(`${many("<b ", size)}>`)],
    ["scripts in a title", (size) => titled(many("<script>", size))],
    ["white space and tags in a title", (size) => titled(many(" ", size / 2) + many("<b>", size / 2))],
    [
      "tags of a description that never end",
      (size) => item(`<description>${many("<a ", size)}</description>`),
    ],
    [
      "authors",
      (size) => item(Array.from({ length: size / 30 }, (_, at) => `<author>name ${at}</author>`).join("")),
    ],
    ["brackets in a heading", (size) => `## ${many("[a](", size)}\n`],
    ["brackets in a Markdown body", (size) => `# [A](https://h.example/1)\n\n${many("[", size)}`],
    ["blanks in a Markdown body", (size) => `# [A](https://h.example/1)\n\na${many(" ", size)}b`],
    ["blanks in a Markdown heading", (size) => `# [A](https://h.example/1)\n\n## a${many(" #", size)}b`],
    ["elements called as a channel in an item", (size) => item(many("<channel></channel>", size))],
    ["document types that never end", (size) => `<rss><channel>${item("")}${many("<!DOCTYPE ", size)}`],
    ["comments before the first entry", (size) => `<rss><channel>${many("<!-- ", size)}${item("")}`],
  ])("%s", async (_, text) => {
    await spent(text(100_000));
    // Quadratic time would make it 225 times as long.
    const small = Math.max(5, await spent(text(100_000)));
    expect(await spent(text(1_500_000))).toBeLessThan(small * 90);
  });
});

test("reads from the source only on demand, and closes it when the consumer stops", async () => {
  let pulled = 0;
  let closed = false;
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      yield Buffer.from("<rss><channel>");
      for (;;) {
        pulled++;
        yield Buffer.from(`<item><title>${"x".repeat(1000)}</title></item>`);
      }
    } finally {
      closed = true;
    }
  }
  const stream = streamSnapshot(source());
  expect(pulled).toBe(0);
  await stream.next();
  const first = pulled;
  expect(first).toBeLessThan(300);
  for (let count = 0; count < 20; count++) await stream.next();
  expect(pulled).toBe(first);
  await stream.return({ format: "rss", encoding: "utf-8", feed: {}, rejects: [], warnings: [] });
  expect(closed).toBe(true);
});
