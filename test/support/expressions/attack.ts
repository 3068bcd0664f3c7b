import type { AST } from "@eslint-community/regexpp";
import type { AttackResult, Expression } from "./expression.ts";
import { descendants, isCharacterElement, parsePattern } from "./structure.ts";

/** Characters of every kind that the product's classes name; a class is tried with those that it matches. */
const alphabet =
  "a1 A-.,:;/\"'<>()[]{}&#@=_\t\n\r!?*%|\\~`$^+é中あ한ع०\u0301\u200B\u00A0\u3000，。「」、：（）—–…“”«»·©\u{1F600}\u0001";
/** An attack ends with what most expressions do not match. */
const mismatch = "\u0001\n";
const repetitions = 10_000;
/** Up to 30 in small steps: exponential time shows there, before a call that never ends. */
const shortCounts = Array.from({ length: 14 }, (_, step) => 4 + 2 * step);
/** Of each expression. */
const maxAttacks = 60;
/** Times below this are noise, because the system counts CPU time in steps of some milliseconds: growth is not judged. */
const minJudged = 8;
export const maxMilliseconds = 40;
export const maxGrowth = 2.5;

/** An attack: a text that leads to a repetition, what is repeated, and how it is seen in a report. */
interface Attack {
  readonly prefix: string;
  readonly pump: string;
}

/** The worst attack on the expression that is too slow or grows too fast; undefined if it withstands all. */
export function attack(expression: Expression, inputLimit: number): AttackResult | undefined {
  const compiled = new RegExp(expression.source, expression.flags);
  for (const { prefix, pump } of attacksOn(expression)) {
    const textOf = (count: number): string =>
      (prefix + pump.repeat(count)).slice(0, Math.max(0, inputLimit - mismatch.length)) + mismatch;
    const most = Math.min(repetitions, Math.ceil(inputLimit / pump.length));
    for (const count of [...shortCounts, 1000, most]) {
      if (count > most) continue;
      if (timeOf(compiled, textOf(count)) < minJudged && count < most) continue;
      const milliseconds = median(compiled, textOf(count));
      if (milliseconds < minJudged) continue;
      const half = median(compiled, textOf(Math.floor(count / 2)));
      const growth = milliseconds / Math.max(half, 0.01);
      // Short texts are judged by their time alone.
      if (milliseconds > maxMilliseconds || (growth > maxGrowth && count > 1000)) {
        const text = textOf(count);
        return { expression, attack: text.slice(0, 60), length: text.length, milliseconds, growth };
      }
    }
  }
  return undefined;
}

function timeOf(expression: RegExp, text: string): number {
  const start = process.threadCpuUsage();
  expression.lastIndex = 0;
  if (expression.global) text.replace(expression, "");
  else expression.test(text);
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

function median(expression: RegExp, text: string): number {
  const times = Array.from({ length: 5 }, () => timeOf(expression, text)).sort((one, other) => one - other);
  return times[2] ?? 0;
}

/** The attacks that follow from the expression's own classes, characters and groups. */
export function attacksOn({ source, flags }: Expression): Attack[] {
  const pattern = parsePattern(source, flags);
  const attacks = new Map<string, Attack>();
  const add = (prefix: string, pump: string): void => {
    if (pump !== "" && attacks.size < maxAttacks)
      attacks.set(JSON.stringify([prefix, pump]), { prefix, pump });
  };
  const singles = new Set<string>();
  for (const node of descendants(pattern)) {
    if (node.type === "Quantifier" && node.max > 1) {
      const prefix = before(node, flags);
      for (const pump of textsOf(node.element, flags)) {
        add(prefix, pump);
        add("", pump);
      }
    }
    if (isCharacterElement(node)) for (const text of textsOf(node, flags).slice(0, 2)) singles.add(text);
  }
  const characters = [...singles].slice(0, 8);
  for (const one of characters) add("", one);
  for (const one of characters.slice(0, 4))
    for (const other of characters.slice(0, 4)) if (one !== other) add("", one + other);
  return [...attacks.values()];
}

/** A text that matches what comes before a node. */
function before(node: AST.Node, flags: string): string {
  const { parent } = node;
  if (parent === null) return "";
  const own =
    parent.type === "Alternative"
      ? parent.elements.slice(0, parent.elements.indexOf(node as AST.Element))
      : [];
  return before(parent, flags) + own.map((element) => textsOf(element, flags)[0] ?? "").join("");
}

const known = new Map<string, string[]>();

/** A few texts that match a node, one for each alternative or kind of character. */
function textsOf(node: AST.Node, flags: string): string[] {
  if (isCharacterElement(node)) {
    const key = `${flags}/${node.raw}`;
    let texts = known.get(key);
    if (texts === undefined) {
      const expression = new RegExp(`^(?:${node.raw})$`, flags.replace(/[gy]/g, ""));
      texts = node.type === "Character" ? [String.fromCodePoint(node.value)] : [];
      for (const character of alphabet) {
        if (texts.length >= 4) break;
        if (!texts.includes(character) && expression.test(character)) texts.push(character);
      }
      for (let unit = 0; texts.length === 0 && unit < 0xffff; unit++)
        if (expression.test(String.fromCharCode(unit))) texts.push(String.fromCharCode(unit));
      known.set(key, texts);
    }
    return texts;
  }
  if (node.type === "Group" || node.type === "CapturingGroup")
    return node.alternatives.slice(0, 4).flatMap((alternative) => textsOf(alternative, flags).slice(0, 2));
  if (node.type === "Alternative") {
    const parts = node.elements.map((element) => textsOf(element, flags));
    const texts = [0, 1].map((at) => parts.map((part) => part[at] ?? part[0] ?? "").join(""));
    return [...new Set(texts)];
  }
  if (node.type === "Quantifier")
    return textsOf(node.element, flags).map((text) => text.repeat(Math.min(Math.max(node.min, 1), 30)));
  return [""];
}
