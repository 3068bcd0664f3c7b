import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const text = readFileSync(join(root, ".github/SECURITY.md"), "utf8");

/** The rows of the tables that name a test in their last cell. */
const tests = [...text.matchAll(/\| `(test\/[\w./-]+)`: (.*?) +\|$/gm)].map(([, file = "", title = ""]) => ({
  file,
  title,
}));

it("every attack in SECURITY.md names a test", () => {
  const [, attacks = ""] = text.split("\n## Attacks");
  const rows =
    attacks
      .split("\n## ")[0]
      ?.split("\n")
      .filter((line) => /^\| (?!attack |-)/.test(line)) ?? [];
  expect(rows.length).toBeGreaterThan(30);
  expect(tests).toHaveLength(rows.length);
});

it.each(tests)("$file: $title", ({ file, title }) => {
  const path = join(root, file);
  expect(existsSync(path)).toBe(true);
  const source = readFileSync(path, "utf8").replaceAll('\\"', '"');
  expect(source.includes(`"${title}"`)).toBe(true);
});
