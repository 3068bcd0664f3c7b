import { expect, test } from "vitest";
import { feedRemark } from "../../functions/console/feed-remark.ts";
import { audience, configuration } from "../support/fake-system.ts";

const file = { file: "a.xml", key: "snapshots/a.xml", feed: "harbour" };
const alerts = audience({ name: "alerts", mode: "alerts" });
const feeds = { voa: {} };
const remark =
  "a.xml: read as the feed harbour; give --feed NAME to apply the rules and settings of another.\n";

test.each([
  ["rules by feed", { audiences: [{ ...alerts, rules: { any: [{ feeds: ["voa"] }] } }] }],
  ["a preferred feed", { audiences: [{ ...alerts, preferredFeeds: ["voa"] }] }],
  ["settings of a feed", { feeds }],
])("%s are a reason to name the feed of a file without a folder", (_, settings) => {
  expect(feedRemark(file, { ...configuration, ...settings })).toBe(remark);
});

test.each([
  ["nothing is about feeds", file, {}],
  ["the file has a folder", { ...file, key: "snapshots/voa/a.xml" }, { feeds }],
  ["the file could not be read", { ...file, feed: undefined }, { feeds }],
])("there is no remark if %s", (_, given, settings) => {
  expect(feedRemark(given, { ...configuration, ...settings })).toBeUndefined();
});
