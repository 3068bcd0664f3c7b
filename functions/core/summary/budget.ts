/**
 * UTF-16 code units of a text, and of an entry's title, that a summary reads. A text is cut to this before any regular
 * expression sees it, so that the time for one entry is bounded.
 */
export const maxTextLength = 16_384;

/** Sentences of a text that a summary looks at. */
export const maxSentences = 100;
