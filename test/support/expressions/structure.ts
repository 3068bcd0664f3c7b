import { RegExpParser, type AST } from "@eslint-community/regexpp";

/** What matches one character. */
export type CharacterElement =
  | AST.Character
  | AST.CharacterSet
  | AST.CharacterClass
  | AST.ExpressionCharacterClass;

type Flags = Readonly<{ unicode: boolean; unicodeSets: boolean }>;

/** The pattern's syntax tree. */
export function parsePattern(source: string, flags: string): AST.Pattern {
  const mode: Flags = { unicode: flags.includes("u"), unicodeSets: flags.includes("v") };
  return new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, mode);
}

/**
 * The first group that is repeated although a quantifier inside it can match the same text in several ways, as in
 * `(?:a+)*`. A group that starts with a character that nothing else in it can match, as `(?:,a+)*`, is safe: each
 * round starts at that character.
 */
export function nestedQuantifier(source: string, flags: string): string | undefined {
  const groups = descendants(parsePattern(source, flags)).filter(
    (node): node is AST.Quantifier =>
      node.type === "Quantifier" &&
      node.max > 1 &&
      (node.element.type === "Group" || node.element.type === "CapturingGroup"),
  );
  return groups.find((outer) => {
    const group = outer.element as AST.Group | AST.CapturingGroup;
    const isVariable = descendants(group).some((node) => node.type === "Quantifier" && node.max > node.min);
    return isVariable && !startsUniquely(group, flags);
  })?.raw;
}

/** Whether each alternative starts with a character that nothing else in the group can match. */
function startsUniquely({ alternatives }: AST.Group | AST.CapturingGroup, flags: string): boolean {
  const firsts: CharacterElement[] = [];
  for (const { elements } of alternatives) {
    const first = firstCharacter(elements);
    if (first === undefined) return false;
    firsts.push(first);
  }
  const others = alternatives
    .flatMap((alternative) => descendants(alternative))
    .filter(isCharacterElement)
    .filter((node) => !firsts.includes(node));
  const hasReference = alternatives
    .flatMap((alternative) => descendants(alternative))
    .some((node) => node.type === "Backreference");
  if (hasReference) return false;
  return firsts.every((first, at) =>
    [...others, ...firsts.slice(at + 1)].every((other) => areDisjoint(first, other, flags)),
  );
}

function firstCharacter(elements: readonly AST.Element[]): CharacterElement | undefined {
  const first = elements.find((element) => element.type !== "Assertion");
  if (first === undefined) return undefined;
  if (isCharacterElement(first)) return first;
  if (first.type === "Quantifier")
    return first.min >= 1 && first.max === first.min && isCharacterElement(first.element)
      ? first.element
      : undefined;
  return (first.type === "Group" || first.type === "CapturingGroup") && first.alternatives.length === 1
    ? firstCharacter(first.alternatives[0]?.elements ?? [])
    : undefined;
}

/** A character, a class or a set; `descendants` lists no parts of a class. */
export function isCharacterElement(node: AST.Node): node is CharacterElement {
  return (
    node.type === "Character" ||
    node.type === "CharacterSet" ||
    node.type === "CharacterClass" ||
    node.type === "ExpressionCharacterClass"
  );
}

const lastUnit = 0xffff;
const sets = new Map<string, Uint8Array>();

/** Which code units of the Basic Multilingual Plane a class matches. */
export function unitsOf(node: CharacterElement, flags: string): Uint8Array {
  const mode = flags.replace(/[gy]/g, "");
  const key = `${mode}/${node.raw}`;
  let units = sets.get(key);
  if (units === undefined) {
    units = new Uint8Array(lastUnit + 1);
    const expression = new RegExp(`^(?:${node.raw})$`, mode);
    for (let unit = 0; unit <= lastUnit; unit++)
      units[unit] = expression.test(String.fromCharCode(unit)) ? 1 : 0;
    sets.set(key, units);
  }
  return units;
}

function areDisjoint(one: CharacterElement, other: CharacterElement, flags: string): boolean {
  const [first, second] = [unitsOf(one, flags), unitsOf(other, flags)];
  return first.every((matches, unit) => matches === 0 || second[unit] === 0);
}

/** A node and everything in it, except what is inside a character class. */
export function descendants(node: AST.Node): AST.Node[] {
  if (node.type === "Alternative") return [node, ...node.elements.flatMap(descendants)];
  if (node.type === "Quantifier") return [node, ...descendants(node.element)];
  const hasAlternatives =
    node.type === "Pattern" ||
    node.type === "Group" ||
    node.type === "CapturingGroup" ||
    (node.type === "Assertion" && (node.kind === "lookahead" || node.kind === "lookbehind"));
  return hasAlternatives ? [node, ...node.alternatives.flatMap(descendants)] : [node];
}
