/** One weight per kind of evidence, in the order of `evidenceNames`, and a constant. Written by `test/training/stories/train.ts`. */
export interface Weights {
  readonly constant: number;
  readonly evidence: readonly number[];
}

/** For scripts with spaces between words. */
export const spacedWeights: Weights = {
  constant: -2.84,
  evidence: [2.05, 0.47, 2.13, 0.56, 1.75, -1.76, -0.85, -2.18, 0.66, -0.7, 1.61, -2.47, 1.96, -2.86],
};

/** For Chinese and Japanese. */
export const spacelessWeights: Weights = {
  constant: -3.13,
  evidence: [2.23, 0.84, 2.42, 0.12, 2, -2.78, -0.84, -1.5, 0.94, -1.02, 1.85, -2.4, 1.78, -2.4],
};
