const backslash = 92;
const closers = new Map([
  [93, 91],
  [41, 40],
]);

/**
 * Index of the partner of each bracket and parenthesis, 0 if it has none; each kind is nested separately, escaped
 * ones don't count. One pass: the time is linear even for a text of brackets only.
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
