import type { Audience, Rules } from "../configuration.ts";

/** Tells whether a text has a match for a regular expression. */
export type Pattern = (text: string) => boolean;

/** Compiled regular expressions, by their source. */
export type Patterns = ReadonlyMap<string, Pattern>;

/** UTF-16 code units of a text in which a regular expression is looked for. */
const maxText = 16_384;

/** RE2's measure of an expression: a search takes time in proportion to it and to the length of the text. */
export const maxPatternSize = 300;

/**
 * Compiles all regular expressions of the audiences' rules. Their syntax is that of RE2, whose time grows with the length
 * of text and expression only (https://github.com/google/re2/wiki/WhyRE2). Case is ignored unless an expression starts
 * with `(?-i)`. The engine is loaded only if there is an expression.
 */
export async function loadPatterns(audiences: readonly Audience[]): Promise<Patterns> {
  const sources = new Set(audiences.flatMap(({ rules }) => patternsOf(rules)));
  if (sources.size === 0) return new Map();
  const { RE2JS } = await import("re2js");
  return new Map(
    Array.from(sources, (source) => {
      const expression = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
      return [source, (text: string) => expression.matcher(text.slice(0, maxText)).find()] as const;
    }),
  );
}

const patternsOf = ({ matches = [], any = [], all = [], not }: Rules): readonly string[] => [
  ...matches,
  ...[...any, ...all, ...(not ? [not] : [])].flatMap((nested) => patternsOf(nested)),
];
