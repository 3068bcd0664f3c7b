import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { skippedIf } from "../../support/skipped.ts";

interface Row {
  readonly suite: string;
  readonly files: number;
  readonly crash: number;
  readonly hang: number;
  readonly inventedDate: string;
  readonly "perfectFile%": string;
}
interface Scored {
  readonly rows: readonly Row[];
  readonly fails: readonly { readonly suite: string; readonly path: string }[];
}

const score = "../shared/corpus/score.mjs";

test(
  "the marks on the shared corpus",
  { ...skippedIf(!existsSync(score), `${score} is absent`) },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "feedbell-corpus-"));
    const out = join(folder, "marks.json");
    try {
      await promisify(execFile)(process.execPath, [
        score,
        "--adaptor",
        "test/core/feed/corpus-adaptor.mjs",
        "--json",
        out,
      ]);
      const { rows, fails } = JSON.parse(await readFile(out, "utf8")) as Scored;
      const share = (suite: RegExp): number => {
        const chosen = rows.filter((row) => suite.test(row.suite));
        const files = chosen.reduce((sum, row) => sum + row.files, 0);
        return (
          chosen.reduce((sum, row) => sum + Number.parseFloat(row["perfectFile%"]) * row.files, 0) / files
        );
      };
      expect(share(/^TOTAL real-world$/)).toBeGreaterThanOrEqual(98);
      expect(share(/^TOTAL in-scope$/)).toBeGreaterThanOrEqual(99);
      expect(share(/^robust\//)).toBeGreaterThanOrEqual(98);
      for (const row of rows)
        expect(row).toMatchObject({ crash: 0, hang: 0, inventedDate: expect.stringMatching(/^0\//) });
      const excepted = JSON.parse(readFileSync("test/core/feed/corpus-exceptions.json", "utf8")) as {
        path: string;
      }[];
      expect(fails.map(({ path }) => path).sort()).toEqual(excepted.map(({ path }) => path).sort());
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
