import { benchCold } from "./cold/section.ts";
import { benchMemory } from "./memory.ts";
import { benchParse } from "./parse/section.ts";
import { benchPath } from "./path/section.ts";
import { benchScale } from "./scale/section.ts";
import { benchSummaries } from "./summaries.ts";

/** The sections by name; each prints a Markdown table. `npm run bench -- NAME...` runs the named sections. */
const sections: Readonly<Record<string, () => Promise<void>>> = {
  cold: benchCold,
  memory: benchMemory,
  parse: benchParse,
  path: benchPath,
  scale: benchScale,
  summaries: benchSummaries,
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(sections, name));
if (unknown.length > 0) {
  console.error(
    `Unknown section ${unknown.join(", ")}; expected one or more of ${Object.keys(sections).join(", ")}.`,
  );
  process.exitCode = 2;
} else {
  for (const [name, run] of Object.entries(sections))
    if (chosen.length === 0 || chosen.includes(name)) await run();
}
