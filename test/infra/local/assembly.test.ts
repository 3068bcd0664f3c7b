import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { getAssembly } from "../../../infra/local/assembly.ts";
import { readConfiguration } from "../../../infra/config/configuration.ts";

const ingest = path.join(import.meta.dirname, "../../support/functions/quiet.ts");

test("synthesizes each configuration once", async () => {
  const [first, again] = await Promise.all([
    getAssembly({ entries: { ingest } }),
    getAssembly({ entries: { ingest } }),
  ]);
  expect(again).toBe(first);
  expect(first.stackName).toBe("feedbell");
  const other = await getAssembly({
    entries: { ingest },
    configuration: { ...readConfiguration(), timeoutSeconds: 7 },
  });
  expect(other.directory).not.toBe(first.directory);
  const timeouts = Object.values(other.template.Resources).map(({ Properties }) => Properties?.["Timeout"]);
  expect(timeouts).toContain(7);
  for (const { template, directory } of [first, other]) {
    const assets = Object.values(template.Resources).flatMap(
      ({ Metadata }) => (Metadata?.["aws:asset:path"] as string | undefined) ?? [],
    );
    expect(assets.map((asset) => existsSync(path.join(directory, asset)))).not.toContain(false);
  }
});

test("uses a temporary assembly if the cache is not writable", async () => {
  const cache = path.join(import.meta.dirname, "assembly.test.ts", "cache");
  const { directory, template } = await getAssembly({ entries: { ingest }, cache });
  expect(directory.startsWith(tmpdir())).toBe(true);
  expect(Object.keys(template.Resources)).not.toHaveLength(0);
});

test("stores the assembly in the given cache folder", async () => {
  const cache = mkdtempSync(path.join(tmpdir(), "feedbell-cache-"));
  try {
    const { directory } = await getAssembly({ entries: { ingest }, cache });
    expect(path.dirname(directory)).toBe(cache);
    expect(readdirSync(cache)).toEqual([path.basename(directory)]);
  } finally {
    rmSync(cache, { recursive: true });
  }
});
