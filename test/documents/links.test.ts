import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import type { Entry } from "../../functions/core/feed/entry.ts";
import { loadPatterns } from "../../functions/core/routing/patterns.ts";
import { subjectOf, type RuleSubject } from "../../functions/core/routing/rule-subject.ts";
import { judge } from "../../functions/core/routing/rules.ts";
import { rules as rulesSchema } from "../../infra/config/rules-schema.ts";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import { root } from "../support/feedbell.ts";
import { documents, readDocument } from "./code-blocks.ts";

describe("the rules in infra/README.md", () => {
  const [, section = ""] = readDocument("infra/README.md").split("\n### Rules\n");
  const [table = ""] = section.split("\n## ");
  const examples = table
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, json = ""]) => json.replaceAll("\\|", "|")));

  it("have an example of every rule", () => {
    const shown = examples.flatMap(([rules = ""]) => Object.keys(JSON.parse(rules) as object));
    expect([...new Set(shown)].toSorted()).toEqual(
      Object.keys((rulesSchema as unknown as z.ZodObject).shape).toSorted(),
    );
  });

  it.each(examples)("%s lets %s in and keeps %s out", async (text, letIn = "", keptOut = "") => {
    const { audiences } = parseConfiguration({
      audiences: [{ name: "a", mode: "alerts", rules: JSON.parse(text) as unknown }],
    });
    const [{ rules } = {}] = audiences;
    const patterns = await loadPatterns(audiences);
    const outcome = (json: string) =>
      judge(rules ?? {}, example(JSON.parse(json) as Example), patterns).outcome;
    expect([outcome(letIn), outcome(keptOut)]).toEqual(["accepted", "skipped"]);
  });
});

type Example = Partial<Entry> & { readonly feed?: string; readonly text?: string; readonly days?: number };

/** An entry of the rules' table as the rules see it. */
function example({ feed = "example", text = "", days, language, ...given }: Example): RuleSubject {
  const now = Date.UTC(2026, 10, 26);
  const date = days === undefined ? {} : { published: new Date(now - days * 86_400_000).toISOString() };
  const entry = { title: "", dateSource: "missing" as const, authors: [], categories: [], ...date, ...given };
  return subjectOf(entry, { feed, now, text: () => text, language: () => language });
}

describe.each(documents)("%s", (document) => {
  const text = readDocument(document).replaceAll(/^```[^]*?^```/gm, "");
  const links = [...text.replaceAll(/`[^`\n]*`/g, "").matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^https?:/.test(link));

  it("links only to files and headings that exist", () => {
    const broken = links.filter((link) => {
      const [path = "", anchor] = link.split("#", 2);
      const file = path === "" ? document : join(dirname(document), path);
      if (!existsSync(join(root, file))) return true;
      return anchor !== undefined && !anchorsOf(readDocument(file)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it("names only files of the project that exist", () => {
    const paths = [...text.matchAll(/`((?:functions|infra|test)\/[\w./-]+\.\w+)`/g)].map(
      ([, path = ""]) => path,
    );
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

/** The anchors of a document's headings, as GitHub makes them. */
const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
