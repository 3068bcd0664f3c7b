import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { previewSnapshot } from "../functions/preview/run.ts";
import type { Audience, Configuration, FeedSettings } from "../functions/core/configuration.ts";
import { parseSnapshot } from "../functions/core/feed/parse.ts";
import type { Message } from "../functions/core/message/message.ts";
import { audience, configuration } from "./support/fake-system.ts";

const folder = join(import.meta.dirname, "cases");

/** The current time in all cases; some of their dates are later. */
const now = Date.parse("2026-11-23T12:00:00Z");

interface CaseConfiguration {
  readonly audience?: Partial<Audience>;
  readonly feeds?: Readonly<Record<string, FeedSettings>>;
}

const isUpdating = process.env["UPDATE_GOLDEN"] === "1";
if (isUpdating && process.env["CI"])
  throw new Error("UPDATE_GOLDEN is not allowed in CI: the results must be read.");

/** Writes the actual result with `UPDATE_GOLDEN=1`. The test still fails if it differs. */
function expectGolden(path: string, found: string): void {
  const expected = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  if (isUpdating && found !== expected) writeFileSync(path, found);
  expect.soft(found, path).toBe(expected);
}

const asMails = (messages: readonly Message[]): string =>
  messages.map(({ subject, email }) => `Subject: ${subject}\n\n${email}\n`).join(`\n${"=".repeat(72)}\n\n`);

const asTexts = (messages: readonly Message[]): string =>
  messages
    .map(({ sms }) => {
      const details = [sms.encoding, `${sms.parts} ${sms.parts === 1 ? "part" : "parts"}`];
      if (sms.forcing.length > 0) details.push(`because of ${sms.forcing.slice(0, 5).join(" ")}`);
      if (sms.omissions.length > 0) details.push(`to fit: ${sms.omissions.join(", ")}`);
      return `[${details.join("; ")}]\n${sms.text}\n`;
    })
    .join("\n");

describe.each(readdirSync(folder))("%s", (slug) => {
  const directory = join(folder, slug);
  const read = (name: string) => readFileSync(join(directory, name));
  const snapshot = readdirSync(directory).find((name) => name.startsWith("snapshot."));

  test("about.md says why the case exists", () => {
    expect(snapshot).toBeDefined();
    expect(read("about.md").toString().trim().length).toBeGreaterThan(20);
  });

  test("has the expected entries, mails and SMS", async () => {
    const name = snapshot ?? "";
    const bytes = read(name);
    const given: CaseConfiguration = existsSync(join(directory, "config.json"))
      ? (JSON.parse(read("config.json").toString()) as CaseConfiguration)
      : {};
    const settings: Configuration = {
      ...configuration,
      audiences: [audience({ name: "alerts", mode: "alerts", ...given.audience })],
      feeds: given.feeds ?? {},
    };
    const open = async () => ({
      chunks: (async function* () {
        yield bytes;
      })(),
    });
    const timeZone = settings.feeds[slug]?.timeZone;
    const parsed = await parseSnapshot(bytes, { name, now, ...(timeZone !== undefined && { timeZone }) });
    const entries = parsed.entries.map((entry) => ({ ...entry, content: undefined, description: undefined }));
    const preview = await previewSnapshot(open, {
      key: `snapshots/${slug}/${name}`,
      now,
      configuration: settings,
      isFirst: false,
    });
    const fates = preview.entries.map(({ title, fate, why }) => ({ title, fate, why }));
    expectGolden(
      join(directory, "entries.json"),
      `${JSON.stringify({ ...parsed, entries, fates }, undefined, 2)}\n`,
    );
    expectGolden(join(directory, "email.txt"), asMails(preview.messages));
    expectGolden(join(directory, "sms.txt"), asTexts(preview.messages));
  });
});
