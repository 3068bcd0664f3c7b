import type { z } from "zod";
import { suggestion } from "../../functions/console/suggestion.ts";

/** One mistake in the configuration. */
export interface Mistake {
  /** Relative to `feedbell`. */
  readonly path: readonly PropertyKey[];
  /** What was found and what was expected. */
  readonly message: string;
}

/** A mistake that involves several values, each of which is valid by itself. */
export interface CrossMistake extends Mistake {
  /** Paths of the values that are compared. */
  readonly involves: readonly (readonly PropertyKey[])[];
}

/** The configuration has the listed mistakes; nothing was synthesized. */
export class ConfigurationError extends Error {
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    const count = mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes`;
    super(`The configuration has ${count}:\n${mistakes.map((line) => `  - ${line}`).join("\n")}`);
    this.name = "ConfigurationError";
    this.mistakes = mistakes;
  }
}

/** The mistake on one line, such as `feedbell.audiences[0].name: found "A B"; expected …`. */
export const formatMistake = ({ path, message }: Mistake): string => `${formatPath(path)}: ${message}`;

/**
 * The mistakes that the schema found in `value`, one for each unknown key, and none for a value
 * that has a mistake inside. `removed` has reasons by path, such as
 * `deployment.batchSize` or `audiences[].cadence`.
 */
export const schemaMistakes = (
  value: unknown,
  error: z.ZodError,
  removed: Readonly<Record<string, string>>,
): Mistake[] => {
  const mistakes = error.issues.flatMap((issue): Mistake[] => {
    if (issue.code === "unrecognized_keys") {
      const known = issue.message.split(", ");
      return issue.keys.map((key) => {
        const path = [...issue.path, key];
        return { path, message: removed[settingOf(path)] ?? `unknown key; ${suggestion(key, known)}` };
      });
    }
    const isKey = issue.code === "invalid_key";
    const expected = isKey ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    const found = isKey ? issue.path.at(-1) : valueAt(value, issue.path);
    return [{ path: issue.path, message: `found ${formatValue(found)}; expected ${expected}` }];
  });
  return mistakes.filter((mistake) => !mistakes.some((other) => isInside(other.path, mistake.path)));
};

const isInside = (path: readonly PropertyKey[], outer: readonly PropertyKey[]): boolean =>
  path.length > outer.length && outer.every((key, i) => path[i] === key);

/** The path without the indexes of lists, as in the table of settings: `audiences[].name`. */
const settingOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[]` : `${text}${text === "" ? "" : "."}${String(key)}`),
    "",
  );

/** The value as JSON, shortened. */
export const formatValue = (value: unknown): string => {
  if (value === undefined) return "nothing";
  const json = JSON.stringify(value);
  return json.length > 80 ? `${json.slice(0, 79)}…` : json;
};

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);

const formatPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return /^[A-Za-z]\w*$/.test(String(key))
      ? `${text}.${String(key)}`
      : `${text}[${JSON.stringify(String(key))}]`;
  }, "feedbell");
