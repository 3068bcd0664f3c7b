import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { logLine } from "../../functions/aws/telemetry.ts";
import { slug } from "../../functions/core/feed/feed-slug.ts";
import { unsafeInOutput } from "../../functions/core/feed/text/unsafe-characters.ts";
import type { OutboxMessage } from "../../functions/core/plan.ts";
import {
  audience,
  configuration,
  rss,
  numbers,
  startSystem,
  type FakeSystem,
} from "../support/fake-system.ts";

const xml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
/** XML 1.0 can't contain most control characters, so a hostile feed writes them as references. */
const referenced = (text: string) =>
  xml(text).replaceAll(/[\p{Cc}\p{Cf}]/gu, (c) => `&#${c.codePointAt(0)};`);

interface HostileEntry {
  readonly title: string;
  readonly text?: string;
  readonly link?: string;
  readonly author?: string;
}

const prose = "The harbour ferry sails again at noon on Sunday, said the port authority.";
const address = "https://harbour.example/1";

/** The entry in every format whose reader is its own. */
const formats: readonly (readonly [name: string, write: (entry: HostileEntry) => string])[] = [
  [
    "RSS",
    ({ title, text = prose, link = address, author = "A" }) =>
      `<rss version="2.0"><channel><title>${referenced(title)}</title><item><title>${referenced(title)}</title><link>${referenced(link)}</link><author>${referenced(author)}</author><category>${referenced(author)}</category><description>${referenced(text)}</description></item></channel></rss>`,
  ],
  [
    "Atom",
    ({ title, text = prose, link = address, author = "A" }) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>${referenced(title)}</title><entry><id>1</id><title>${referenced(title)}</title><link href="${referenced(link)}"/><author><name>${referenced(author)}</name></author><content>${referenced(text)}</content></entry></feed>`,
  ],
  [
    "JSON Feed",
    ({ title, text = prose, link = address, author = "A" }) =>
      JSON.stringify({
        version: "https://jsonfeed.org/version/1.1",
        title,
        items: [{ id: "1", title, url: link, authors: [{ name: author }], content_text: text }],
      }),
  ],
  [
    "HTML",
    ({ title, text = prose, link = address, author = "A" }) =>
      `<html><body><article class="h-entry"><a class="u-url p-name" href="${referenced(link)}">${referenced(title)}</a><span class="p-author">${referenced(author)}</span><div class="e-content"><p>${referenced(text)}</p></div></article></body></html>`,
  ],
  [
    "Markdown",
    ({ title, text = prose, link = address, author = "A" }) =>
      `---\ntitle: ${JSON.stringify(title)}\nlink: ${JSON.stringify(link)}\nauthor: ${JSON.stringify(author)}\ndate: 2026-02-01\n---\n\n${text.replaceAll(/[\r\n]/g, " ")}\n`,
  ],
];

/** Uploads a snapshot to a whole system in memory, and returns what SNS got. */
async function messagesFor(
  content: string | Uint8Array,
  system = startSystem(),
): Promise<readonly OutboxMessage[]> {
  system.upload("snapshots/hostile/1", content);
  await system.drain();
  return system.published.map(({ message }) => message);
}

/** What no channel may get: controls but line feeds, direction controls, lone surrogates, noncharacters. */
const forbidden = /(?!\n)[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u202A-\u202E]/u;

// The first snapshot of a format loads its reader.
describe.each(formats)("a hostile entry in %s", (_, write) => {
  it("adds no header, control or override to a subject, a mail, an SMS or an attribute", async () => {
    const evil =
      "Ferry\r\nBcc: everyone@evil.example\r\n\r\nbody\u2028\u2029\u202Egnp.exe\u2066\u0000\u001B[31m\u0085\u009B2J late";
    const messages = await messagesFor(write({ title: evil, text: `${evil} ${prose}`, author: evil }));
    expect(messages).toHaveLength(2);
    for (const { subject, email, sms, attributes } of messages) {
      expect(subject).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E]{1,99}$/u);
      expect(email).not.toMatch(forbidden);
      expect(sms).not.toMatch(forbidden);
      for (const value of Object.values(attributes)) expect(JSON.stringify(value)).toMatch(/^[\x20-\x7e]*$/);
    }
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " java\nscript:alert(1)",
    "\u0001javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "smb://evil.example/share",
    "tel:+12025550123",
  ])("sends no link %j", async (link) => {
    for (const { email, sms, machine } of await messagesFor(write({ title: "Ferry", link }))) {
      const links = (JSON.parse(machine) as { entries: { link?: string }[] }).entries.map((one) => one.link);
      for (const sent of links) expect(sent ?? "https:").toMatch(/^https?:/);
      expect(`${email}\n${sms}`).not.toMatch(/(?:script|data|file|smb|tel):/i);
    }
  });

  it("sends no credentials that are in a link", async () => {
    const messages = await messagesFor(write({ title: "Ferry", link: "https://me:hunter2@quay.example/1" }));
    expect(messages).toHaveLength(2);
    expect(JSON.stringify(messages)).not.toContain("hunter2");
  });

  it("keeps what looks like a template, a pattern or a property of an object as text", async () => {
    for (const title of ["{title} ${link} %s $& $` 1", "constructor", "toString", "[object Object]"]) {
      const [message] = await messagesFor(write({ title }));
      const { entries } = JSON.parse(message?.machine ?? "{}") as { entries: { title: string }[] };
      expect(entries.map((entry) => entry.title)).toEqual([title]);
    }
  });
});

