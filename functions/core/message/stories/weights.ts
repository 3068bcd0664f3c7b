/** One weight per kind of evidence, in the order of `evidenceNames`, and a constant. Written by `test/training/stories/train.ts`. */
export interface Weights {
  readonly constant: number;
  readonly evidence: readonly number[];
}

/** For scripts with spaces between words. */
export const spacedWeights: Weights = {
  constant: -2.61,
  evidence: [1.27, 0.34, 3, 0.87, 1.73, -1.44, -0.95, -2.48, 0.55, -0.7, 1.93, -2.71, 3],
};

/** For Chinese and Japanese. */
export const spacelessWeights: Weights = {
  constant: -3.15,
  evidence: [1.78, 0.61, 2.71, 0.66, 1.63, -1.84, -0.93, -2.09, 0.64, -0.99, 2, -2.95, 3],
};
