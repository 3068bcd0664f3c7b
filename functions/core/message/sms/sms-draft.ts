import type { Encoding, SmsCandidate, SmsOmission } from "../message.ts";

/** One thing that a reader wants of an SMS, and how much of it a draft has. */
export interface Criterion {
  readonly name: string;
  readonly value: number;
  readonly unit: "yes or no" | "percent" | "number";
}

export const isKept = (name: string, kept: boolean): Criterion => ({
  name,
  value: kept ? 1 : 0,
  unit: "yes or no",
});
/** `part` of `whole`, in percent; only all of it is 100. */
export const share = (name: string, part: number, whole: number): Criterion => ({
  name,
  value: part >= whole ? 100 : Math.min(99, Math.floor((100 * part) / whole)),
  unit: "percent",
});
export const count = (name: string, value: number): Criterion => ({ name, value, unit: "number" });

/** A number of which less is better. */
export const fewer = (name: string, value: number): Criterion => count(name, -value);

/** The content of an SMS, before it is known to be the best one. */
export interface Draft {
  readonly text: string;
  /** The links that it shows, which are never folded. */
  readonly links: readonly string[];
  readonly omissions: readonly SmsOmission[];
  /** What the reader keeps, most important first. Drafts of one message have the same criteria. */
  readonly kept: readonly Criterion[];
  /** Too little of it is shown: one more part is worth its price. */
  readonly isCramped: boolean;
}

/** A draft as it would be sent. */
export interface MeasuredDraft extends Draft {
  readonly encoding: Encoding;
  readonly isFolded: boolean;
  readonly parts: number;
}

/** Everything that a candidate is judged by: what it keeps, then its letters, then its price. */
const criteriaOf = ({ kept, omissions, parts }: MeasuredDraft): readonly Criterion[] => [
  ...kept,
  isKept("all letters", !omissions.includes("accents removed") && !omissions.includes("emoji omitted")),
  fewer("parts", parts),
];

/** The first criterion in which two lists differ, as a pair; `undefined` if they are equal. */
function firstDifference(
  a: readonly Criterion[],
  b: readonly Criterion[],
): readonly [Criterion, Criterion] | undefined {
  for (const [index, mine] of a.entries()) {
    const other = b[index];
    if (other !== undefined && other.value !== mine.value) return [mine, other];
  }
  return undefined;
}

/** Whether `a` keeps more than `b` in the first criterion in which they differ. */
export function isBetter(a: readonly Criterion[], b: readonly Criterion[]): boolean {
  const difference = firstDifference(a, b);
  return difference !== undefined && difference[0].value > difference[1].value;
}

/** The best candidate, the first of equal ones; `undefined` if there is none. */
export function best(candidates: readonly MeasuredDraft[]): MeasuredDraft | undefined {
  let chosen: MeasuredDraft | undefined;
  for (const next of candidates)
    if (chosen === undefined || isBetter(criteriaOf(next), criteriaOf(chosen))) chosen = next;
  return chosen;
}

/** All candidates for `preview`: the chosen one first, the others with the criterion that decided against them. */
export function explain(
  chosen: MeasuredDraft,
  candidates: readonly MeasuredDraft[],
): readonly SmsCandidate[] {
  const others = candidates.filter((candidate) => candidate !== chosen);
  return [chosen, ...others].map((candidate) => {
    const { encoding, isFolded, parts, omissions } = candidate;
    const difference = firstDifference(criteriaOf(candidate), criteriaOf(chosen));
    const facts = { encoding, folded: isFolded, parts, omissions };
    return candidate === chosen ? facts : { ...facts, worse: reason(difference) };
  });
}

function reason(difference: readonly [Criterion, Criterion] | undefined): string {
  if (difference === undefined) return "the same text";
  const [{ name, value, unit }, { value: other }] = difference;
  const show = (number: number): string =>
    unit === "yes or no"
      ? number === 1
        ? "yes"
        : "no"
      : unit === "percent"
        ? `${number} %`
        : `${Math.abs(number)}`;
  return `${name}: ${show(value)} instead of ${show(other)}`;
}
