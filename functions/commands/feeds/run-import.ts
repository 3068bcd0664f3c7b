import { startActivity } from "../../console/activity.ts";
import { readContext } from "../../../infra/config/configuration.ts";
import type { StackConfiguration } from "../../../infra/config/stack-configuration.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { isConfirmed } from "../../console/confirmation.ts";
import { readBytes } from "../../console/input.ts";
import { suggestion } from "../../console/suggestion.ts";
import { counted, escapeLine, safeLine, write, writeError } from "../../console/terminal.ts";
import { UsageError } from "../../console/usage-error.ts";
import { byteOrderMark, declaredEncoding, unmarkedUtf16 } from "../../core/feed/decode/declared-encoding.ts";
import { describeFailure, failureOf, type Failure } from "../failure.ts";
import { readConfiguration } from "../options.ts";
import { feedChanges, type FeedChange } from "./feed-changes.ts";
import { OpmlError, opmlLimits, parseOpml, type ListedFeed, type Opml } from "./opml.ts";
import { checkAudience } from "../known-names.ts";
import { changeSettings, settingsPath, type SettingChange } from "./settings-file.ts";

export interface FeedsImportOptions {
  readonly config?: string;
  readonly folder?: string;
  readonly audience?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** Shows what a subscription list changes in `cdk.json`, asks, and writes it. */
export async function importFeeds(file: string, options: FeedsImportOptions): Promise<void> {
  startActivity("feeds import", options);
  const configuration = await readConfiguration(options.config);
  const target = settingsPath(options.config);
  const opml = await readOpml(file);
  if (opml === undefined) return;
  const listed = inFolder(opml.feeds, options.folder);
  const { changes, slugs } = feedChanges(listed, configuration.feeds);
  const rules = ruleChange(slugs, configuration, target, options.audience);
  const lines = [...changes.map(describeChange), ...rules.map(describeRules)];
  const { json } = options;
  for (const line of lines) if (!json) await write(process.stdout, `${safeLine(line)}\n`);
  if (opml.skipped > 0)
    writeError(
      `${counted(opml.skipped, "outline has", "outlines have")} no http or https address: skipped\n`,
    );
  if (lines.length === 0) {
    if (json) return;
    await write(process.stdout, `${counted(listed.length, "feed", "feeds")} listed; nothing to change\n`);
    return;
  }
  const what = `This changes ${counted(lines.length, "setting", "settings")} in ${escapeLine(target)}.`;
  const change = { what, ...(json && { parts: lines, total: lines.length }) };
  if (!(await isConfirmed(change, options))) return;
  const settings = changes.flatMap(({ slug, before, after }): SettingChange[] => [
    ...(before?.title === after.title ? [] : [{ path: ["feeds", slug, "title"], value: after.title }]),
    { path: ["feeds", slug, "url"], value: after.url },
  ]);
  const all = [...settings, ...rules.map(({ path, after }) => ({ path, value: after }))];
  await changeSettings(target, all);
  if (json) {
    for (const { path, value } of all)
      await write(process.stdout, `${jsonLine({ setting: path.join("."), value })}\n`);
    return;
  }
  await write(
    process.stdout,
    `${counted(changes.length, "feed", "feeds")} written. feedbell does not fetch them: upload each to snapshots/<slug>/.\n`,
  );
}

/** The list in a file; prints why it can't be read and sets exit code 1. */
async function readOpml(file: string): Promise<Opml | undefined> {
  try {
    return parseOpml(decode(await readLimited(file)));
  } catch (error) {
    const failure = error instanceof OpmlError ? noOpml(error) : failureOf(error);
    if (!failure) throw error;
    writeError(describeFailure(file, failure));
    process.exitCode = 1;
    return undefined;
  }
}

const noOpml = ({ message }: OpmlError): Failure => ({
  code: "no-opml",
  message: "The file is no subscription list that feedbell reads.",
  found: message,
  expected: "OPML with outlines that have xmlUrl",
  hint: "Export the list from the feed reader again.",
});

async function readLimited(file: string): Promise<Buffer> {
  const bytes = await readBytes(file, opmlLimits.bytes);
  if (bytes.length <= opmlLimits.bytes) return bytes;
  throw new OpmlError(`found more than ${opmlLimits.bytes} bytes`);
}

function decode(bytes: Buffer): string {
  const head = bytes.subarray(0, 1024).toString("latin1");
  const marked = byteOrderMark(bytes)?.encoding ?? unmarkedUtf16(bytes);
  return new TextDecoder(marked ?? declaredEncoding(head, undefined).encoding ?? "utf-8").decode(bytes);
}

function inFolder(feeds: readonly ListedFeed[], folder: string | undefined): readonly ListedFeed[] {
  if (folder === undefined) return feeds;
  const found = feeds.filter(({ folders }) => folders.includes(folder));
  if (found.length > 0) return found;
  const known = [...new Set(feeds.flatMap(({ folders }) => folders))];
  const advice = known.length === 0 ? "the list has none" : suggestion(folder, known);
  throw new UsageError(`The list has no folder ${JSON.stringify(folder)}; ${advice}`);
}

interface RulesChange {
  readonly audience: string;
  readonly path: SettingChange["path"];
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The listed feeds as `rules.feeds` of the audience, in addition to those that are there. */
function ruleChange(
  slugs: readonly string[],
  { audiences }: StackConfiguration,
  file: string,
  audience: string | undefined,
): readonly RulesChange[] {
  if (audience === undefined) return [];
  const index = audiences.findIndex(({ name }) => name === audience);
  const names = audiences.map(({ name }) => name);
  checkAudience(audience, names);
  if ((readContext(file)["feedbell"] as { audiences?: unknown } | undefined)?.audiences === undefined)
    throw new UsageError(`${escapeLine(file)} lists no audiences; write them there first.`);
  const before = audiences[index]?.rules.feeds ?? [];
  const after = [...new Set([...before, ...slugs])];
  const path = ["audiences", index, "rules", "feeds"];
  return after.length === before.length ? [] : [{ audience, path, before, after }];
}

const describeChange = ({ slug, before, after }: FeedChange): string =>
  before === undefined
    ? `+ feeds.${slug}  ${after.title}  ${after.url}`
    : `~ feeds.${slug}  ${[before.title === after.title ? "" : after.title, after.url].filter(Boolean).join("  ")}`;

const describeRules = ({ audience, before, after }: RulesChange): string =>
  before.length === 0
    ? `~ rules.feeds of ${audience}: only these ${after.length} feeds instead of all`
    : `~ rules.feeds of ${audience}: ${after.length - before.length} more`;
