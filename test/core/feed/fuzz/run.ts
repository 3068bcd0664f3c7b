import { SnapshotError } from "../../../../functions/core/errors.ts";
import { parseSnapshot } from "../../../../functions/core/feed/parse.ts";
import { fixtures } from "../../../support/feed-fixtures.ts";
import { inSteps, plain } from "../../../support/parsing.ts";
import { mutate, randomOf } from "./mutations.ts";
import { startCpuTimer } from "../../../support/cpu-time.ts";

/** What came of one mutated snapshot. */
export interface Outcome {
  readonly seed: number;
  readonly verdict: "read" | "refused" | "failed";
  readonly milliseconds: number;
  readonly reason?: string;
}

const texts = fixtures.map(({ text }) => text);

/** The snapshot that a seed stands for. */
function caseOf(seed: number): Uint8Array {
  const random = randomOf(seed);
  const text = texts[Math.floor(random() * texts.length)] ?? "";
  return mutate(text, texts, random);
}

/** Reads the snapshot of a seed with every field, and every twentieth also in small steps, which must give the same. */
export async function runCase(seed: number): Promise<Outcome> {
  const bytes = caseOf(seed);
  const elapsed = startCpuTimer();
  const whole = await verdictOf(async () => parseSnapshot(bytes));
  const milliseconds = elapsed();
  if (whole.verdict === "failed" || seed % 20 !== 0)
    return {
      seed,
      milliseconds,
      verdict: whole.verdict,
      ...(whole.reason === undefined ? {} : { reason: whole.reason }),
    };
  const stepped = await verdictOf(async () => inSteps([bytes], 1 + (seed % 97)));
  if (stepped.text === whole.text) return { seed, milliseconds, verdict: whole.verdict };
  return {
    seed,
    milliseconds,
    verdict: "failed",
    reason: `in steps of ${1 + (seed % 97)} it reads otherwise`,
  };
}

async function verdictOf(
  read: () => ReturnType<typeof parseSnapshot>,
): Promise<{ verdict: Outcome["verdict"]; text: string; reason?: string }> {
  try {
    const { entries, rejects, feed } = await read();
    for (const { link, title, published, updated } of entries) {
      if (link !== undefined && !/^https?:\/\//.test(link))
        throw new Error(`the link ${link} is no web address`);
      // oxlint-disable-next-line no-control-regex -- what must not be there
      if (/[\0-\x1f\x7f\u202a-\u202e\u2066-\u2069]/.test(title))
        throw new Error(`the title ${JSON.stringify(title)} is not clean`);
      for (const date of [published, updated])
        if (date !== undefined && !(Date.parse(date) !== 0)) throw new Error(`${date} is no date`);
    }
    return { verdict: "read", text: JSON.stringify({ entries: entries.map(plain), rejects, feed }) };
  } catch (error) {
    if (error instanceof SnapshotError) return { verdict: "refused", text: error.code };
    return {
      verdict: "failed",
      text: String(error),
      reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
