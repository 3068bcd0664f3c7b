import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { feedbellCommands } from "../support/feedbell-commands.ts";
import { root } from "../support/feedbell.ts";
import { codeBlocksOf, documents, readDocument } from "./code-blocks.ts";

interface Mention {
  readonly document: string;
  readonly text: string;
}

/** Every line of the shell blocks and every inline code of the documents; not the history of the changelog. */
const mentions: readonly Mention[] = documents
  .filter((document) => document !== "CHANGELOG.md")
  .flatMap((document) => {
    const inline = readDocument(document)
      .replaceAll(/^ *```[^]*?^ *```$/gm, "")
      .matchAll(/`([^`\n]+)`/g);
    const lines = codeBlocksOf(document)
      .filter(({ language }) => language === "sh")
      .flatMap(({ text }) => text.split("\n"));
    return [...[...inline].map(([, text = ""]) => text), ...lines].map((text) => ({ document, text }));
  });

const matching = (pattern: RegExp): readonly (readonly [command: string, document: string])[] => {
  const found = mentions.flatMap(({ document, text }) =>
    [...text.matchAll(pattern)].map(([, command = ""]) => [command.trim(), document] as const),
  );
  return [...new Map(found).entries()];
};

describe("the commands that the documents name", async () => {
  const commands = await feedbellCommands();

  test.each(matching(/(?:npx |^|[ (])feedbell ([a-z][^>|#]*)/g))("feedbell %s (%s)", (line) => {
    const words = line.split(/\s+/);
    const name = [words.slice(0, 2).join(" "), words[0] ?? ""].find((text) => commands.has(text));
    const command = commands.get(name ?? "");
    expect(command, "the command exists").toBeDefined();
    const known = [command, ...(command?.commands ?? [])].flatMap(
      (each) => each?.options.map(({ long }) => long) ?? [],
    );
    const named = [...line.matchAll(/(?<![\w-])--[a-z-]+/g)].map(([option]) => option);
    expect(named.filter((option) => !known.includes(option) && option !== "--help")).toEqual([]);
  });

  test.each(matching(/npm run (?:-s )?([\w:]+)/g))("npm run %s (%s)", (script) => {
    expect(Object.keys(manifest.scripts)).toContain(script);
  });

  test.each(matching(/(?:^|[ =])(?:npx (?:vitest|node)(?: run)?|node) ((?:test|infra|functions)[\w./-]*)/g))(
    "%s exists (%s)",
    (path) => {
      expect(existsSync(join(root, path))).toBe(true);
    },
  );

  test("are found", () => {
    expect(matching(/feedbell ([a-z]+)/g).length).toBeGreaterThan(20);
    expect(mentions.length).toBeGreaterThan(500);
  });
});
