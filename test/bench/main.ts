import { benchParse } from "./parse/section.ts";
import { benchPath } from "./path/section.ts";

/** Each section measures one thing and prints a Markdown table; `npm run bench -- NAME...` runs only those. */
const sections: Readonly<Record<string, () => Promise<void>>> = {
  parse: benchParse,
  path: benchPath,
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(sections, name));
if (unknown.length > 0) {
  console.error(
    `Unknown section ${unknown.join(", ")}; expected some of ${Object.keys(sections).join(", ")}.`,
  );
  process.exitCode = 2;
} else {
  for (const [name, run] of Object.entries(sections))
    if (chosen.length === 0 || chosen.includes(name)) await run();
}
