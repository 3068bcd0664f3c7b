/** Learnt by `test/core/message/summary/train-start.ts --write`, which also says how well they do on texts that they were not learnt from. */
export const startWeights = {
  opening: 1.35,
  depth: -0.51,
  blockStart: 0.41,
  titleInWindow: 2.1,
  titleInSentence: 1.19,
  centrality: 1.04,
  announces: 1.36,
  leans: -0.38,
} as const;

export type Feature = keyof typeof startWeights;
