/* oxlint-disable vitest/expect-expect -- CDK's template assertions throw by themselves */
import { readFileSync } from "node:fs";
import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { visibilitySeconds } from "../../../functions/core/configuration.ts";
import { defaults, parseConfiguration } from "../../../infra/config/configuration.ts";
import { missingOperators } from "../../../infra/operators.ts";
import { resolved } from "../../support/resolved.ts";
import { synthesized, templateOf } from "../../support/synthesized.ts";

const usual = synthesized({
  audiences: [
    { name: "alerts", mode: "alerts", sms: { countries: ["DE"], type: "Transactional" } },
    { name: "digest", mode: "digest", sms: { countries: ["DE", "FR"] } },
  ],
});
const runbook = readFileSync(new URL("../../../infra/RUNBOOK.md", import.meta.url), "utf8");

type Properties = Readonly<Record<string, unknown>>;

/** The properties of the alarms by their names without the stack's name. */
const alarmsOf = (synthesis = usual): ReadonlyMap<string, Properties> =>
  new Map(
    [...resolved(synthesis).values()].flatMap(({ Type, Properties }) =>
      Type === "AWS::CloudWatch::Alarm"
        ? [[String(Properties["AlarmName"]).replace("feedbell-", ""), Properties] as const]
        : [],
    ),
  );

const description =
  /^Severity (?:high|medium|low)\. .+[.!] What to do: infra\/RUNBOOK\.md#([a-z-]+)\. (?:Queue|Log group|Table|Topic|Schedule group|Metric) [^ ].*\.$/;

describe("the alarms", () => {
  const alarms = alarmsOf();

  it.each([...alarms])("%s has a severity, a heading of the runbook and a place to look at", (_, alarm) => {
    const text = String(alarm["AlarmDescription"]);
    expect(text).toMatch(description);
    expect(text.length, "CloudWatch API Reference, PutMetricAlarm").toBeLessThanOrEqual(1024);
  });

  it("name headings that the runbook has, and every heading of an alarm is named", () => {
    const [, section = ""] = runbook.split("\n# Alarms\n");
    const [headings = ""] = section.split("\n# ");
    const anchors = [...headings.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) =>
      heading.toLowerCase().replaceAll(" ", "-"),
    );
    const named = [...alarms.values()].map(
      (alarm) => description.exec(String(alarm["AlarmDescription"]))?.[1],
    );
    expect(new Set(named)).toEqual(new Set(anchors));
  });

  it.each([
    ["IntakeDeadLetters", "IntakeDeadLetters"],
    ["OutboxDeadLetters", "OutboxDeadLetters"],
    ["SlotDeadLetters", "SchedulesDeadLetters"],
    ["ScheduleFailures", "SchedulesFailures"],
    ["WatchFailures", "WatchFailures"],
  ])("%s: a message in %s raises it, in flight too", (id, queue) => {
    const props = (name: string) => ({
      Namespace: "AWS/SQS",
      MetricName: name,
      Dimensions: [
        { Name: "QueueName", Value: expect.stringMatching(`^${queue}\\w+\\.QueueName$`) as unknown },
      ],
      Statistic: "Maximum",
      ComparisonOperator: "GreaterThanThreshold",
      Threshold: 0,
      EvaluationPeriods: 1,
    });
    expect(alarms.get(id)).toMatchObject(props("ApproximateNumberOfMessagesVisible"));
    expect(alarms.get(`${id}InFlight`)).toMatchObject(props("ApproximateNumberOfMessagesNotVisible"));
  });

  it("watch every queue", () => {
    const queues = [...resolved(usual)].filter(([, { Type }]) => Type === "AWS::SQS::Queue");
    const watched = JSON.stringify([...alarms.values()]);
    expect(queues.filter(([id]) => !watched.includes(`"${id}.QueueName"`))).toEqual([]);
  });

  it.each([8, 120, 900])(
    "with a time-out of %i s, two crashes of one message raise the alarm although it comes back late",
    (timeoutSeconds) => {
      const synthesis = synthesized({ timeoutSeconds });
      for (const [id, queue] of [
        ["IngestFails", "IntakeQueue"],
        ["DeliverFails", "OutboxQueue"],
        ["DigestFails", "SchedulesSlots"],
      ] as const) {
        const { Period, EvaluationPeriods, DatapointsToAlarm } = alarmsOf(synthesis).get(id) ?? {};
        const found = [...resolved(synthesis)].find(
          ([name, { Type }]) => Type === "AWS::SQS::Queue" && name.startsWith(queue),
        );
        expect(DatapointsToAlarm).toBe(2);
        expect(Number(Period) * (Number(EvaluationPeriods) - 1)).toBeGreaterThan(
          Number(found?.[1].Properties["VisibilityTimeout"]),
        );
      }
    },
  );

  it.each([8, 120, 900])(
    "with a time-out of %i s stay within the ranges that CloudWatch allows",
    (timeoutSeconds) => {
      // CloudWatch API Reference, PutMetricAlarm: a day, or a week with periods of an hour and more.
      const outside = [...alarmsOf(synthesized({ timeoutSeconds }))].filter(([, alarm]) => {
        const period = Number(alarm["Period"]);
        const limit = period < 3_600 ? 86_400 : 7 * 86_400;
        return period % 60 !== 0 || period * Number(alarm["EvaluationPeriods"]) > limit;
      });
      expect(outside).toEqual([]);
    },
  );

  it.each([8, 120, 900])(
    "with a time-out of %i s, a snapshot or a slot may take three attempts before it counts as late",
    (timeoutSeconds) => {
      for (const id of ["IntakeWaits", "SlotsWait"]) {
        const late = alarmsOf(synthesized({ timeoutSeconds })).get(id);
        expect(late).toMatchObject({ MetricName: "ApproximateAgeOfOldestMessage", Statistic: "Maximum" });
        expect(Number(late?.["Threshold"])).toBeGreaterThanOrEqual(3 * visibilitySeconds(timeoutSeconds));
      }
    },
  );

  it("a message that waits for an hour in the outbox raises one, longer than the longest backoff", () => {
    const waits = alarms.get("OutboxWaits");
    expect(waits).toMatchObject({ MetricName: "ApproximateAgeOfOldestMessage", Threshold: 3600 });
    expect(Number(waits?.["Threshold"])).toBeGreaterThan(defaults.maxRetrySeconds);
  });

  it.each([
    ["DailyLimit", "DailyLimitReached", "daily limit", "apply-limits.ts"],
    ["QuarantineSuspended", "QuarantineSuspended", "quarantine suspended", "quarantine-message.ts"],
  ])("%s: the event in deliver's log raises it", (id, metric, event, file) => {
    templateOf().hasResourceProperties("AWS::Logs::MetricFilter", {
      FilterPattern: `{ $.event = "${event}" }`,
      LogGroupName: { Ref: Match.stringLikeRegexp("^DeliveryDeliverLog") },
      MetricTransformations: [{ MetricName: metric, MetricNamespace: "feedbell/feedbell", MetricValue: "1" }],
    });
    expect(alarms.get(id)).toMatchObject({
      Namespace: "feedbell/feedbell",
      MetricName: metric,
      Threshold: 0,
    });
    const source = readFileSync(new URL(`../../../functions/core/delivery/${file}`, import.meta.url), "utf8");
    expect(source, "the event that the filter counts").toContain(`"${event}"`);
  });

  it("watch the success of SMS by country and type", () => {
    const sms = [...alarms.keys()].filter((id) => id.startsWith("SmsFail"));
    expect(sms).toEqual(["SmsFail-DE-Transactional", "SmsFail-DE-Promotional", "SmsFail-FR-Promotional"]);
  });
});

