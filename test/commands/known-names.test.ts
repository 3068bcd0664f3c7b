import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { checkAudience, remarkOnAudience, remarkOnFeed } from "../../functions/commands/known-names.ts";
import { UsageError } from "../../functions/console/usage-error.ts";
import { captureStream } from "../support/capture-stream.ts";

const folder = mkdtempSync(path.join(tmpdir(), "feedbell-names-"));
afterAll(() => rmSync(folder, { recursive: true }));
const config = path.join(folder, "cdk.json");
writeFileSync(config, JSON.stringify({ context: { feedbell: { feeds: { voa: {}, "harbour-news": {} } } } }));

let errors: ReturnType<typeof captureStream>;
beforeEach(() => {
  errors = captureStream(process.stderr);
});
afterEach(() => errors.restore());

test("an unknown audience is refused with the nearest name", () => {
  expect(() => checkAudience("alert", ["alerts", "digest"])).toThrow(
    new UsageError('There is no audience "alert"; did you mean alerts?'),
  );
  expect(() => checkAudience("alerts", ["alerts"])).not.toThrow();
});

test("lists say that an audience is not in the configuration", async () => {
  await remarkOnAudience("alrts", { audiences: ["alerts"] });
  expect(errors.text()).toBe('feedbell: There is no audience "alrts"; did you mean alerts?\n');
});

test.each([
  ["harbor-news", 'feedbell: the configuration has no feed "harbor-news"; did you mean harbour-news?\n'],
  ["harbour-news", ""],
  // Feeds need not be configured.
  ["gazette", ""],
  [undefined, ""],
])("the feed %j", async (feed, says) => {
  await remarkOnFeed(feed, config);
  expect(errors.text()).toBe(says);
});

test("a configuration that is not valid is no reason to fail", async () => {
  await remarkOnFeed("voa", folder);
  expect(errors.text()).toBe("");
});
