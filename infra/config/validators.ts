import { z } from "zod";
import { suggestion } from "../../functions/console/suggestion.ts";

/** A fragment of JSON Schema (draft 2020-12). */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a validator expects: for error messages and the table of settings, and for editors. */
interface Expectation {
  /** Completes "expected …". */
  readonly expected: string;
  readonly json: JsonSchema;
}

/** Kept by the validator's definition, which survives `describe`. */
const expectations = new WeakMap<object, Expectation>();

export const expectationOf = (type: z.core.$ZodType): Expectation | undefined =>
  expectations.get(type._zod.def);

function keep<T extends z.core.$ZodType>(type: T, expectation: Expectation): T {
  expectations.set(type._zod.def, expectation);
  return type;
}

/** Accepts values for which `isValid` returns true. `advise` adds to the error message for a value. */
export const valueOf = <T>(
  expected: string,
  isValid: (value: unknown) => boolean,
  { json = {}, advise }: { readonly json?: JsonSchema; readonly advise?: (value: unknown) => string } = {},
) =>
  keep(z.custom<T>(isValid, { error: ({ input }) => `${expected}${advise ? advise(input) : ""}` }), {
    expected,
    json,
  });

export const wholeNumber = (unit: string, min: number, max: number) =>
  valueOf<number>(
    `a whole number of ${unit} from ${min} to ${max}`,
    (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
    { json: { type: "integer", minimum: min, maximum: max } },
  );

export const text = (expected: string, pattern: RegExp) =>
  valueOf<string>(expected, (value) => typeof value === "string" && pattern.test(value), {
    // JSON Schema has no flags: the dot of the flag `s` is written out.
    json: { type: "string", pattern: pattern.source.replaceAll(/(?<!\\)\./g, pattern.dotAll ? "[^]" : ".") },
  });

/** `; did you mean "alerts"?` for a value that is similar to one of the valid ones. */
const nearest = (values: readonly string[]) => (value: unknown) => {
  const advice = typeof value === "string" ? suggestion(value, values) : "";
  return advice.startsWith("did you mean ") ? `; ${advice}` : "";
};

export const oneOf = <const T extends string>(...values: readonly T[]) =>
  valueOf<T>(
    `one of ${values.map((value) => JSON.stringify(value)).join(", ")}`,
    (value) => (values as readonly unknown[]).includes(value),
    { json: { enum: values }, advise: nearest(values) },
  );

export const flag = valueOf<boolean>("true or false", (value) => typeof value === "boolean", {
  json: { type: "boolean" },
});

export const timeZone = valueOf<string>(
  'a time zone of the IANA database, such as "Asia/Shanghai"',
  (value) =>
    typeof value === "string" &&
    /^[A-Za-z]/.test(value) &&
    succeeds(() => new Intl.DateTimeFormat("en", { timeZone: value })),
  { json: { type: "string" }, advise: (value) => nearest(Intl.supportedValuesOf("timeZone"))(value) },
);

export const locale = valueOf<string>(
  'a BCP 47 language tag that Node.js knows, such as "en" or "zh-CN"',
  (value) =>
    typeof value === "string" &&
    succeeds(() => Intl.getCanonicalLocales(value)) &&
    Intl.DateTimeFormat.supportedLocalesOf([value]).length === 1,
  { json: { type: "string" } },
);

export const listOf = <T extends z.ZodType>(expected: string, item: T) => {
  const error = () => expected;
  return keep(z.array(item, { error }).min(1, { error }), { expected, json: {} });
};

export const recordOf = <K extends z.core.$ZodRecordKey, T extends z.ZodType>(
  expected: string,
  key: K,
  item: T,
) => keep(z.record(key, item, { error: () => expected }), { expected, json: {} });

/** An object with these keys and no others. The error of an unknown key lists the known ones. */
export const object = <T extends z.core.$ZodLooseShape>(shape: T) => {
  const keys = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? keys.join(", ") : `an object with ${keys.join(", ")}`,
  });
};

const succeeds = (attempt: () => unknown): boolean => {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
};
