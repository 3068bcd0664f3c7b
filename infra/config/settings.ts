import { z } from "zod";
import { expectationOf } from "./validators.ts";

/** A row in the table of settings. */
export interface Setting {
  /** Path, for example `audiences[].name` and `feeds.<slug>.title`. */
  readonly key: string;
  /** The value without it, as Markdown. */
  readonly unset: string;
  /** What is accepted; the same words as in error messages. */
  readonly expected: string;
  /** As Markdown. */
  readonly meaning: string;
}

/** All values in a schema, in its order. Rules in rules have the same keys again and are not repeated. */
export function* settingsOf(type: z.core.$ZodType, key = ""): Generator<Setting> {
  const { inner, meaning, unset } = unwrap(type);
  if (inner instanceof z.ZodObject && meaning === undefined) {
    for (const [name, value] of Object.entries(inner.shape))
      yield* settingsOf(value as z.core.$ZodType, key === "" ? name : `${key}.${name}`);
  } else if (inner instanceof z.ZodArray && isComposite(inner.element) && meaning === undefined) {
    yield* settingsOf(inner.element, `${key}[]`);
  } else if (inner instanceof z.ZodRecord && isComposite(inner.valueType)) {
    yield* settingsOf(inner.valueType, `${key}.<slug>`);
  } else {
    const expected = expectationOf(inner)?.expected ?? "an object of rules";
    yield { key, unset: unset ?? "none", expected, meaning: meaning ?? "" };
  }
}

/** The type within its wrappers, with what they say of it. */
function unwrap(type: z.core.$ZodType): {
  readonly inner: z.core.$ZodType;
  readonly meaning: string | undefined;
  readonly unset: string | undefined;
} {
  let inner = type;
  let meaning: string | undefined;
  let unset: string | undefined;
  for (;;) {
    const meta = z.globalRegistry.get(inner);
    meaning ??= meta?.description;
    unset ??= meta?.["unset"] as string | undefined;
    if (inner instanceof z.ZodDefault) unset ??= `\`${String(inner.def.defaultValue)}\``;
    if (
      inner instanceof z.ZodDefault ||
      inner instanceof z.ZodPrefault ||
      inner instanceof z.ZodExactOptional
    )
      inner = inner.unwrap();
    else return { inner, meaning, unset };
  }
}

const isComposite = (type: z.core.$ZodType): boolean => type instanceof z.ZodObject;

/** The table of settings in Markdown. */
export function settingsTable(type: z.core.$ZodType): string {
  const rows = Array.from(settingsOf(type), ({ key, unset, expected, meaning }) =>
    [`\`${key}\``, unset, expected, meaning].map((cell) => cell.replaceAll("|", "\\|")),
  );
  return [["key", "default", "values", "meaning"], ["---", "---", "---", "---"], ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}
