/** Trained by `test/core/summary/train-start.ts --write`, which also prints the result on held-out texts. */
export const startWeights = {
  opening: 1.36,
  depth: -0.52,
  blockStart: 0.41,
  titleInWindow: 2.09,
  titleInSentence: 1.18,
  centrality: 1.04,
  announces: 1.37,
  refersBack: -0.39,
} as const;

export type StartFeature = keyof typeof startWeights;
