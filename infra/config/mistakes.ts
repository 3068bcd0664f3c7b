import type { z } from "zod";

/** One thing wrong with the configuration. */
export interface Mistake {
  /** From `feedbell` on. */
  readonly path: readonly PropertyKey[];
  /** What stands there and what was expected. */
  readonly says: string;
}

/** The configuration is wrong in all the ways listed; nothing was synthesized. */
export class ConfigurationError extends Error {
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    const count = mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes`;
    super(`The configuration has ${count}:\n${mistakes.map((line) => `  - ${line}`).join("\n")}`);
    this.name = "ConfigurationError";
    this.mistakes = mistakes;
  }
}

/** The mistake in one line, such as `feedbell.audiences[0].name: found "A B"; expected …`. */
export const inWords = ({ path, says }: Mistake): string => `${written(path)}: ${says}`;

/** What a schema found wrong with `value`, an unknown key each on its own. */
export const mistakesOf = (value: unknown, error: z.ZodError): Mistake[] =>
  error.issues.flatMap((issue): Mistake[] => {
    if (issue.code === "unrecognized_keys") {
      const known = issue.message.split(", ");
      return issue.keys.map((key) => ({
        path: [...issue.path, key],
        says: `unknown key${advice(key, known)}`,
      }));
    }
    const what = issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    const found = issue.code === "invalid_key" ? issue.path.at(-1) : valueAt(value, issue.path);
    return [{ path: issue.path, says: `found ${shown(found)}; expected ${what}` }];
  });

/** The value as JSON, shortened. */
export const shown = (value: unknown): string => {
  if (value === undefined) return "nothing";
  const json = JSON.stringify(value);
  return json.length > 80 ? `${json.slice(0, 79)}…` : json;
};

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);

const written = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return /^[A-Za-z]\w*$/.test(String(key))
      ? `${text}.${String(key)}`
      : `${text}[${JSON.stringify(String(key))}]`;
  }, "feedbell");

const advice = (key: string, known: readonly string[]): string => {
  const nearest = known
    .map((candidate) => ({ candidate, distance: editDistance(key.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return nearest && nearest.distance <= Math.max(2, key.length / 3)
    ? `; did you mean ${nearest.candidate}?`
    : `; expected one of ${known.join(", ")}`;
};

/** Levenshtein's distance. */
const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [i, letter] of a.split("").entries()) {
    const next = [i + 1];
    for (const [j, other] of b.split("").entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};
