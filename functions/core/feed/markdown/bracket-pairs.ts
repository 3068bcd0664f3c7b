const backslash = 92;
const closers = new Map([
  [93, 91],
  [41, 40],
]);

/**
 * Where the partner of each bracket and parenthesis stands, 0 where it has none; each kind nests for itself, escaped
 * ones don't count. One pass, so that a text of nothing but brackets takes no longer than another.
 */
export function bracketPairs(text: string): Int32Array {
  const pairs = new Int32Array(text.length);
  const open = new Map<number, number[]>([
    [91, []],
    [40, []],
  ]);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === backslash) {
      at++;
      continue;
    }
    open.get(unit)?.push(at);
    const start = open.get(closers.get(unit) ?? 0)?.pop();
    if (start !== undefined) pairs[start] = at;
  }
  return pairs;
}
