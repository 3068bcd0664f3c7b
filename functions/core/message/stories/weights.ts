/** One weight per kind of evidence, in the order of `evidenceNames`, and a constant. Written by `test/training/stories/train.ts`. */
export interface Weights {
  readonly constant: number;
  readonly evidence: readonly number[];
}

/** For scripts with spaces between words. */
export const spacedWeights: Weights = {
  constant: -2.74,
  evidence: [1.66, 0.54, 2.45, 0.52, 1.64, -1.46, -0.97, -2.25, 0.63, -0.7, 1.63, -2.64, 2.51, -3.09],
};

/** For Chinese and Japanese. */
export const spacelessWeights: Weights = {
  constant: -3.24,
  evidence: [2.04, 0.63, 2.52, 0.2, 1.68, -2.16, -0.86, -1.66, 0.78, -0.91, 1.94, -2.57, 2.25, -2.69],
};
