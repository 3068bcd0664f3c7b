/** One weight per kind of evidence, in the order of `evidenceNames`, and a constant. Written by `test/training/stories.ts`. */
export interface Weights {
  readonly constant: number;
  readonly evidence: readonly number[];
}

/** For scripts with spaces between words. */
export const spacedWeights: Weights = {
  constant: -1.32,
  evidence: [0, 0.62, 0.64, 0.12, 3, 1.79, 2.09, -1.2, -2.87, -0.36, -6.06, 0.16, 0, -0.12],
};

/** For Chinese and Japanese. */
export const spacelessWeights: Weights = {
  constant: -4.4,
  evidence: [2.19, 0, 2.23, 1.15, 2.5, 0, 2.12, -0.93, 0, 0, -3.94, 0.31, -0.33, -0.07],
};
