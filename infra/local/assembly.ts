import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { StackConfiguration } from "../config.ts";
import type { Template } from "./template.ts";

export interface Assembly {
  readonly stackName: string;
  /** Folder to which the template's asset paths are relative. */
  readonly directory: string;
  readonly template: Template;
}

export interface AssemblyOptions {
  readonly configuration?: StackConfiguration;
  /** Source of the function in place of the project's own. */
  readonly entry?: string;
}

const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

/** Everything that a synthesis reads. */
const sources = ["functions", "infra", "cdk.json", "package-lock.json"];

const running = new Map<string, Promise<Assembly>>();

/**
 * The cloud assembly of a configuration. It is synthesized once: as long as no source and no setting changes, it is
 * taken from `node_modules/.cache/feedbell`.
 */
export async function getAssembly(options: AssemblyOptions): Promise<Assembly> {
  const name = await fingerprint(options);
  const found = running.get(name) ?? readOrSynthesize(name, options);
  running.set(name, found);
  found.catch(() => running.delete(name));
  return found;
}

async function readOrSynthesize(name: string, options: AssemblyOptions): Promise<Assembly> {
  const cache = path.join(projectRoot, "node_modules", ".cache", "feedbell");
  const directory = path.join(cache, name);
  if (!existsSync(path.join(directory, "manifest.json"))) {
    await mkdir(cache, { recursive: true });
    // Loaded only when it is needed: the CDK takes a second to load.
    const { synthesize } = await import("../app.ts");
    const outdir = await mkdtemp(path.join(cache, "new-"));
    synthesize({ ...options, outdir });
    // Two processes may have made the same: the first one wins, and both are equal.
    await rename(outdir, directory).catch(() => rm(outdir, { recursive: true }));
    await forgetOthers(cache, name);
  }
  const [file = ""] = (await readdir(directory)).filter((entry) => entry.endsWith(".template.json"));
  const template = JSON.parse(await readFile(path.join(directory, file), "utf8")) as Template;
  return { stackName: file.replace(".template.json", ""), directory, template };
}

/** Keeps the newest assemblies: each is some hundred kilobytes. */
async function forgetOthers(cache: string, name: string): Promise<void> {
  const { stat } = await import("node:fs/promises");
  const others = (await readdir(cache)).filter((entry) => entry !== name);
  const aged = await Promise.all(
    others.map(async (entry) => ({
      entry,
      age: Date.now() - ((await stat(path.join(cache, entry)).catch(() => undefined))?.mtimeMs ?? Date.now()),
    })),
  );
  const day = 24 * 3600 * 1000;
  for (const { entry } of aged.filter(({ age }) => age > day)) {
    await rm(path.join(cache, entry), { recursive: true, force: true });
  }
}

async function fingerprint({ configuration, entry }: AssemblyOptions): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify({ configuration, entry }));
  const files = entry === undefined ? [] : [entry];
  for (const source of sources) files.push(...(await listFiles(path.join(projectRoot, source))));
  for (const file of files.sort()) hash.update(file).update(await readFile(file));
  return hash.digest("hex").slice(0, 32);
}

async function listFiles(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true }).catch(() => undefined);
  if (!entries) return existsSync(root) ? [root] : [];
  const local = path.join(projectRoot, "infra", "local");
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(local))
    .map((entry) => path.join(entry.parentPath, entry.name));
}
