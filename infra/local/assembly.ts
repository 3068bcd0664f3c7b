import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { constants, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { StackConfiguration } from "../config/stack-configuration.ts";
import type { Entries } from "../bundle.ts";
import type { SynthesisFailure, SynthesisRequest } from "./synthesis-process.ts";
import type { Template } from "./template.ts";
import { makeTemporaryFolder } from "./temporary.ts";

export interface Assembly {
  readonly stackName: string;
  /** Base folder of the template's asset paths. */
  readonly directory: string;
  readonly template: Template;
}

export interface AssemblyOptions {
  readonly configuration?: StackConfiguration;
  /** Entry files of functions; the project's own by default. */
  readonly entries?: Partial<Entries>;
  /** Publishes as fast as SNS allows instead of at each audience's pace; false by default. */
  readonly unpaced?: boolean;
  /** Cache folder; `node_modules/.cache/feedbell` by default. */
  readonly cache?: string;
  /** Called if the assembly is not in the cache: it takes a few seconds. */
  readonly onSynthesis?: () => void;
}

const projectRoot = fileURLToPath(new URL("../..", import.meta.url));
const processFile = fileURLToPath(new URL("synthesis-process.ts", import.meta.url));

/** The inputs of the functions' code. The second lock file says what is installed. */
const codeInputs = ["functions", "infra/bundle.ts", "package-lock.json", "node_modules/.package-lock.json"];

/** The inputs of the synthesis. */
const inputs = [...codeInputs, "infra", "cdk.json"];

const running = new Map<string, Promise<Assembly>>();

/**
 * Returns the cloud assembly of a configuration, from the cache if no source and no setting has changed. Where the
 * cache can't be read or written, the assembly is temporary and removed when the process exits. Rejects with a
 * `ConfigurationError` by name where the configuration has mistakes.
 */
export function getAssembly(options: AssemblyOptions): Promise<Assembly> {
  const { configuration, entries, unpaced, cache } = options;
  const name = fingerprint(inputs, entries, { configuration, unpaced, cache });
  const found = running.get(name) ?? readOrSynthesize(name, options);
  running.set(name, found);
  found.catch(() => running.delete(name));
  return found;
}

async function readOrSynthesize(name: string, options: AssemblyOptions): Promise<Assembly> {
  const { cache = path.join(projectRoot, "node_modules", ".cache", "feedbell") } = options;
  const cached = path.join(cache, name);
  const directory = (await isReadable(cached)) ? cached : await synthesizeAnew(cache, name, options);
  await markUsed(directory);
  const [file = ""] = (await readdir(directory)).filter((entry) => entry.endsWith(".template.json"));
  const template = JSON.parse(await readFile(path.join(directory, file), "utf8")) as Template;
  return { stackName: file.replace(".template.json", ""), directory, template };
}

async function synthesizeAnew(cache: string, name: string, options: AssemblyOptions): Promise<string> {
  const { configuration, entries, unpaced } = options;
  options.onSynthesis?.();
  const codeName = `code-${fingerprint(codeInputs, entries)}`;
  const folder = await makeOutputFolder(cache);
  const isCached = path.dirname(folder) === cache;
  const cachedCode = path.join(cache, codeName);
  const bundles = !(await isReadable(cachedCode, "ingest"));
  const code = bundles ? path.join(folder, "code") : cachedCode;
  const outdir = path.join(folder, "assembly");
  const request = {
    outdir,
    code,
    bundles,
    unpaced: unpaced === true,
    ...(configuration && { configuration }),
    ...(entries && { entries }),
  };
  try {
    await synthesizeInProcess(request);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  if (!isCached) return outdir;
  if (bundles) await keep(code, cachedCode);
  else await markUsed(cachedCode);
  const directory = path.join(cache, name);
  await keep(outdir, directory);
  // Another process has cached the same assembly. If it belongs to another user, it may be unreadable.
  if (!(await isReadable(directory))) return outdir;
  await rm(folder, { recursive: true });
  await removeOldFolders(cache, [name, codeName]);
  return directory;
}

/** Moves a folder into the cache, unless another process has already done that. */
const keep = (folder: string, cached: string): Promise<void> => rename(folder, cached).catch(() => undefined);

/** Runs the synthesis in a process of its own; rejects with the name and message of its error. */
async function synthesizeInProcess(request: SynthesisRequest): Promise<void> {
  const child = fork(processFile, [JSON.stringify(request)], {
    execArgv: [],
    env: {
      ...process.env,
      // The CDK's check of the template takes two seconds; `cdk synth` and `cdk deploy` make it.
      CDK_VALIDATION: process.env["CDK_VALIDATION"] ?? "false",
      NODE_COMPILE_CACHE: path.join(projectRoot, "node_modules", ".cache", "node-compile"),
    },
  });
  const kill = () => void child.kill();
  process.once("exit", kill);
  let failure: SynthesisFailure | undefined;
  child.once("message", (message) => (failure = message as SynthesisFailure));
  try {
    // The last message is read before the channel is closed.
    const [[code, signal]] = await Promise.all([once(child, "exit"), once(child, "disconnect")]);
    if (code === 0) return;
    const error = new Error(failure?.message ?? `The synthesis ended with ${signal ?? `exit code ${code}`}.`);
    if (failure) error.name = failure.name;
    throw error;
  } finally {
    process.off("exit", kill);
  }
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

const isReadable = (directory: string, file = "manifest.json"): Promise<boolean> =>
  access(path.join(directory, file), constants.R_OK).then(
    () => true,
    () => false,
  );

/** Best effort: the folder may belong to another user. */
const markUsed = (folder: string): Promise<void> =>
  utimes(folder, new Date(), new Date()).catch(() => undefined);

/** Removes what no process has started to use for a week. */
async function removeOldFolders(cache: string, used: readonly string[]): Promise<void> {
  const week = 7 * 24 * 3600 * 1000;
  for (const entry of await readdir(cache)) {
    const folder = path.join(cache, entry);
    const usedAt = (await stat(folder).catch(() => undefined))?.mtimeMs ?? Infinity;
    if (used.includes(entry) || usedAt > Date.now() - week) continue;
    // Best effort: the folder may belong to another user.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** A hash of the names and contents of files and of options. */
function fingerprint(
  sources: readonly string[],
  entries: AssemblyOptions["entries"] = {},
  options: Readonly<Record<string, unknown>> = {},
): string {
  const hash = createHash("sha256").update(JSON.stringify([entries, options]));
  const files = new Set(Object.values(entries));
  for (const source of sources) for (const file of listFiles(path.join(projectRoot, source))) files.add(file);
  for (const file of [...files].sort()) hash.update(file).update(readFileSync(file));
  return hash.digest("hex").slice(0, 32);
}

/** The file, or the files in the folder; none where it does not exist. The local stack is no input. */
function listFiles(root: string): string[] {
  const found = statSync(root, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [root] : [];
  const local = path.join(projectRoot, "infra", "local");
  return readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(local))
    .map((entry) => path.join(entry.parentPath, entry.name));
}
