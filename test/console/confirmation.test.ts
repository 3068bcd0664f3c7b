import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { noTerminal, onTerminal } from "../support/on-terminal.ts";
import { skippedIf } from "../support/skipped.ts";

const folder = mkdtempSync(path.join(tmpdir(), "feedbell-confirmation-"));
afterAll(() => rmSync(folder, { recursive: true }));
const config = path.join(folder, "cdk.json");
const list = path.join(folder, "feeds.opml");
const settings = JSON.stringify({ context: { feedbell: {} } });
beforeEach(() => writeFileSync(config, settings));
writeFileSync(
  list,
  `<opml version="1.0"><body>${Array.from(
    { length: 25 },
    (_, i) => `<outline text="海港 ${i}" xmlUrl="https://harbour.example/${i}"/>`,
  ).join("")}</body></opml>`,
);

const importFeeds = (typed: string, ...args: readonly string[]) =>
  onTerminal(["feeds", "import", list, "--config", config, "--json", ...args], {
    answers: [["[y/N]", typed]],
  });

describe(
  "a command that changes something, on a terminal",
  skippedIf(noTerminal !== undefined, noTerminal ?? ""),
  () => {
    test(
      "shows the first parts of the change, counts the others, and asks",
      { timeout: 30_000 },
      async () => {
        const { code, shown } = await importFeeds("y\r");
        expect(code).toBe(0);
        expect(shown).toContain("  海港 19  https://harbour.example/19\n  and 5 more\n");
        expect(shown).not.toContain("海港 20  ");
        expect(shown).toContain("This changes 25 settings in ");
        expect(readFileSync(config, "utf8")).toContain("https://harbour.example/24");
      },
    );

    test.each([
      ["no", "n\r"],
      ["nothing", "\r"],
      ["Ctrl-C", "\u0003"],
      ["Ctrl-D", "\u0004"],
    ])("the answer %s changes nothing, says so and exits with 1", { timeout: 30_000 }, async (_, typed) => {
      const { code, shown } = await importFeeds(typed);
      expect(code).toBe(1);
      expect(shown).toMatch(/\nNothing was changed\.\n$/);
      expect(shown).not.toContain("    at ");
      expect(readFileSync(config, "utf8")).toBe(settings);
    });

    test("--yes does not ask", { timeout: 30_000 }, async () => {
      const { code, shown } = await importFeeds("", "--yes");
      expect(code).toBe(0);
      expect(shown).not.toContain("[y/N]");
    });
  },
);
