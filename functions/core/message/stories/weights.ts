/** One weight per kind of evidence, in the order of `evidenceNames`, and a constant. Written by `test/training/stories/train.ts`. */
export interface Weights {
  readonly constant: number;
  readonly evidence: readonly number[];
}

/** For scripts with spaces between words. */
export const spacedWeights: Weights = {
  constant: -2.4,
  evidence: [1.93, 0.25, 2.12, 0.95, 1.51, -1.3, -0.79, -2.38, 0.33, -0.76, 1.52, -2.49, 1.72, -3.07],
};

/** For Chinese and Japanese. */
export const spacelessWeights: Weights = {
  constant: -2.79,
  evidence: [2.16, 0.53, 2.37, 0.39, 1.55, -2.11, -0.55, -1.67, 0.98, -1.08, 1.61, -2.36, 1.65, -2.79],
};
