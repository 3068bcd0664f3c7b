import { z } from "zod";

/** Accepts values for which `isValid` returns true. `description` says what is expected, in an error message. */
export const valueOf = <T>(description: string, isValid: (value: unknown) => boolean) =>
  z.custom<T>(isValid, { error: () => description });

export const wholeNumber = (unit: string, min: number, max: number) =>
  valueOf<number>(
    `a whole number of ${unit} from ${min} to ${max}`,
    (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
  );

export const text = (description: string, pattern: RegExp) =>
  valueOf<string>(description, (value) => typeof value === "string" && pattern.test(value));

export const oneOf = <const T extends string | number>(...values: readonly T[]) =>
  valueOf<T>(`one of ${values.map((value) => JSON.stringify(value)).join(", ")}`, (value) =>
    (values as readonly unknown[]).includes(value),
  );

export const flag = valueOf<boolean>("true or false", (value) => typeof value === "boolean");

export const timeZone = valueOf<string>(
  'a time zone of the IANA database, such as "Asia/Shanghai"',
  (value) =>
    typeof value === "string" &&
    /^[A-Za-z]/.test(value) &&
    succeeds(() => new Intl.DateTimeFormat("en", { timeZone: value })),
);

export const locale = valueOf<string>(
  'a BCP 47 language tag that Node.js knows, such as "en" or "zh-CN"',
  (value) =>
    typeof value === "string" &&
    succeeds(() => Intl.getCanonicalLocales(value)) &&
    Intl.DateTimeFormat.supportedLocalesOf([value]).length === 1,
);

export const listOf = <T extends z.ZodType>(description: string, item: T) =>
  z.array(item, { error: () => description }).min(1, { error: () => description });

export const recordOf = <K extends z.core.$ZodRecordKey, T extends z.ZodType>(
  description: string,
  key: K,
  item: T,
) => z.record(key, item, { error: () => description });

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
