/** One weight per kind of evidence, in the order of `evidenceNames`, and a constant. Written by `test/training/stories.ts`. */
export interface Weights {
  readonly constant: number;
  readonly evidence: readonly number[];
}

/** For scripts with spaces between words. */
export const spacedWeights: Weights = {
  constant: -2.69,
  evidence: [0, 2.35, 0, 0, 0.02, 5.49, 1.63, 0, 1.15, -0.1, -3.06, -0.28, 0, -1.8, -2.24],
};

/** For Chinese and Japanese. */
export const spacelessWeights: Weights = {
  constant: -6.37,
  evidence: [2.25, 0, 2.42, 0, 1.74, 3.08, 0, 0, 2.34, -0.71, 0, 0, -0.32, -3.19, 0],
};
