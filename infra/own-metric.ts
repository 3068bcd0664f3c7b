import { Stack } from "aws-cdk-lib";
import { Metric, type MetricOptions } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { metricNamespace, metrics, stackDimension, type MetricName } from "../functions/core/metrics.ts";

/** A metric that the functions emit, for the whole stack, or for one value of its second dimension. */
export const ownMetric = (
  scope: Construct,
  metricName: MetricName,
  { dimensionsMap, ...options }: MetricOptions = {},
): Metric =>
  new Metric({
    namespace: metricNamespace,
    metricName,
    statistic: metrics[metricName].statistic,
    ...options,
    dimensionsMap: { [stackDimension]: Stack.of(scope).stackName, ...dimensionsMap },
  });
