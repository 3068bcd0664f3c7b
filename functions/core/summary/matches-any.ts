/**
 * A test whether any of the expressions matches. Expressions that start with `^` and share their flags are combined into one
 * for speed.
 */
export function matchesAny(expressions: readonly RegExp[]): (text: string) => boolean {
  const anchored = new Map<string, string[]>();
  const passes: RegExp[] = [];
  for (const expression of expressions) {
    const { source, flags } = expression;
    if (source.startsWith("^")) anchored.set(flags, [...(anchored.get(flags) ?? []), source]);
    else passes.push(expression);
  }
  for (const [flags, sources] of anchored)
    passes.push(new RegExp(sources.map((source) => `(?:${source})`).join("|"), flags));
  return (text) => passes.some((pass) => pass.test(text));
}
