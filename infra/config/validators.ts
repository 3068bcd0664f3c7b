import { z } from "zod";

/** A value that passes `is`; every other is answered with `what` was expected. */
export const expected = <T>(what: string, is: (value: unknown) => boolean) =>
  z.custom<T>(is, { error: () => what });

export const whole = (unit: string, least: number, most: number) =>
  expected<number>(
    `a whole number of ${unit} from ${least} to ${most}`,
    (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  );

export const text = (what: string, pattern: RegExp) =>
  expected<string>(what, (value) => typeof value === "string" && pattern.test(value));

export const oneOf = <const T extends string | number>(...values: readonly T[]) =>
  expected<T>(`one of ${values.map((value) => JSON.stringify(value)).join(", ")}`, (value) =>
    (values as readonly unknown[]).includes(value),
  );

export const flag = expected<boolean>("true or false", (value) => typeof value === "boolean");

export const timeZone = expected<string>(
  'a time zone of the IANA database, such as "Asia/Shanghai"',
  (value) =>
    typeof value === "string" &&
    /^[A-Za-z]/.test(value) &&
    accepted(() => new Intl.DateTimeFormat("en", { timeZone: value })),
);

export const locale = expected<string>(
  'a BCP 47 language tag that Node.js knows, such as "en" or "zh-CN"',
  (value) =>
    typeof value === "string" &&
    accepted(() => Intl.getCanonicalLocales(value)) &&
    Intl.DateTimeFormat.supportedLocalesOf([value]).length === 1,
);

export const listOf = <T extends z.ZodType>(what: string, item: T) =>
  z.array(item, { error: () => what }).min(1, { error: () => what });

export const recordOf = <K extends z.core.$ZodRecordKey, T extends z.ZodType>(
  what: string,
  key: K,
  item: T,
) => z.record(key, item, { error: () => what });

/** An object with these keys and no others. */
export const object = <T extends z.core.$ZodLooseShape>(shape: T) => {
  const keys = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? keys.join(", ") : `an object with ${keys.join(", ")}`,
  });
};

const accepted = (attempt: () => unknown): boolean => {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
};
