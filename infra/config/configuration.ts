import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { crossCheck, type CrossCheckOptions } from "./cross-checks.ts";
import {
  ConfigurationError,
  formatMistake,
  formatValue,
  schemaMistakes,
  type CrossMistake,
} from "./mistakes.ts";
import { removedSettings } from "./removed-settings.ts";
import { complete, schema } from "./schema.ts";
import type { StackConfiguration } from "./stack-configuration.ts";

/** The project's settings. */
const settingsFile = new URL("../../cdk.json", import.meta.url);

/** Reads the configuration from `cdk.json`; throws `ConfigurationError` with all mistakes. */
export const readConfiguration = (file: string | URL = settingsFile): StackConfiguration =>
  parseConfiguration(readContext(file)["feedbell"]);

/** The context of `cdk.json`: `feedbell` and CDK's feature flags. */
export function readContext(file: string | URL = settingsFile): Readonly<Record<string, unknown>> {
  const { context = {} } = requireObject(readJson(file), nameOf(file));
  return requireObject(context, `context in ${nameOf(file)}`);
}

/** The path that an error names. */
const nameOf = (file: string | URL): string => (typeof file === "string" ? file : fileURLToPath(file));

function readJson(file: string | URL): unknown {
  try {
    // Editors on Windows write a byte order mark, which JSON does not allow (RFC 8259, section 8.1).
    return JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new ConfigurationError([
      `${nameOf(file)} can't be read: ${String(error)}; expected JSON with a key context`,
    ]);
  }
}

/** Without this check a value that is no object would have no keys, and all defaults would apply. */
function requireObject(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new ConfigurationError([`${what}: found ${formatValue(value)}; expected an object`]);
}

/** Validates `context.feedbell` and fills in the defaults; throws `ConfigurationError` with all mistakes. */
export function parseConfiguration(value: unknown = {}, options: CrossCheckOptions = {}): StackConfiguration {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    const configuration = complete(parsed.data);
    const mistakes = crossCheck(configuration, options);
    if (mistakes.length === 0) return configuration;
    throw new ConfigurationError(mistakes.map(formatMistake));
  }
  const mistakes = schemaMistakes(value, parsed.error, removedSettings);
  const wrong = mistakes.map(({ path }) => path);
  const rest = schema.safeParse(without(value, wrong));
  // The valid values are compared too, so that one run lists everything, but not with the default of an invalid value.
  const further = rest.success
    ? crossCheck(complete(rest.data), options)
        .map((mistake) => withIndexesOf(value, mistake, wrong))
        .filter((mistake) => !touches(mistake.involves, wrong))
    : [];
  throw new ConfigurationError([...mistakes, ...further].map(formatMistake));
}

/** The configuration if `cdk.json` has no `feedbell`. */
export const defaults: StackConfiguration = parseConfiguration({});

type Path = readonly PropertyKey[];

const within = (path: Path, other: Path): boolean => other.every((key, index) => path[index] === key);

const touches = (paths: readonly Path[], others: readonly Path[]): boolean =>
  paths.some((path) => others.some((other) => within(path, other) || within(other, path)));

/** A mistake that was found without the audiences in `wrong`, with the indexes that the others have in `value`. */
function withIndexesOf(value: unknown, mistake: CrossMistake, wrong: readonly Path[]): CrossMistake {
  const { audiences } = value as { readonly audiences?: unknown };
  const count = Array.isArray(audiences) ? audiences.length : 0;
  const kept = Array.from({ length: count }, (_, index) => index).filter(
    (index) => !touches([["audiences", index]], wrong),
  );
  const shift = (path: Path): Path => {
    const [list, index, ...rest] = path;
    return list === "audiences" && typeof index === "number" ? [list, kept[index] ?? index, ...rest] : path;
  };
  return { ...mistake, path: shift(mistake.path), involves: mistake.involves.map(shift) };
}

/** The value without the given paths. An audience with a mistake is removed as a whole, because some of its keys are required. */
const without = (value: unknown, paths: readonly Path[], at: Path = []): unknown => {
  if (Array.isArray(value)) return value.filter((_, index) => !touches([[...at, index]], paths));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).flatMap(([key, inner]) => {
    const path = [...at, key];
    if (paths.some((other) => within(path, other))) return [];
    return [[key, without(inner, paths, path)] as const];
  });
  return Object.fromEntries(kept);
};
