import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAst } from "vitest/node";
import type { Expression } from "./expression.ts";
import { root } from "./project-root.ts";

interface SyntaxNode {
  readonly type?: string;
  readonly regex?: { readonly pattern: string; readonly flags: string };
}

/** Every regular expression literal of the product. */
export function literalExpressions(): Expression[] {
  return globSync("functions/**/*.ts", { cwd: root })
    .sort()
    .flatMap((file) =>
      literalsIn(readFileSync(join(root, file), "utf8")).map((found) => ({ file, ...found })),
    );
}

/** The regular expression literals of a TypeScript text. */
export function literalsIn(text: string): Omit<Expression, "file">[] {
  const found: Omit<Expression, "file">[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const { type, regex } = node as SyntaxNode;
    if (type === "Literal" && regex !== undefined) found.push({ source: regex.pattern, flags: regex.flags });
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseAst(text, { lang: "ts" }));
  return found;
}

/** The modules whose expressions are made with `RegExp(...)` when they are loaded. */
export function constructingModules(): string[] {
  return globSync("functions/core/**/*.ts", { cwd: root })
    .filter((file) => readFileSync(join(root, file), "utf8").includes("RegExp("))
    .sort();
}
