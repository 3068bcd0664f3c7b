import { once } from "./once.ts";

/** The first segmenter of a process takes about 30 ms, so it is made when a text needs it. */
const segmenter = once(() => new Intl.Segmenter("und", { granularity: "grapheme" }));

/** The grapheme clusters of a text (UAX #29): what readers see as one character. */
export const graphemesOf = (text: string): Intl.Segments => segmenter().segment(text);
