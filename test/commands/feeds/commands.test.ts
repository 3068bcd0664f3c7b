import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  lstatSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { feedsCommand } from "../../../functions/commands/feeds.ts";
import { opmlLimits, parseOpml } from "../../../functions/commands/feeds/opml.ts";
import { runCommand } from "../../support/run-command.ts";

const root = mkdtempSync(path.join(tmpdir(), "feedbell-feeds-"));
afterAll(() => rmSync(root, { recursive: true }));

const settings = `{
  "app": "node infra/app.ts",
  "context": {
    "feedbell": {
      "audiences": [{ "name": "alerts", "mode": "alerts" }, { "name": "sports", "mode": "digest" }],
      "feeds": { "voa": { "title": "VOA Chinese" } }
    },
    "list": ["aws", "aws-cn"]
  }
}
`;
const list = `<opml version="1.0"><body>
  <outline text="Sport"><outline text="Sail" xmlUrl="https://sail.example/rss"/></outline>
  <outline text="VOA" xmlUrl="https://voa.example/rss"/>
  <outline text="Script" xmlUrl="javascript:alert(1)"/>
</body></opml>`;

let folder: string;
let config: string;
let opml: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(root, "case-"));
  config = path.join(folder, "cdk.json");
  opml = path.join(folder, "feeds.opml");
  writeFileSync(config, settings);
  writeFileSync(opml, list);
});
const feeds = (...args: readonly string[]) => runCommand(feedsCommand(), [...args, "--config", config]);

test("import shows the change and writes nothing where nobody can be asked", async () => {
  const { code, out, err } = await feeds("import", opml);
  expect(code).toBe(2);
  expect(out).toBe("+ feeds.sail  Sail  https://sail.example/rss\n~ feeds.voa  https://voa.example/rss\n");
  expect(err).toContain("1 outline has no http or https address: skipped");
  expect(err).toContain(`This changes 2 settings in ${config}. Nothing was changed; confirm it with --yes.`);
  expect(readFileSync(config, "utf8")).toBe(settings);
});

test("import refuses a file beyond the limit, and writes nothing", async () => {
  writeFileSync(opml, list + " ".repeat(opmlLimits.bytes));
  const { code, err } = await feeds("import", opml, "--yes");
  expect(code).toBe(1);
  expect(err).toContain(`found more than ${opmlLimits.bytes} bytes`);
  expect(readFileSync(config, "utf8")).toBe(settings);
});

test("import writes titles and addresses, keeps the rest of the text, and finds nothing the second time", async () => {
  const { code, out } = await feeds("import", opml, "--yes");
  expect(code).toBe(0);
  expect(out).toContain("2 feeds written. feedbell does not fetch them: upload each to snapshots/<slug>/.");
  const written = readFileSync(config, "utf8");
  const { context } = JSON.parse(written) as { context: { feedbell: { feeds: unknown } } };
  expect(context.feedbell.feeds).toEqual({
    voa: { title: "VOA Chinese", url: "https://voa.example/rss" },
    sail: { title: "Sail", url: "https://sail.example/rss" },
  });
  for (const line of settings.split("\n").filter((line) => !line.includes('"feeds"')))
    expect(written).toContain(line);
  expect(readdirSync(folder).toSorted()).toEqual(["cdk.json", "feeds.opml"]);
  expect((await feeds("import", opml, "--yes")).out).toBe("2 feeds listed; nothing to change\n");
});

test("import --json prints what was written", async () => {
  const { out } = await feeds("import", opml, "--yes", "--json");
  expect(out.trim().split("\n")).toEqual([
    '{"setting":"feeds.sail.title","value":"Sail"}',
    '{"setting":"feeds.sail.url","value":"https://sail.example/rss"}',
    '{"setting":"feeds.voa.url","value":"https://voa.example/rss"}',
  ]);
  expect(await feeds("import", opml, "--yes", "--json")).toMatchObject({ code: 0, out: "" });
});

test("--folder and --audience let an audience get the feeds of a folder", async () => {
  const { out } = await feeds("import", opml, "--folder", "Sport", "--audience", "sports", "--yes");
  expect(out).toContain("~ rules.feeds of sports: only these 1 feeds instead of all\n");
  const written = readFileSync(config, "utf8");
  expect(written).toContain('{ "name": "alerts", "mode": "alerts" }');
  const { context } = JSON.parse(written) as { context: { feedbell: { audiences: readonly unknown[] } } };
  expect(context.feedbell.audiences[1]).toMatchObject({ name: "sports", rules: { feeds: ["sail"] } });
});

test.each([
  [["--folder", "Sprot"], 'The list has no folder "Sprot"; did you mean Sport?'],
  [["--audience", "sport"], 'There is no audience "sport"; did you mean sports?'],
])("import refuses %j", async (args, says) => {
  const { code, err } = await feeds("import", opml, ...args, "--yes");
  expect(code).toBe(2);
  expect(err).toContain(says);
  expect(readFileSync(config, "utf8")).toBe(settings);
});

test("--audience needs audiences that are written in the file", async () => {
  writeFileSync(config, "{}");
  const { code, err } = await feeds("import", opml, "--audience", "alerts", "--yes");
  expect(code).toBe(2);
  expect(err).toContain("lists no audiences; write them there first");
  await feeds("import", opml, "--yes");
  expect(JSON.parse(readFileSync(config, "utf8"))).toMatchObject({
    context: { feedbell: { feeds: { sail: { title: "Sail" } } } },
  });
});

test("a link to the settings stays a link", async () => {
  const target = config;
  config = path.join(folder, "link.json");
  symlinkSync(target, config);
  await feeds("import", opml, "--yes");
  expect(lstatSync(config).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, "utf8")).toContain("sail.example");
});

test("a list in another encoding is read; what is no list exits with 1", async () => {
  writeFileSync(opml, Buffer.from(`\uFEFF${list.replace("Sail", "海风")}`, "utf16le"));
  expect((await feeds("import", opml)).out).toContain("+ feeds.sail-example  海风");
  writeFileSync(opml, "<rss/>");
  const { code, err } = await feeds("import", opml);
  expect(code).toBe(1);
  expect(err).toContain("no-opml: The file is no subscription list that feedbell reads.");
  expect(err).toContain("found the element rss; expected opml");
});

test("export writes a list that import reads", async () => {
  await feeds("import", opml, "--yes");
  const { out, err } = await feeds("export");
  expect(err).toBe("");
  expect(parseOpml(out).feeds.map(({ title, url }) => [title, url])).toEqual([
    ["VOA Chinese", "https://voa.example/rss"],
    ["Sail", "https://sail.example/rss"],
  ]);
  const asJson = await feeds("export", "--json");
  expect(asJson.out.split("\n").slice(0, 1)).toEqual([
    '{"feed":"voa","title":"VOA Chinese","url":"https://voa.example/rss"}',
  ]);
  writeFileSync(config, settings);
  expect((await feeds("export")).err).toBe("1 feed has no url in the configuration: title only\n");
});
