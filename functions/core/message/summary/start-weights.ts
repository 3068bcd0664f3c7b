/** Learned by `test/core/message/summary/train-start.ts`. */
export const startWeights = {
  opening: 1.42,
  depth: -0.55,
  blockStart: 0.39,
  titleInWindow: 1.44,
  titleInSentence: 1.39,
  centrality: 0.76,
  announces: 1.57,
  leans: -0.37,
  aboutItself: -0.09,
} as const;

export type Feature = keyof typeof startWeights;
