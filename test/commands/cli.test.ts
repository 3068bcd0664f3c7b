import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { errorsCommand } from "../../functions/commands/errors.ts";
import { parseCommand } from "../../functions/commands/parse.ts";
import { previewCommand } from "../../functions/commands/preview.ts";
import { replayCommand } from "../../functions/commands/replay.ts";
import { parseSnapshot } from "../../functions/core/feed/parse.ts";
import { feedbell, root } from "../support/feedbell.ts";
import { skippedIf } from "../support/skipped.ts";

const folder = mkdtempSync(join(tmpdir(), "feedbell-commands-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const title = "Fog \u202Elifts\u009B";
const atom = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title>
<entry><id>tag:harbour.example,2026:1</id><title>Fog lifts</title><link href="https://harbour.example/1"/>
<updated>2026-03-01T08:00:00Z</updated><content type="html">&lt;p&gt;Ships \u0085 leave \u2028 again.&lt;/p&gt;</content></entry></feed>`;
const good = file("good.xml", atom);
const bad = file("bad.xml", "nothing of a feed");

const seed = "../shared/seed/000_b34172660d9da0b1.txt";
const hasSeed = existsSync(join(root, seed));
const noSeed = `${seed} is absent`;
const seedTitle = "美国和伊拉克将开始旨在结束驻伊国际联军的会谈";
const seedLink =
  "https://www.voachinese.com/a/s-iraq-to-start-talks-on-end-of-coalition-presence-20240124/7457424.html";

describe.concurrent("feedbell parse", () => {
  test("--json prints one line per file: the value of parseSnapshot, and the file; an unreadable file does not affect others", async () => {
    const missing = join(folder, "missing.xml");
    const { code, out, err } = await feedbell(["parse", "--json", bad, good, missing, good]);
    expect(code).toBe(1);
    const lines = out.split("\n");
    expect(lines).toHaveLength(3);
    const parsed = await parseSnapshot(new TextEncoder().encode(atom), { name: good });
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      file: good,
      ...(JSON.parse(JSON.stringify(parsed)) as object),
    });
    expect(lines[1]).toBe(lines[0]);
    // oxlint-disable-next-line no-control-regex -- these must be absent
    expect(out).not.toMatch(/[\u0000-\u0009\u007f-\u009f\u2028]/);
    expect(err).toContain(
      `${bad}: format-unknown: The snapshot is not a feed that feedbell can read.\n  found     `,
    );
    expect(err).toContain(
      `${missing}: ENOENT: Cannot read the file.\n  found     no such file\n  expected  `,
    );
  });

  test("- reads standard input, compressed or not", async () => {
    const { code, out, err } = await feedbell(["parse", "-", "--json"], { input: gzipSync(atom) });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toMatchObject({ file: "-", format: "atom", entries: [{ title: "Fog lifts" }] });
  });

  test("reads folders and patterns, and the time zone of a feed", async () => {
    const zoneless = atom.replace("08:00:00Z", "08:00:00");
    mkdirSync(join(folder, "archive", "2026"), { recursive: true });
    for (const name of ["b.xml", "2026/a.xml", ".hidden.xml"]) file(`archive/${name}`, zoneless);
    const feeds = { harbour: { timeZone: "Asia/Shanghai" } };
    const config = file("zones.json", JSON.stringify({ context: { feedbell: { feeds } } }));
    const archive = join(folder, "archive");
    const { code, out } = await feedbell([
      "parse",
      archive,
      "--json",
      "--feed",
      "harbour",
      "--config",
      config,
    ]);
    expect(code).toBe(0);
    const lines = out.trim().split("\n");
    const found = lines.map((line) => JSON.parse(line) as { file: string; entries: { updated: string }[] });
    expect(found.map(({ file, entries }) => [file, entries[0]?.updated])).toEqual([
      [join(archive, "2026", "a.xml"), "2026-03-01T00:00:00Z"],
      [join(archive, "b.xml"), "2026-03-01T00:00:00Z"],
    ]);
    const some = await feedbell(["parse", join(archive, "*", "*.xml"), join(archive, "*.none")]);
    expect(some.code).toBe(1);
    expect(some.out).toContain(join(archive, "2026", "a.xml"));
    expect(some.err).toContain("*.none: ENOENT: ");
  });

  test("the output is safe for a terminal", async () => {
    const hostile = file(
      "hostile.xml",
      atom.replace("Fog lifts", title).replace("Harbour", "\u001B[2JHarbour"),
    );
    const { code, out } = await feedbell(["parse", hostile]);
    expect(code).toBe(0);
    // oxlint-disable-next-line no-control-regex -- these must be absent
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(out).toContain("1. Fog lifts");
    expect(out).toContain("2026-03-01 08:00:00 UTC, last updated");
    expect(out).toMatch(/1 entry, no rejects/);
  });

  test("a file with only rejects lists all of them", async () => {
    const rss = `<rss version="2.0"><channel><title>Harbour</title><item><title><![CDATA[Fog`;
    const { code, err } = await feedbell(["parse", file("cut.xml", rss)]);
    expect(code).toBe(1);
    expect(err).toContain("cut.xml: no-entries: ");
    expect(err).toMatch(/^ {2}entry 1 at character \d+: entry-truncated: /m);
  });

  test("--time-zone sets the time zone of dates without one", async () => {
    const zoneless = file("zoneless.xml", atom.replace("08:00:00Z", "08:00:00"));
    const { out } = await feedbell(["parse", "--time-zone", "Asia/Shanghai", zoneless]);
    expect(out).toContain("2026-03-01 00:00:00 UTC, last updated, no time zone, Asia/Shanghai assumed");
  });

  test("applies the limits of the configuration", async () => {
    const config = file("cdk.json", JSON.stringify({ context: { feedbell: { limits: { bytes: 100 } } } }));
    const { code, err } = await feedbell(["parse", "--config", config, good]);
    expect(code).toBe(1);
    expect(err).toContain("snapshot-too-large");
  });

  test("the seed's title, date and link", skippedIf(!hasSeed, noSeed), async () => {
    const { code, out } = await feedbell(["parse", seed]);
    expect(code).toBe(0);
    for (const part of [seedTitle, "2024-01-25", seedLink]) expect(out).toContain(part);
  });
});

describe.concurrent("feedbell preview", () => {
  test("--json prints one line with the fates of the entries and the messages", async () => {
    const { code, out, err } = await feedbell(["preview", "--json", "--now", "2026-03-02", good]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.indexOf("\n")).toBe(out.length - 1);
    const line = JSON.parse(out) as { entries: object[]; messages: { audience: string; sms: object }[] };
    expect(Object.keys(line)).toEqual(["file", "feed", "state", "counts", "entries", "messages", "reasons"]);
    expect(line.entries).toEqual([
      {
        key: expect.stringMatching(/^entry#/) as string,
        title: "Fog lifts",
        fate: "sent",
        why: "it is new; to alerts, digest",
        stages: [
          { stage: "read", says: expect.stringContaining("with its link") as string },
          { stage: "recognise", says: "it is new" },
          { stage: "route", says: "to alerts, digest" },
        ],
        due: ["alerts", "digest"],
        shown: [
          { audience: "alerts", message: 1 },
          { audience: "digest", message: 2 },
        ],
      },
    ]);
    expect(line.messages.map(({ audience }) => audience)).toEqual(["alerts", "digest"]);
  });

  test("--audience shows one audience, --feed names the feed", async () => {
    const { code, out } = await feedbell(["preview", good, "--audience", "digest", "--feed", "harbour"]);
    expect(code).toBe(0);
    expect(out).toContain("good.xml, feed harbour\n");
    expect(out).toMatch(/Message 1 of 1: digest to digest/);
    expect(out).not.toContain("alert to alerts");
  });

  test("a file without a folder says that rules by feed need the feed's name", async () => {
    const audiences = [{ name: "sea", mode: "alerts", rules: { any: [{ feeds: ["harbour"] }] } }];
    const config = file("by-feed.json", JSON.stringify({ context: { feedbell: { audiences } } }));
    const alone = await feedbell(["preview", good, "--config", config]);
    expect(alone.err).toMatch(/good\.xml: read as the feed \S+; give --feed NAME/);
    expect(alone.code).toBe(0);
    const named = await feedbell(["preview", good, "--config", config, "--feed", "harbour"]);
    expect(named.err).toBe("");
  });

  test("--html writes one page and says so", async () => {
    const page = file("preview.html", "");
    const { code, out } = await feedbell(["preview", good, "--html", page]);
    expect({ code, out }).toEqual({ code: 0, out: `${page} was written.\n` });
    expect(await readFile(page, "utf8")).toMatch(/^<!doctype html>\n[^]*<\/html>\n$/);
    const several = await feedbell(["preview", good, good, "--html", page]);
    expect(several.err).toContain("--html writes the page of one file; found 2 files.");
    const missing = await feedbell(["preview", good, "--html", join(page, "x.html")]);
    expect(missing.code).toBe(2);
    expect(missing.err).toContain("x.html can't be written: ");
  });

  test("--json prints a line for each file of a folder; a bad one does not affect the others", async () => {
    mkdirSync(join(folder, "several"));
    for (const [name, content] of [
      ["1.xml", atom],
      ["2.xml", "nothing of a feed"],
      ["3.xml", atom],
    ] as const)
      file(`several/${name}`, content);
    const { code, out, err } = await feedbell([
      "preview",
      "--json",
      join(folder, "several"),
      "--feed",
      "港口",
    ]);
    expect(code).toBe(1);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { file: string; feed: string });
    expect(lines.map(({ file }) => file.slice(-5))).toEqual(["1.xml", "2.xml", "3.xml"]);
    expect(err).toContain("2.xml: format-unknown: ");
  });

  test("exits with 1 and the reason if the snapshot would be quarantined", async () => {
    const { code, err } = await feedbell(["preview", bad]);
    expect(code).toBe(1);
    expect(err).toContain(`${bad}: format-unknown: `);
  });

  test("the seed's mail and SMS have title, date and link", skippedIf(!hasSeed, noSeed), async () => {
    const { code, out } = await feedbell(["preview", "--json", "--audience", "alerts", "-"], {
      input: await readSeed(),
    });
    expect(code).toBe(0);
    const { messages } = JSON.parse(out) as {
      messages: { subject: string; email: string; sms: { text: string } }[];
    };
    expect(messages).toHaveLength(1);
    expect(messages[0]?.subject).toContain(seedTitle);
    for (const text of [messages[0]?.email, messages[0]?.sms.text])
      for (const part of ["2024-01-25", seedLink]) expect(text).toContain(part);
  });
});

describe.concurrent("wrong usage exits with 2 and says what to do", () => {
  test.each([
    [["parse"], "missing required argument 'path'"],
    [["parse", "--jsn", good], "unknown option '--jsn'"],
    [["parse", "--time-zone", "Moon", good], "such as Asia/Shanghai"],
    [
      ["preview", good, "--audience", "nobody"],
      'There is no audience "nobody"; expected one of alerts, digest',
    ],
    [["preview", good, "--config", bad], "can't be read"],
    [["parse", good, "--config", file("list.json", "[]")], "found []; expected an object"],
    [["prase"], "Did you mean parse?"],
    [["errors", "snapshot-gone", "moon"], "There is no error code moon; `npx feedbell errors` lists all."],
    [["errors", "snapshot-gon"], "There is no error code snapshot-gon; did you mean snapshot-gone?"],
    [["replay"], "Say what to replay"],
    [["replay", "snapshots/a", "--resend"], "confirm it with --yes"],
  ])("%j", async (args, says) => {
    const { code, out, err } = await feedbell(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(says);
    expect(err).not.toMatch(/^ {4}at /m);
  });
});

test("--version prints the package's version", async () => {
  const { version } = JSON.parse(await readText("package.json")) as { version: string };
  expect(await feedbell(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

test.each([parseCommand, previewCommand, replayCommand, errorsCommand])(
  "%o has help with examples",
  (make) => {
    const command = make();
    let help = "";
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    expect(help).toContain(`Examples:`);
    expect(help).toContain(`npx feedbell ${command.name()} `);
  },
);

const readText = (name: string) => readFile(join(root, name), "utf8");
const readSeed = () => readText(seed);
