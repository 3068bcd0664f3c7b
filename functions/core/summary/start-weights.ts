/** Learnt by `test/core/summary/train-start.ts --write`, which also says how well they do on texts that they were not learnt from. */
export const startWeights = {
  opening: 1.36,
  depth: -0.52,
  blockStart: 0.41,
  titleInWindow: 2.09,
  titleInSentence: 1.18,
  centrality: 1.04,
  announces: 1.37,
  leans: -0.39,
} as const;

export type Feature = keyof typeof startWeights;
