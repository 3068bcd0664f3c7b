import { invalidParameter, SqsError } from "./errors.ts";

/** The parameters of a request in the JSON protocol. */
export type SqsInput = Readonly<Record<string, unknown>>;

/** The reply of an action in the JSON protocol. */
export type SqsOutput = Readonly<Record<string, unknown>>;

/** Returns a required string; throws `MissingParameter`. */
export function requireText(input: SqsInput, name: string): string {
  const value = input[name];
  if (typeof value === "string" && value !== "") return value;
  throw new SqsError("MissingParameter", `The request must contain the parameter ${name}.`);
}

/** Returns an optional string. */
export function readText(input: SqsInput, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || typeof value === "string") return value;
  throw invalidParameter(name, value, "Must be a string.");
}

/** Returns an optional integer; throws `InvalidParameterValue` where it is out of range. */
export function readInteger(
  input: SqsInput,
  name: string,
  range: { readonly min: number; readonly max: number },
): number | undefined {
  const value = input[name];
  if (value === undefined) return undefined;
  if (Number.isInteger(value) && Number(value) >= range.min && Number(value) <= range.max)
    return Number(value);
  throw invalidParameter(name, value, `Must be >= ${range.min} and <= ${range.max}, if provided.`);
}

/** Returns a list of strings, empty where it is absent. */
export function readTexts(input: SqsInput, name: string): readonly string[] {
  const value = input[name] ?? [];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw invalidParameter(name, value, "Must be a list of strings.");
}

/** Returns a map of strings, empty where it is absent. */
export function readTextMap(input: SqsInput, name: string): Readonly<Record<string, string>> {
  const value = input[name] ?? {};
  if (isRecord(value) && Object.values(value).every((item) => typeof item === "string"))
    return value as Record<string, string>;
  throw invalidParameter(name, value, "Must be a map of strings.");
}

export const isRecord = (value: unknown): value is SqsInput =>
  typeof value === "object" && value !== null && !Array.isArray(value);