describe("the log", () => {
  /** All lines of the log as they are written. */
  const linesOf = (system: FakeSystem) =>
    system.logged.map(({ level, event, details }) => logLine({ level, event, ...details }));

  it("has one line an event for every content of a snapshot and its key", async () => {
    const forged = '\r\n{"level":"info","event":"done"}\u2028\u001B[2J\u202E';
    const system = startSystem();
    system.upload(`snapshots/a${forged}/1${forged}.xml`, `${forged} neither a feed nor a page`);
    system.upload(
      `snapshots/b/2${forged}.json`,
      `{"version":"https://jsonfeed.org/version/1","title":${JSON.stringify(forged)},"items":[{"id":${JSON.stringify(forged)}}]}`,
    );
    system.upload(
      `snapshots/${forged}`,
      rss([1], () => referenced(forged)),
    );
    await system.drain();
    const lines = linesOf(system);
    expect(lines.length).toBeGreaterThan(3);
    expect(system.quarantined.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line.replace(unsafeInOutput, "")).toBe(line);
      expect(typeof JSON.parse(line)).toBe("object");
    }
  });

  it("has no text of an entry and no link: feeds may be private", async () => {
    const system = startSystem();
    await messagesFor(
      rss([1, 2], (n) => `Confidential ${n}`),
      system,
    );
    expect(linesOf(system).join("\n")).not.toMatch(/Confidential|x\.example|What happened/);
  });
});

describe("a hostile key", () => {
  it.each([
    "snapshots/../plans/1.xml",
    "snapshots/../../1.xml",
    "snapshots/%2e%2e/1.xml",
    "snapshots/..\\..\\/1.xml",
    "snapshots/constructor/1.xml",
    "snapshots/__proto__/1.xml",
    "snapshots/hasownproperty/1.xml",
    "snapshots/a\u0000b/1.xml",
    `snapshots/${"x".repeat(900)}/1.xml`,
    "snapshots/~messages/1.xml",
    "snapshots//1.xml",
  ])("%j names one feed, in a slug of plain characters", async (key) => {
    const system = startSystem();
    system.upload(key, rss([1, 2]));
    await system.drain();
    expect(system.published).toHaveLength(3);
    for (const { message } of system.published) {
      const { entries } = JSON.parse(message.machine) as { entries: { feed: string }[] };
      for (const { feed } of entries) expect(feed).toMatch(/^[a-z0-9][a-z0-9._-]{0,59}$/);
    }
  });

  it("can't take the memory of another feed: different names have different slugs", () => {
    const names = [
      "voa",
      "VOA",
      "v-o-a",
      "vоа",
      "voa ",
      "voa/",
      "VOA!",
      "ＶＯＡ",
      "voa\u0000",
      "../voa",
      "~voa",
      "voa-0",
      "",
    ];
    expect(new Set(names.map(slug)).size).toBe(names.length);
    for (const name of names) expect(slug(slug(name))).toBe(slug(name));
  });
});

describe("a flood", () => {
  it("of 5,000 new entries is ten alerts and one closing message, and a bounded number of SMS parts", async () => {
    const system = startSystem({
      ...configuration,
      audiences: [audience({ name: "alerts", mode: "alerts" })],
    });
    await messagesFor(rss([0]), system);
    system.published.length = 0;
    system.upload("snapshots/hostile/2", rss(numbers(1, 5_000)));
    await system.drain();
    expect(system.published).toHaveLength(11);
    const parts = system.published.reduce((sum, { message }) => sum + (message.parts ?? Number.NaN), 0);
    expect(parts).toBeLessThanOrEqual(10 * 2 + 3);
  });

  it("of snapshots, each with news, costs no more SMS parts a day than the audience allows", async () => {
    const sms = {
      parts: { alert: 2, digest: 3 },
      maxParts: { alert: 2, digest: 3 },
      fold: "auto",
      maxPartsPerDay: 20,
    } as const;
    const system = startSystem({
      ...configuration,
      audiences: [audience({ name: "alerts", mode: "alerts", sms })],
    });
    for (const n of numbers(1, 60)) system.upload(`snapshots/hostile/${n}`, rss([n]));
    await system.drain();
    expect(system.published).toHaveLength(60);
    const day = (at: number) => new Date(at).toISOString().slice(0, 10);
    const spent = new Map<string, number>();
    for (const { message, at } of system.published)
      if (!("withoutSms" in message))
        spent.set(day(at), (spent.get(day(at)) ?? 0) + (message.parts ?? Number.NaN));
    for (const parts of spent.values()) expect(parts).toBeLessThanOrEqual(20);
  });
});

describe("a bomb", () => {
  it("of gzip data in gzip data is read as one layer, and quarantined", async () => {
    const system = startSystem();
    const inner = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    await messagesFor(gzipSync(gzipSync(inner)), system);
    expect(system.published).toEqual([]);
    expect(system.quarantined.map(({ reason }) => reason.code)).toEqual(["format-unknown"]);
  });

  it("of expanded bytes is quarantined at the limit", async () => {
    const limits = { ...configuration.limits, expandedBytes: 1024 * 1024 };
    const system = startSystem({ ...configuration, limits });
    await messagesFor(
      gzipSync(Buffer.from(`${rss([1]).replace("</channel></rss>", "")}${" ".repeat(64 * 1024 * 1024)}`)),
      system,
    );
    expect(system.quarantined.map(({ reason }) => reason.code)).toEqual(["snapshot-expands-too-far"]);
  });
});