describe("the operators", () => {
  const topicArn = "arn:aws:sns:eu-central-1:111122223333:operators";
  const actionsOf = (deployment: object) =>
    new Set(
      [...alarmsOf(synthesized({ deployment })).values()].map((alarm) =>
        JSON.stringify([alarm["AlarmActions"], alarm["OKActions"]]),
      ),
    );

  it("are told of the start and the end of each alarm by the configured topic, and nobody without one", () => {
    expect(actionsOf({ alarmTopicArn: topicArn })).toEqual(
      new Set([JSON.stringify([[topicArn], [topicArn]])]),
    );
    expect(actionsOf({})).toEqual(new Set([JSON.stringify([null, null])]));
  });

  const addresses = ["ops@example.org", "+12025550123", "https://h.example/alarms"];
  const stack = synthesized({ deployment: { operators: addresses } });

  it("are subscribed to a topic of the stack, under which CloudWatch may publish", () => {
    const resources = [...resolved(stack).values()];
    const subscriptions = resources.filter(({ Type }) => Type === "AWS::SNS::Subscription");
    expect(subscriptions.map(({ Properties }) => [Properties["Protocol"], Properties["Endpoint"]])).toEqual([
      ["email", "ops@example.org"],
      ["sms", "+12025550123"],
      ["https", "https://h.example/alarms"],
    ]);
    const topics = new Set(subscriptions.map(({ Properties }) => Properties["TopicArn"]));
    expect(topics.size).toBe(1);
    const [topic] = topics;
    for (const alarm of alarmsOf(stack).values())
      expect(alarm).toMatchObject({ AlarmActions: [topic], OKActions: [topic] });
    templateOf({ deployment: { operators: addresses } }).hasResourceProperties("AWS::SNS::TopicPolicy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: "sns:Publish",
            Condition: Match.objectLike({
              StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } },
            }),
          }),
        ]),
      },
    });
  });

  it("have a topic without the AWS-managed key, under which CloudWatch can't publish", () => {
    templateOf({ deployment: { operators: addresses } }).hasResourceProperties("AWS::SNS::Topic", {
      DisplayName: "feedbell alarms",
      KmsMasterKeyId: Match.absent(),
    });
  });

  it("who stay keep their subscription when another one leaves", () => {
    const ids = (operators: readonly string[]) =>
      [...resolved(synthesized({ deployment: { operators } }))].flatMap(([id, { Type }]) =>
        Type === "AWS::SNS::Subscription" ? [id] : [],
      );
    expect(ids(addresses)).toEqual(expect.arrayContaining(ids(addresses.slice(1))));
  });

  it("are missed at synthesis where neither they nor a topic are configured", () => {
    const warning = (deployment: object) => missingOperators(parseConfiguration({ deployment }).deployment);
    expect(warning({})).toContain("Set deployment.operators");
    expect(warning({ operators: addresses })).toBeUndefined();
    expect(warning({ alarmTopicArn: topicArn })).toBeUndefined();
  });
});
