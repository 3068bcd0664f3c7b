import { describe, expect, it } from "vitest";
import {
  metricNamespace,
  metrics,
  stackDimension,
  type MetricDefinition,
} from "../../functions/core/metrics.ts";
import { resolved } from "../support/resolved.ts";
import { synthesized } from "../support/synthesized.ts";
import { metricKey, rulesOf } from "./alarms/evaluate.ts";
import { metricsOf, widgetsOf } from "./dashboard-widgets.ts";

const synthesis = synthesized({
  audiences: [
    { name: "news", mode: "alerts", sms: { countries: ["DE"] } },
    { name: "morning", mode: "digest", schedule: "daily 07:00" },
  ],
});
const resources = resolved(synthesis);

const widgets = widgetsOf(synthesis);

/** The metrics that each service has, with their dimensions, as far as alarms and dashboard use them. */
const ofServices: Readonly<
  Record<string, { readonly dimension: string; readonly names: readonly string[] }>
> = {
  // Amazon SQS Developer Guide, 'Available CloudWatch metrics for Amazon SQS'.
  "AWS/SQS": {
    dimension: "QueueName",
    names: [
      "ApproximateNumberOfMessagesVisible",
      "ApproximateNumberOfMessagesNotVisible",
      "ApproximateAgeOfOldestMessage",
    ],
  },
  // AWS Lambda Developer Guide, 'Types of metrics for Lambda functions'.
  "AWS/Lambda": { dimension: "FunctionName", names: ["Invocations", "Errors", "Throttles", "Duration"] },
  // Amazon DynamoDB Developer Guide, 'DynamoDB metrics and dimensions': those with the table as their only dimension.
  "AWS/DynamoDB": {
    dimension: "TableName",
    names: [
      "ReadThrottleEvents",
      "WriteThrottleEvents",
      "ConsumedReadCapacityUnits",
      "ConsumedWriteCapacityUnits",
    ],
  },
  // EventBridge Scheduler User Guide, 'Monitoring Amazon EventBridge Scheduler with Amazon CloudWatch'.
  "AWS/Scheduler": { dimension: "ScheduleGroup", names: ["TargetErrorCount", "InvocationDroppedCount"] },
  // Amazon SNS Developer Guide, 'Monitoring Amazon SNS topics using CloudWatch'.
  "AWS/SNS": {
    dimension: "TopicName",
    names: ["NumberOfNotificationsFailed", "NumberOfNotificationsDelivered"],
  },
};

/** Values of the dimensions of the stack's resources. */
const valuesOf: Readonly<
  Record<string, (id: string, properties: Readonly<Record<string, unknown>>) => unknown>
> = {
  "AWS::SQS::Queue": (id) => `QueueName=${id}.QueueName`,
  "AWS::Lambda::Function": (id) => `FunctionName=${id}`,
  "AWS::DynamoDB::Table": (id) => `TableName=${id}`,
  "AWS::Scheduler::ScheduleGroup": (_, { Name }) => `ScheduleGroup=${String(Name)}`,
  "AWS::SNS::Topic": (_, { TopicName }) => `TopicName=${String(TopicName)}`,
};

/** Every metric that the stack, its functions and its account have. */
const existing = new Set([
  ...Object.entries(metrics as Readonly<Record<string, MetricDefinition>>).map(([name]) =>
    metricKey(metricNamespace, name, { [stackDimension]: synthesis.stackName }),
  ),
  ...[...resources].flatMap(([id, { Type, Properties }]) => {
    const dimension = valuesOf[Type]?.(id, Properties);
    return Object.entries(ofServices).flatMap(([namespace, service]) =>
      String(dimension).startsWith(`${service.dimension}=`)
        ? service.names.map((name) => `${namespace} ${name} ${String(dimension)}`)
        : [],
    );
  }),
  // Two of the account: the second has a country and a type.
  "AWS/SNS SMSMonthToDateSpentUSD",
  "AWS/SNS SMSSuccessRate Country=DE SMSType=Promotional",
  ...[...resources.values()].flatMap(({ Type, Properties }) =>
    Type === "AWS::Logs::MetricFilter"
      ? (
          Properties["MetricTransformations"] as readonly { MetricNamespace: string; MetricName: string }[]
        ).map(({ MetricNamespace, MetricName }) => `${MetricNamespace} ${MetricName}`)
      : [],
  ),
]);

describe("the dashboard", () => {
  const texts = widgets.flatMap(({ properties: { markdown } }) => markdown ?? []);

  it("asks in the order of an operator", () => {
    expect(texts.map((text) => text.split("\n", 1)[0])).toEqual([
      "## Is it working?",
      "## How late is it?",
      "## What failed?",
      "## What does it cost?",
    ]);
  });

  it("starts with the state of every alarm", () => {
    const [first] = widgets;
    expect(first?.type).toBe("alarm");
    expect(first?.properties.alarms).toHaveLength(rulesOf(synthesis).length);
  });

  it.each(
    widgets
      .filter(({ type }) => type === "metric")
      .map((widget) => [widget.properties.title, widget] as const),
  )("%s: shows metrics that exist", (_, widget) => {
    const shown = metricsOf(widget);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter(({ key }) => !existing.has(key))).toEqual([]);
  });

  it("shows every metric of the functions, except those that only explain another one", () => {
    const shown = new Set(widgets.flatMap(metricsOf).map(({ key }) => key));
    const missing = Object.keys(metrics).filter(
      (name) => !shown.has(metricKey(metricNamespace, name, { [stackDimension]: synthesis.stackName })),
    );
    expect(missing).toEqual([
      "entries",
      "outboxAge",
      "crashes",
      "longPauses",
      "subscriptionsDeleted",
      "plansFinished",
    ]);
  });

  it("combines the values of a period as the metric is meant", () => {
    for (const { key, statistic } of widgets.flatMap(metricsOf)) {
      const [namespace, name = ""] = key.split(" ");
      if (namespace !== metricNamespace) continue;
      const definition = (metrics as Readonly<Record<string, MetricDefinition>>)[name];
      // CloudWatch's default for a widget is the average; CDK writes no statistic where it is that.
      expect([name, statistic]).toEqual([name, definition?.statistic]);
    }
  });

  it("has no widgets that overlap or leave its 24 columns", () => {
    const cells = widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, i) => `${x + (i % width)},${y + Math.floor(i / width)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...widgets.map(({ x, width }) => x + width))).toBe(24);
  });
});

describe("the alarms", () => {
  it("look at metrics that exist", () => {
    const rules = rulesOf(synthesis);
    expect(rules.filter(({ metric }) => !existing.has(metric)).map(({ metric }) => metric)).toEqual([]);
    expect(existing.has("AWS/SQS ApproximateAgeOfOldestMessage QueueName=nowhere")).toBe(false);
  });
});
