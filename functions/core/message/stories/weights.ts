/** One weight per kind of evidence, in the order of `evidenceNames`, and a constant. Written by `test/training/stories.ts`. */
export interface Weights {
  readonly constant: number;
  readonly evidence: readonly number[];
}

/** For scripts with spaces between words. */
export const spacedWeights: Weights = {
  constant: -2.14,
  evidence: [0, 1.36, 0.35, 0, 5.2, 1.54, 2.08, -0.46, -3.17, -0.25, -5.48, 0.23, 0, -1.69],
};

/** For Chinese and Japanese. */
export const spacelessWeights: Weights = {
  constant: -5.46,
  evidence: [2.37, 0, 2.51, 1.68, 3.16, 0, 2.22, -1.45, 0, 0, -3.45, 0.55, -0.44, -3.32],
};
