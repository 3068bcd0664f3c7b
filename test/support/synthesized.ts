import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Template } from "aws-cdk-lib/assertions";
import { afterAll } from "vitest";
import { type Synthesis, synthesize } from "../../infra/app.ts";
import { parseConfiguration } from "../../infra/config/configuration.ts";

export const idle = fileURLToPath(new URL("idle.ts", import.meta.url));

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A temporary folder, removed after the test file. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "feedbell-test-"));
  folders.push(path);
  return path;
}

/** By configuration: a synthesis takes about a second. */
const syntheses = new Map<string, Synthesis>();

/** Synthesizes the stack for this `context.feedbell` with a function that does nothing. */
export function synthesized(feedbell: unknown = {}): Synthesis {
  const key = JSON.stringify(feedbell);
  const synthesis =
    syntheses.get(key) ??
    synthesize({
      configuration: parseConfiguration(feedbell),
      outdir: folder(),
      entries: { ingest: idle, deliver: idle, digest: idle, watch: idle },
    });
  syntheses.set(key, synthesis);
  return synthesis;
}

export const templateOf = (feedbell: unknown = {}): Template =>
  Template.fromJSON(synthesized(feedbell).template);
