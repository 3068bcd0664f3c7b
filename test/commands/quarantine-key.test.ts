import { expect, test } from "vitest";
import { quarantineKey } from "../../functions/commands/quarantine/quarantine-key.ts";
import { UsageError } from "../../functions/console/usage-error.ts";

test.each([
  ["quarantine/voa/1.md", "quarantine/voa/1.md"],
  ["quarantine/", "quarantine/"],
  ["snapshots/港口/一.xml", "quarantine/港口/一.xml"],
  ["voa/1.md", "quarantine/voa/1.md"],
  ["~messages/alerts/", "quarantine/~messages/alerts/"],
])("the key %s means %s", (given, key) => {
  expect(quarantineKey(given)).toBe(key);
});

test.each(["", "snapshots/"])("the key ‘%s’ does not mean everything in quarantine", (given) => {
  expect(() => quarantineKey(given)).toThrow(UsageError);
});
