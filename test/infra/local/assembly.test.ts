import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { getAssembly } from "../../../infra/local/assembly.ts";
import { readConfiguration } from "../../../infra/config/configuration.ts";

const ingest = path.join(import.meta.dirname, "../../support/functions/quiet.ts");

test("synthesizes each configuration once", { timeout: 60_000 }, async () => {
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

test("uses a temporary assembly if the cache is not writable", { timeout: 60_000 }, async () => {
  const cache = path.join(import.meta.dirname, "assembly.test.ts", "cache");
  const { directory, template } = await getAssembly({ entries: { ingest }, cache });
  expect(directory.startsWith(tmpdir())).toBe(true);
  expect(Object.keys(template.Resources)).not.toHaveLength(0);
});

const slower = { ...readConfiguration(), timeoutSeconds: 9 };

test(
  "bundles the code once for all configurations, in the given cache folder",
  { timeout: 60_000 },
  async () => {
    const cache = mkdtempSync(path.join(tmpdir(), "feedbell-cache-"));
    let syntheses = 0;
    const options = { entries: { ingest }, cache, onSynthesis: () => void (syntheses += 1) };
    try {
      const first = await getAssembly(options);
      const code = readdirSync(cache).filter((name) => name.startsWith("code-"));
      expect(code).toHaveLength(1);
      expect(readdirSync(cache).toSorted()).toEqual([path.basename(first.directory), ...code].toSorted());
      const { mtimeMs } = statSync(path.join(cache, code[0] ?? "", "ingest", "ingest.mjs"));
      const other = await getAssembly({ ...options, configuration: slower });
      expect(other.directory).not.toBe(first.directory);
      expect(readdirSync(cache)).toHaveLength(3);
      expect(statSync(path.join(cache, code[0] ?? "", "ingest", "ingest.mjs")).mtimeMs).toBe(mtimeMs);
      expect(syntheses).toBe(2);
    } finally {
      rmSync(cache, { recursive: true });
    }
  },
);

test(
  "rejects with what the synthesis says, and leaves nothing in the cache",
  { timeout: 60_000 },
  async () => {
    const cache = mkdtempSync(path.join(tmpdir(), "feedbell-cache-"));
    const broken = path.join(cache, "broken.ts");
    writeFileSync(broken, "export const handler = ;");
    try {
      await expect(getAssembly({ entries: { ingest: broken }, cache })).rejects.toThrow(/Unexpected ";"/);
      expect(readdirSync(cache)).toEqual(["broken.ts"]);
    } finally {
      rmSync(cache, { recursive: true });
    }
  },
);
