import type { Synthesis } from "../../../infra/app.ts";
import { resolved } from "../../support/resolved.ts";

/** An alarm of a synthesized template, without its actions. */
export interface Rule {
  /** Without the stack's name. */
  readonly id: string;
  readonly description: string;
  readonly metric: string;
  readonly statistic: string;
  /** Seconds. */
  readonly period: number;
  readonly datapoints: number;
  readonly periods: number;
  readonly isBreaching: (value: number) => boolean;
  readonly missing: "breaching" | "notBreaching";
}

/** Values of metrics with their times, seconds; by the name that `metricKey` gives. */
export type Samples = Map<string, { readonly at: number; readonly value: number }[]>;

export const metricKey = (
  namespace: string,
  name: string,
  dimensions: Readonly<Record<string, string>> = {},
): string =>
  [namespace, name, ...Object.entries(dimensions).map(([key, value]) => `${key}=${value}`)].join(" ");

export const rulesOf = (synthesis: Synthesis): readonly Rule[] =>
  [...resolved(synthesis).values()].flatMap(({ Type, Properties }) =>
    Type === "AWS::CloudWatch::Alarm" ? [ruleOf(Properties, synthesis.stackName)] : [],
  );

function ruleOf(properties: Readonly<Record<string, unknown>>, stackName: string): Rule {
  const text = (name: string) => String(properties[name]);
  const threshold = Number(properties["Threshold"]);
  const comparison = text("ComparisonOperator");
  const dimensions = (properties["Dimensions"] ?? []) as readonly { Name: string; Value: string }[];
  const missing = text("TreatMissingData");
  if (properties["Metrics"] !== undefined) throw new Error("metric math is not simulated");
  if (comparison !== "GreaterThanThreshold" && comparison !== "LessThanThreshold")
    throw new Error(`unknown comparison ${comparison}`);
  if (missing !== "breaching" && missing !== "notBreaching") throw new Error(`unknown treatment ${missing}`);
  return {
    id: text("AlarmName").replace(`${stackName}-`, ""),
    description: text("AlarmDescription"),
    metric: metricKey(
      text("Namespace"),
      text("MetricName"),
      Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value])),
    ),
    statistic: text("Statistic"),
    period: Number(properties["Period"]),
    datapoints: Number(properties["DatapointsToAlarm"]),
    periods: Number(properties["EvaluationPeriods"]),
    isBreaching: (value) => (comparison === "GreaterThanThreshold" ? value > threshold : value < threshold),
    missing,
  };
}

export interface Evaluation {
  /** Seconds: the alarm is evaluated every minute from … until … */
  readonly from: number;
  readonly until: number;
  /** Periods beyond `EvaluationPeriods` that CloudWatch looks at; not documented as a number. */
  readonly extra: number;
}

/** Seconds after the end of a period until its data is there. */
const delay = 120;

/**
 * The times at which the alarm is raised, seconds. Periods are aligned to their length, and only complete ones count.
 * Missing data is treated as in 'Configuring how CloudWatch alarms treat missing data' (Amazon CloudWatch User Guide):
 * where the range holds as many data points as are evaluated, the most recent ones decide, and nothing is filled in.
 */
export function raisedAt(
  rule: Rule,
  samples: Samples,
  { from, until, extra }: Evaluation,
): readonly number[] {
  const buckets = new Map<number, number[]>();
  for (const { at, value } of samples.get(rule.metric) ?? []) {
    const bucket = Math.floor(at / rule.period);
    buckets.set(bucket, [...(buckets.get(bucket) ?? []), value]);
  }
  const points = new Map([...buckets].map(([bucket, values]) => [bucket, aggregate(rule.statistic, values)]));
  const raised: number[] = [];
  let before = false;
  for (let now = Math.ceil(from / 60) * 60; now <= until; now += 60) {
    const last = Math.floor((now - delay) / rule.period) - 1;
    const range = Array.from({ length: rule.periods + extra }, (_, back) => points.get(last - back));
    const is = isRaised(rule, range.toReversed());
    if (is && !before) raised.push(now);
    before = is;
  }
  return raised;
}

/** Whether the alarm is raised; `range` holds its data points, oldest first. */
export function isRaised(
  { periods, datapoints, isBreaching, missing }: Omit<Rule, "id" | "description" | "metric">,
  range: readonly (number | undefined)[],
): boolean {
  const real = range.filter((value) => value !== undefined).slice(-periods);
  const filled = missing === "breaching" ? periods - real.length : 0;
  return real.filter(isBreaching).length + filled >= datapoints;
}

function aggregate(statistic: string, values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  if (statistic === "Sum") return sum;
  if (statistic === "Average") return sum / values.length;
  if (statistic === "Maximum") return Math.max(...values);
  throw new Error(`unknown statistic ${statistic}`);
}
