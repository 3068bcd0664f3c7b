import { readFileSync } from "node:fs";
import type { Configuration } from "../../functions/core/configuration.ts";
import { contradictions } from "./cross-checks.ts";
import type { Deployment } from "./deployment.ts";
import { ConfigurationError, inWords, mistakesOf, shown } from "./mistakes.ts";
import { complete, schema } from "./schema.ts";

/** `context.feedbell` of `cdk.json`, with everything filled in that it leaves out. */
export interface StackConfiguration extends Configuration {
  readonly deployment: Deployment;
}

/** Where `npm run` and the CDK CLI find the project's settings. */
export const settingsFile = new URL("../../cdk.json", import.meta.url);

/** The configuration that `cdk.json` holds; throws `ConfigurationError` with all mistakes. */
export const readConfiguration = (file: string | URL = settingsFile): StackConfiguration =>
  parseConfiguration(readContext(file)["feedbell"]);

/** The context of `cdk.json`: `feedbell` and CDK's feature flags. */
export function readContext(file: string | URL = settingsFile): Readonly<Record<string, unknown>> {
  const { context = {} } = requireObject(readJson(file), String(file));
  return requireObject(context, `context in ${String(file)}`);
}

function readJson(file: string | URL): unknown {
  try {
    // Editors on Windows write a byte order mark, which JSON does not allow (RFC 8259, section 8.1).
    return JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new ConfigurationError([
      `${String(file)} can't be read: ${String(error)}; expected JSON with a key context`,
    ]);
  }
}

/** Everything else would be taken for an object without any key, and so for all defaults. */
function requireObject(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new ConfigurationError([`${what}: found ${shown(value)}; expected an object`]);
}

/** Checks the value of `context.feedbell` as a whole and fills in what it leaves out; throws `ConfigurationError` with all mistakes. */
export function parseConfiguration(value: unknown = {}): StackConfiguration {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    const configuration = complete(parsed.data);
    const mistakes = contradictions(configuration);
    if (mistakes.length === 0) return configuration;
    throw new ConfigurationError(mistakes.map(inWords));
  }
  const mistakes = mistakesOf(value, parsed.error);
  const wrong = mistakes.map(({ path }) => path);
  const rest = schema.safeParse(without(value, wrong));
  // What is right by itself is still compared, so that one run tells all; a default that stands in for a wrong value is not.
  const further = rest.success
    ? contradictions(complete(rest.data)).filter((mistake) => !touches(mistake.involves, wrong))
    : [];
  throw new ConfigurationError([...mistakes, ...further].map(inWords));
}

/** What `cdk.json` may leave out altogether. */
export const defaults: StackConfiguration = parseConfiguration({});

type Path = readonly PropertyKey[];

const within = (path: Path, other: Path): boolean => other.every((key, index) => path[index] === key);

const touches = (paths: readonly Path[], others: readonly Path[]): boolean =>
  paths.some((path) => others.some((other) => within(path, other) || within(other, path)));

/** The value without what stands at the paths; an audience with a mistake goes as a whole, since parts of it are required. */
const without = (value: unknown, paths: readonly Path[], at: Path = []): unknown => {
  const gone = (key: PropertyKey) => touches([[...at, key]], paths);
  if (Array.isArray(value)) return value.filter((_, index) => !gone(index));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).flatMap(([key, inner]) => {
    const path = [...at, key];
    if (paths.some((other) => within(path, other))) return [];
    return [[key, without(inner, paths, path)] as const];
  });
  return Object.fromEntries(kept);
};
