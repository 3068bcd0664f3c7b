/** One weight per kind of evidence, in the order of `evidenceNames`, and a constant. Written by `test/training/stories.ts`. */
export interface Weights {
  readonly constant: number;
  readonly evidence: readonly number[];
}

/** For scripts with spaces between words. */
export const spacedWeights: Weights = {
  constant: -3.46,
  evidence: [0, 0, 2.16, 0, 3, 1.31, 1.6, -1.36, -1.35, -0.18, -2.31, 0.01, -0.7, -0.01, 2, -1.4, 0.78],
};

/** For Chinese and Japanese. */
export const spacelessWeights: Weights = {
  constant: -5.23,
  evidence: [1.33, 0, 2.49, 1.1, 1.94, 0.57, 1.37, -0.76, 0, 0, -1.88, 1.11, -0.7, -0.01, 2, -1.53, 1.81],
};
