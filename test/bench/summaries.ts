import { existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { build } from "esbuild";
import { summarise, summaryLimit } from "../../functions/core/summary/summarise.ts";

const ROUNDS = 9;
const sample = "../shared/corpus/summaries/dev.jsonl";

interface Row {
  readonly lang: string;
  readonly title: string;
  readonly html: string;
}

/** Used without the corpus: one repeated entry, which shows only the order of magnitude. */
const own: Row = {
  lang: "en",
  title: "A bridge",
  html: "<p>The council voted on Tuesday to rebuild the bridge.</p>".repeat(80),
};
const readRows = (): readonly Row[] =>
  existsSync(sample)
    ? readFileSync(sample, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Row)
    : Array.from({ length: 300 }, () => own);

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** Measures the time of a summary and its share of the functions' bundle. Prints a Markdown table. */
export async function benchSummaries(): Promise<void> {
  const rows = readRows();
  console.log(
    `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}, Node ${process.version}, ${rows.length} entries\n`,
  );
  console.log("| content read | ms per summary, median | rounds |\n|---|---|---|");
  for (const [label, size] of [
    ["4 KB", 4096],
    ["16 KB", 16_384],
  ] as const) {
    const rounds = timesOf(rows, size);
    const spread = `${Math.min(...rounds).toFixed(2)} to ${Math.max(...rounds).toFixed(2)}`;
    console.log(`| ${label} | ${median(rounds).toFixed(2)} | ${spread} |`);
  }
  console.log(
    `\nMinified bundle: ${await bundleSize(["htmlparser2"])} bytes without htmlparser2, ${await bundleSize([])} with it.\n`,
  );
}

/** The median time of each round in milliseconds. Throws if entries have no summary within the limit. */
function timesOf(rows: readonly Row[], size: number): readonly number[] {
  const inputs = rows.map(({ lang, title, html }) => ({
    title,
    html: html.slice(0, size),
    language: lang,
    limit: summaryLimit(lang, "email"),
  }));
  let shown = 0;
  const rounds = Array.from({ length: ROUNDS }, () =>
    median(
      inputs.map((input) => {
        const start = performance.now();
        const summary = summarise(input);
        const time = performance.now() - start;
        if (summary !== "" && summary.length <= input.limit) shown += 1;
        return time;
      }),
    ),
  );
  if (shown < inputs.length * ROUNDS * 0.95)
    throw new Error(`Only ${shown} of ${inputs.length * ROUNDS} entries have a summary within the limit.`);
  return rounds;
}

async function bundleSize(external: readonly string[]): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: ["functions/core/summary/summarise.ts"],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node24",
    external: [...external],
  });
  return outputFiles[0]!.contents.length;
}

if (import.meta.main) await benchSummaries();
