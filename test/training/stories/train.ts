import { writeFileSync } from "node:fs";
import { evidenceNames } from "../../../functions/core/message/stories/evidence.ts";
import type { Weights } from "../../../functions/core/message/stories/weights.ts";
import { labelledItems, languages } from "../../core/message/stories/labelled.ts";
import { learn } from "./learn.ts";
import { samplesOf } from "./samples.ts";

/**
 * Learns the weights of `functions/core/message/stories/weights.ts` from the development half of the labelled items.
 * Usage: `npx node test/training/stories/train.ts`
 */
const samples = samplesOf(languages.flatMap((language) => labelledItems("development", language)));
const [spaced, spaceless] = learn(samples);

const written = ({ constant, evidence }: Weights): string =>
  `{\n  constant: ${constant.toFixed(2)},\n  evidence: [${evidence.map((weight) => Number(weight.toFixed(2))).join(", ")}],\n}`;

for (const [at, name] of evidenceNames.entries())
  console.log(
    name.padEnd(30),
    spaced.evidence[at]!.toFixed(2).padStart(6),
    spaceless.evidence[at]!.toFixed(2).padStart(6),
  );
console.log(`${samples.length} pairs, constants`, spaced.constant.toFixed(2), spaceless.constant.toFixed(2));

writeFileSync(
  new URL("../../../functions/core/message/stories/weights.ts", import.meta.url),
  `/** One weight per kind of evidence, in the order of \`evidenceNames\`, and a constant. Written by \`test/training/stories/train.ts\`. */
export interface Weights {
  readonly constant: number;
  readonly evidence: readonly number[];
}

/** For scripts with spaces between words. */
export const spacedWeights: Weights = ${written(spaced)};

/** For Chinese and Japanese. */
export const spacelessWeights: Weights = ${written(spaceless)};
`,
);
