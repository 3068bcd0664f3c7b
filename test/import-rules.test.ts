import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const oxlint = path.join(
  path.dirname(createRequire(import.meta.url).resolve("oxlint/package.json")),
  "bin/oxlint",
);

/** Imports by file: allowed ones, and ones that the project's linter configuration must refuse. */
const cases: Readonly<
  Record<string, { readonly allowed: readonly string[]; readonly refused: readonly string[] }>
> = {
  "functions/core/a.ts": {
    allowed: ["./b.ts", "./feed/parse.ts", "entities", "cheerio/slim", "node:zlib"],
    refused: ["../aws/clients.ts", "../cli.ts", "@aws-sdk/client-s3", "node:fs", "cheerio"],
  },
  "functions/core/feed/a.ts": {
    allowed: ["./b.ts", "../ports.ts", "htmlparser2"],
    refused: ["../../aws/clients.ts", "../../memory/clock.ts", "aws-lambda", "commander", "node:process"],
  },
  "functions/core/feed/xml/a.ts": {
    allowed: ["./b.ts", "../parse.ts", "../../ports.ts", "domutils"],
    refused: ["../../../aws/clients.ts", "../../../../infra/stack.ts", "node:fs/promises"],
  },
  "functions/handler.ts": {
    allowed: ["./core/ingest.ts", "./aws/clients.ts", "aws-lambda", "node:path"],
    refused: [
      "./memory/clock.ts",
      "./commands/parse.ts",
      "../infra/config/configuration.ts",
      "@aws-sdk/client-s3",
    ],
  },
  "functions/aws/a.ts": {
    allowed: ["./clients.ts", "../core/ports.ts", "@aws-sdk/client-s3", "aws-lambda", "node:crypto"],
    refused: ["../commands/parse.ts", "../memory/clock.ts", "../../infra/stack.ts", "commander"],
  },
  "functions/commands/replay/a.ts": {
    allowed: ["../../aws/clients.ts", "../../console/terminal.ts", "../../../infra/config/configuration.ts"],
    refused: ["@aws-sdk/client-s3", "@smithy/types", "../../../infra/local/state-file.ts"],
  },
  "functions/cli.ts": {
    allowed: ["./commands/parse.ts", "commander"],
    refused: ["@aws-sdk/client-s3", "../infra/local/stack.ts"],
  },
  "functions/console/a.ts": {
    allowed: ["../core/errors.ts", "node:fs"],
    refused: ["../commands/failure.ts", "../../infra/local/stack.ts", "@aws-sdk/client-s3"],
  },
  "functions/memory/a.ts": {
    allowed: ["../core/ports.ts"],
    refused: ["../commands/failure.ts", "../../infra/config/schema.ts", "@aws-sdk/client-s3"],
  },
  "functions/preview/a.ts": {
    allowed: ["../core/ingest.ts", "../memory/ledger.ts", "../console/terminal.ts"],
    refused: ["../commands/failure.ts", "../../infra/local/stack.ts", "@aws-sdk/client-s3"],
  },
  "infra/a.ts": {
    allowed: ["../functions/aws/environment.ts", "aws-cdk-lib"],
    refused: ["./local/stack.ts", "../functions/commands/parse.ts"],
  },
  "infra/config/a.ts": {
    allowed: ["../../functions/core/configuration.ts", "zod"],
    refused: ["../local/stack.ts", "../../functions/commands/options.ts"],
  },
  "infra/local/a.ts": {
    allowed: ["../../functions/console/terminal.ts", "@aws-sdk/client-s3", "../app.ts"],
    refused: ["../../functions/commands/failure.ts"],
  },
  "infra/local/inbox/a.ts": {
    allowed: ["../../../functions/core/errors.ts"],
    refused: ["../../../functions/commands/failure.ts"],
  },
};

/** The forms in which an import may be written. */
const forms: readonly ((from: string, number: number) => string)[] = [
  (from, n) => `import { x as x${n} } from "${from}";\nexport const y${n} = x${n};`,
  (from, n) => `import type { X as X${n} } from "${from}";\nexport type Y${n} = X${n};`,
  (from, n) => `export { x as z${n} } from "${from}";`,
  (from) => `export * from "${from}";`,
  (from, n) => `export const late${n} = async () => import("${from}");`,
];

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
}

let folder: string;
/** Numbers of the refused lines by file. */
let refused: ReadonlyMap<string, ReadonlySet<number>>;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "feedbell-imports-"));
  cpSync(path.join(root, ".oxlintrc.json"), path.join(folder, ".oxlintrc.json"));
  for (const [file, { allowed, refused }] of Object.entries(cases)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), [...allowed, ...refused].map(textOf).join("\n"));
  }
  const found = lint().filter(({ code }) => code === "eslint(no-restricted-imports)");
  refused = new Map(
    [...Map.groupBy(found, ({ filename }) => filename)].map(([file, list]) => [
      file,
      new Set(list.flatMap(({ labels }) => labels.map(({ span }) => span.line))),
    ]),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

/** One import in every form; each takes `linesOf` lines. */
const textOf = (from: string, number: number): string =>
  forms.map((form, i) => form(from, number * forms.length + i)).join("\n");
const linesOf = textOf("x", 0).split("\n").length;

function lint(): readonly Diagnostic[] {
  try {
    execFileSync(process.execPath, [oxlint, "-f", "json"], { cwd: folder, encoding: "utf8", stdio: "pipe" });
    return [];
  } catch (error) {
    const { stdout } = error as { readonly stdout: string };
    return (JSON.parse(stdout) as { readonly diagnostics: readonly Diagnostic[] }).diagnostics;
  }
}

/** Of the imports of a file, in order, how many of its forms are refused. */
function refusals(file: string, imports: readonly string[]): Readonly<Record<string, number>> {
  const lines = [...(refused.get(file) ?? [])];
  return Object.fromEntries(
    imports.map((from, i) => [
      from,
      lines.filter((line) => line > i * linesOf && line <= (i + 1) * linesOf).length,
    ]),
  );
}

test.each(Object.entries(cases))("the imports of %s are limited", (file, { allowed, refused }) => {
  expect(refusals(file, [...allowed, ...refused])).toEqual({
    ...Object.fromEntries(allowed.map((from) => [from, 0])),
    ...Object.fromEntries(refused.map((from) => [from, forms.length])),
  });
});
