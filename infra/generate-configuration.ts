import { readFileSync, writeFileSync } from "node:fs";
import { jsonSchema } from "./config/json-schema.ts";
import { schema } from "./config/schema.ts";
import { settingsTable } from "./config/settings.ts";

// Writes what editors and readers see of the configuration: the JSON Schema of cdk.json and the table of settings.

const readme = new URL("README.md", import.meta.url);
const text = readFileSync(readme, "utf8");
const table = /(?<=<!-- settings -->\n\n)(?:\|.*\n)+/;
if (!table.test(text)) throw new Error("infra/README.md has no table after <!-- settings -->.");
writeFileSync(
  readme,
  text.replace(table, () => `${settingsTable(schema)}\n`),
);
writeFileSync(
  new URL("config/cdk.schema.json", import.meta.url),
  `${JSON.stringify(jsonSchema(), null, 2)}\n`,
);
