import { z } from "zod";
import { schema } from "./schema.ts";
import { expectationOf, type JsonSchema } from "./validators.ts";

/**
 * JSON Schema (draft 2020-12) of `cdk.json`, so that editors complete and explain the settings. What values must have in
 * common is checked by the configuration only.
 */
export function jsonSchema(): JsonSchema {
  const feedbell = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    reused: "ref",
    override: ({ zodSchema, jsonSchema }) => {
      Object.assign(jsonSchema, expectationOf(zodSchema)?.json);
      // The table's words for a missing value are no keyword.
      delete jsonSchema["unset"];
    },
  });
  const { $schema, $defs, ...rest } = feedbell;
  return {
    $schema,
    title: "cdk.json of feedbell",
    type: "object",
    properties: { context: { type: "object", properties: { feedbell: rest } } },
    $defs,
  };
}
