/** Trained by `test/training/passages.ts --write`, which also prints the results on held-out texts. */
export const passageWeights = {
  depth: -1.72,
  blockStart: 0.36,
  blockEnd: 0.21,
  title: 2.13,
  centrality: 1.75,
  announcesFirst: 0.84,
  announcesLast: 0.73,
  quotation: -0.43,
  length: 0.49,
} as const;

export type PassageFeature = keyof typeof passageWeights;
