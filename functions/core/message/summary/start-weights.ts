/** Learnt by `test/core/message/summary/train-start.ts --write`, which also says how well they do on texts that they were not learnt from. */
export const startWeights = {
  opening: 1.46,
  depth: -0.38,
  blockStart: 0.28,
  titleInWindow: 1.75,
  titleInSentence: 1.28,
  centrality: 0.8,
  announces: 1.45,
  leans: -0.38,
} as const;

export type Feature = keyof typeof startWeights;
