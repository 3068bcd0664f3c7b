import type { Rules } from "../configuration.ts";
import { conditions, type Condition, type ConditionContext, type Finding, type Truth } from "./conditions.ts";
import type { Patterns } from "./patterns.ts";
import type { RuleSubject } from "./rule-subject.ts";

/** What one rule found. */
export interface RuleFinding extends Finding {
  /** Where the rule is, such as `any[1].include`. */
  readonly rule: string;
}

/** Whether an audience receives an entry, and the rules that decided; none where there are no rules. */
export interface Verdict {
  readonly outcome: "accepted" | "skipped";
  readonly because: readonly RuleFinding[];
}

/**
 * Applies an audience's rules. What an entry does not say, such as its date, excludes it neither with a rule nor with its
 * negation (the three-valued logic of Kleene): an entry is skipped only if the rules are certainly not satisfied.
 */
export function judge(rules: Rules, subject: RuleSubject, patterns: Patterns): Verdict {
  const { truth, because } = evaluate(rules, "", { subject, patterns });
  return { outcome: truth === "no" ? "skipped" : "accepted", because };
}

/** The reasons in one line. A rule within other rules is named by its place. */
export const describeVerdict = ({ because }: Verdict): string =>
  because.map(({ rule, says }) => (rule.includes(".") ? `${says} (rules.${rule})` : says)).join("; ");

interface Result {
  readonly truth: Truth;
  readonly because: readonly RuleFinding[];
}

type Context = Omit<ConditionContext, "scope">;

const names = Object.keys(conditions) as readonly Condition[];

/** All rules of one object. The first that does not hold is the reason. `path`: where the object is. */
function evaluate(rules: Rules, path: string, context: Context): Result {
  let truth: Truth = "yes";
  const because: RuleFinding[] = [];
  for (const result of results(rules, path, context)) {
    if (result.truth === "no") return result;
    if (result.truth === "unknown") truth = "unknown";
    because.push(...result.because);
  }
  return { truth, because };
}

function* results(rules: Rules, path: string, context: Context): Generator<Result> {
  for (const name of names) {
    if (rules[name] === undefined) continue;
    const finding = conditionOf(name)(rules[name], { ...context, scope: rules.in });
    yield { truth: finding.truth, because: [{ ...finding, rule: path + name }] };
  }
  for (const [i, nested] of (rules.all ?? []).entries()) yield evaluate(nested, `${path}all[${i}].`, context);
  if (rules.any) yield evaluateAny(rules.any, path, context);
  if (rules.not) {
    const { truth, because } = evaluate(rules.not, `${path}not.`, context);
    yield { truth: negated[truth], because };
  }
}

/** At least one of the objects. If none holds, the reasons of all count. */
function evaluateAny(alternatives: readonly Rules[], path: string, context: Context): Result {
  let truth: Truth = "no";
  const because: RuleFinding[] = [];
  for (const [i, nested] of alternatives.entries()) {
    const result = evaluate(nested, `${path}any[${i}].`, context);
    if (result.truth === "yes") return result;
    if (result.truth === "unknown") truth = "unknown";
    because.push(...result.because);
  }
  return { truth, because };
}

const negated: Readonly<Record<Truth, Truth>> = { yes: "no", no: "yes", unknown: "unknown" };

/** TypeScript can't relate a condition's value to its name here. */
const conditionOf = (name: Condition) =>
  conditions[name] as (value: unknown, context: ConditionContext) => Finding;
