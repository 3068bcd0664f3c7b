import { createHash } from "node:crypto";
import { constants, existsSync, rmSync } from "node:fs";
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { StackConfiguration } from "../config/stack-configuration.ts";
import type { Entries } from "../bundle.ts";
import type { Template } from "./template.ts";
import { makeTemporaryFolder } from "./temporary.ts";

interface Assembly {
  readonly stackName: string;
  /** Base folder of the template's asset paths. */
  readonly directory: string;
  readonly template: Template;
}

export interface AssemblyOptions {
  readonly configuration?: StackConfiguration;
  /** Entry files of functions; the project's own by default. */
  readonly entries?: Partial<Entries>;
  /** Cache folder; `node_modules/.cache/feedbell` by default. */
  readonly cache?: string;
}

const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

/** Every input of the synthesis. */
const sources = ["functions", "infra", "cdk.json", "package-lock.json"];

const running = new Map<string, Promise<Assembly>>();

/**
 * Returns the cloud assembly of a configuration, from the cache if no source and no setting has changed. Where the
 * cache can't be read or written, the assembly is temporary and removed when the process exits.
 */
export async function getAssembly(options: AssemblyOptions): Promise<Assembly> {
  const name = await fingerprint(options);
  const found = running.get(name) ?? readOrSynthesize(name, options);
  running.set(name, found);
  found.catch(() => running.delete(name));
  return found;
}

async function readOrSynthesize(name: string, options: AssemblyOptions): Promise<Assembly> {
  const { cache = path.join(projectRoot, "node_modules", ".cache", "feedbell") } = options;
  const cached = path.join(cache, name);
  const directory = (await isReadable(cached)) ? cached : await synthesizeAnew(cache, name, options);
  const [file = ""] = (await readdir(directory)).filter((entry) => entry.endsWith(".template.json"));
  const template = JSON.parse(await readFile(path.join(directory, file), "utf8")) as Template;
  return { stackName: file.replace(".template.json", ""), directory, template };
}

async function synthesizeAnew(cache: string, name: string, options: AssemblyOptions): Promise<string> {
  // Imported lazily: the CDK takes a second to load.
  const { synthesize } = await import("../app.ts");
  const outdir = await makeOutputFolder(cache);
  // The CDK's check of the template takes two seconds; `cdk synth` and `cdk deploy` make it.
  process.env["CDK_VALIDATION"] ??= "false";
  synthesize({ ...options, outdir });
  if (path.dirname(outdir) !== cache) return outdir;
  const directory = path.join(cache, name);
  try {
    await rename(outdir, directory);
  } catch {
    // Another process has cached the same assembly. If it belongs to another user, it may be unreadable.
    if (!(await isReadable(directory))) return outdir;
    await rm(outdir, { recursive: true });
  }
  await removeOldAssemblies(cache, name);
  return directory;
}

/** Creates a folder in the cache or, where the cache is not writable, in the system's temporary folder. */
async function makeOutputFolder(cache: string): Promise<string> {
  try {
    await mkdir(cache, { recursive: true });
    return await mkdtemp(path.join(cache, "new-"));
  } catch {
    const folder = await makeTemporaryFolder();
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    return folder;
  }
}

const isReadable = (directory: string): Promise<boolean> =>
  access(path.join(directory, "manifest.json"), constants.R_OK).then(
    () => true,
    () => false,
  );

/** Removes assemblies that are older than a day. */
async function removeOldAssemblies(cache: string, name: string): Promise<void> {
  const day = 24 * 3600 * 1000;
  for (const entry of await readdir(cache)) {
    const folder = path.join(cache, entry);
    const made = (await stat(folder).catch(() => undefined))?.mtimeMs ?? Infinity;
    if (entry === name || made > Date.now() - day) continue;
    // Best effort: the folder may belong to another user.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function fingerprint({ configuration, entries, cache }: AssemblyOptions): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify({ configuration, entries, cache }));
  const files = Object.values(entries ?? {});
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
