import type { EntryFacts } from "./sentence.ts";

export const withoutPreamble = (text: string, _facts: EntryFacts): string => text;
