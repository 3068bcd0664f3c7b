import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/feedbell.ts";

/** The project's own Markdown documents, relative to its root. Golden cases and sample feeds are data. */
export const documents: readonly string[] = globSync(
  ["*.md", ".github/**/*.md", "functions/**/*.md", "infra/**/*.md", "test/*.md", "test/!(cases)/**/*.md"],
  { cwd: root, exclude: (name) => name.endsWith("infra/local/samples") },
).toSorted();

export const readDocument = (file: string): string => readFileSync(join(root, file), "utf8");

/** A fenced code block of a document. */
export interface CodeBlock {
  /** Document, heading and number below it, such as `README.md: Try it 2`. */
  readonly name: string;
  readonly language: string;
  /** Without the indentation of the fence. */
  readonly text: string;
}

/** All code blocks of a document, in its order. */
export function codeBlocksOf(document: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let heading = "";
  let count = 0;
  const parts = /^#+ (?<heading>.+)$|^(?<indent> *)```(?<language>\w*)\n(?<text>[^]*?)^ *```$/gm;
  for (const { groups = {} } of readDocument(document).matchAll(parts)) {
    if (groups["heading"] !== undefined) {
      heading = groups["heading"];
      count = 0;
      continue;
    }
    count += 1;
    const indent = new RegExp(`^${groups["indent"]}`, "gm");
    const text = (groups["text"] ?? "").replaceAll(indent, "");
    blocks.push({ name: `${document}: ${heading} ${count}`, language: groups["language"] ?? "", text });
  }
  return blocks;
}

export const codeBlocks: readonly CodeBlock[] = documents.flatMap(codeBlocksOf);

/** How a code block is checked. */
export type Check =
  /** Its shell commands are run against the local stack (`test/stack/documents.test.ts`). */
  | "run"
  /** It is the output of a command, and compared with it there. */
  | "output"
  /** It is executed there as a program. */
  | "execute"
  /** It is a configuration, or a part of one, and the schema accepts it. */
  | "configuration"
  /** Another test checks it. */
  | { readonly test: string }
  /** It can't be run here. */
  | { readonly why: string };

const needsAccount = { why: "it deploys, which needs an AWS account" };
const ranBefore = { why: "this test runs after the installation and is a part of `npm test`" };
const drawing = { why: "it is a drawing" };

/** Blocks that are not checked in the way of their language. */
const others: Readonly<Record<string, Check>> = {
  "README.md: Try it 1": ranBefore,
  "README.md: Try it 2": "output",
  "README.md: Try it 3": "output",
  "README.md: Try it 4": { test: "test/documents/code-blocks.test.ts" },
  "README.md: How an entry travels 1": drawing,
  ".github/CONTRIBUTING.md: Contributing to feedbell 1": ranBefore,
  "functions/README.md: Path of an entry 1": drawing,
  "infra/README.md: Fetch feeds 1": { test: "test/stack/fetch-example.test.ts" },
  "infra/RUNBOOK.md: Go back to the version before 1": needsAccount,
};

const byLanguage: Readonly<Record<string, Check>> = {
  sh: "run",
  ts: "execute",
  json: "configuration",
  jsonc: "configuration",
};

export const listedBlocks: readonly string[] = Object.keys(others);

/** `undefined` for a block that nothing checks. */
export const checkOf = ({ name, language }: CodeBlock): Check | undefined =>
  others[name] ?? byLanguage[language];
