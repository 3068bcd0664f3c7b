import { Duration } from "aws-cdk-lib";
import { type Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";

/**
 * `high`: messages do not reach their readers, or could be lost: act now. `medium`: something is late, or a part failed:
 * act today. `low`: act this week.
 */
export type Severity = "high" | "medium" | "low";

/** An alarm of the stack. A definition holds no metric math, so that no reading of missing data can keep it from being raised. */
export interface AlarmDefinition {
  /** Unique; part of the alarm's name. */
  readonly id: string;
  readonly severity: Severity;
  /** Heading in `RUNBOOK.md`. */
  readonly heading: string;
  /** What happened, in one sentence. */
  readonly summary: string;
  /** The queue, log group, topic or table to look at. */
  readonly where: string;
  readonly metric: Metric;
  /** Raised if the metric is above this value, or below it … */
  readonly threshold: { readonly above: number } | { readonly below: number };
  /** … in this many periods … */
  readonly periods: number;
  /** … of this many. @default periods */
  readonly outOf?: number;
  /** What a period without data means: most metrics have none where nothing happens. @default "quiet" */
  readonly missing?: "quiet" | "raised";
}

export const fiveMinutes = Duration.minutes(5);

/** The sum over each five minutes. */
export const fiveMinuteSum = { statistic: Stats.SUM, period: fiveMinutes };

/** The maximum within each five minutes. */
export const fiveMinuteMaximum = { statistic: Stats.MAXIMUM, period: fiveMinutes };

/** The sum over each hour. */
export const hourlySum = { statistic: Stats.SUM, period: Duration.hours(1) };

/**
 * The five-minute periods within which a message whose processing crashes is received this many times: it comes back only
 * after the queue's visibility time-out, so that periods in a row would miss it.
 */
export const periodsOfReceives = (receives: number, visibilitySeconds: number): number =>
  Math.ceil(((receives - 1) * visibilitySeconds) / fiveMinutes.toSeconds()) + 2;
