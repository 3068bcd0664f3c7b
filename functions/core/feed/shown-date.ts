import type { Entry } from "./entry.ts";

/** The date that readers see. */
export const dateOf = (entry: Entry): string | undefined => entry.published ?? entry.updated;
