import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { ConfigurationError } from "../../../infra/config/mistakes.ts";
import { watchConfiguration, type ConfigurationWatch } from "../../../infra/local/configuration-watch.ts";

const folder = mkdtempSync(path.join(tmpdir(), "feedbell-settings-"));
afterAll(() => rmSync(folder, { recursive: true }));

let opened: ConfigurationWatch | undefined;
afterEach(() => opened?.close());

/** Watches a file; each update takes the next outcome, a text or an error. */
async function open(name: string, outcomes: readonly (string | Error | undefined)[]) {
  const file = path.join(folder, name);
  writeFileSync(file, "{}");
  const printed: string[] = [];
  const errors: string[] = [];
  let [updates, changes] = [0, 0];
  opened = await watchConfiguration(
    {
      async update() {
        const outcome = outcomes[updates];
        updates += 1;
        if (outcome instanceof Error) throw outcome;
        return outcome;
      },
    },
    {
      file,
      print: (line) => printed.push(line),
      printError: (line) => errors.push(line),
      changed: async () => void (changes += 1),
    },
  );
  return { file, printed, errors, counts: () => ({ updates, changes }) };
}

const limit = { timeout: 30_000 };

test("updates the stack after a change, also where an editor replaces the file", limit, async () => {
  const { file, printed, counts } = await open("a.json", ["first", "second"]);
  writeFileSync(file, '{"a":1}');
  await expect.poll(() => printed, limit).toEqual(["cdk.json: first"]);
  writeFileSync(`${file}.new`, '{"a":22}');
  renameSync(`${file}.new`, file);
  await expect.poll(() => printed, limit).toEqual(["cdk.json: first", "cdk.json: second"]);
  expect(counts()).toEqual({ updates: 2, changes: 2 });
});

test("prints the mistakes of a file, and takes it over once it is right", limit, async () => {
  const mistake = new ConfigurationError(["feedbell.audiences: found 1; expected a list"]);
  const { file, printed, errors, counts } = await open("b.json", [mistake, "in use"]);
  writeFileSync(file, '{"a":1}');
  await expect.poll(() => errors, limit).toHaveLength(1);
  expect(errors[0]).toContain("the stack keeps its configuration:\n");
  expect(errors[0]).toContain("feedbell.audiences: found 1; expected a list");
  expect(errors[0]).not.toContain("    at ");
  expect(counts().changes).toBe(0);
  writeFileSync(file, '{"a":333}');
  await expect.poll(() => printed, limit).toEqual(["cdk.json: in use"]);
});

test("says that mistakes are corrected where the file is as it was before", limit, async () => {
  const { file, printed, errors } = await open("d.json", [new ConfigurationError(["wrong"]), undefined]);
  writeFileSync(file, '{"a":1}');
  await expect.poll(() => errors, limit).toHaveLength(1);
  writeFileSync(file, '{"a":22}');
  const corrected = "cdk.json: the mistakes are corrected; the stack has this configuration already";
  await expect.poll(() => printed, limit).toEqual([corrected]);
});

test("prints nothing where the stack has nothing to change", limit, async () => {
  const { file, printed, errors, counts } = await open("c.json", [undefined]);
  writeFileSync(file, '{"a":1}');
  await expect.poll(counts, limit).toEqual({ updates: 1, changes: 0 });
  expect([...printed, ...errors]).toEqual([]);
});
