import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { synthesized } from "../support/synthesized.ts";

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

type Resources = Readonly<Record<string, Resource>>;

/** What holds data or has one owner only, in the template of the first version with an outbox, with the configuration that has no settings. */
const first = JSON.parse(
  readFileSync(new URL("first-outbox-template.json", import.meta.url), "utf8"),
) as Resources;

/** The properties with whose change CloudFormation replaces a resource (AWS CloudFormation Template Reference). */
const replacing: Readonly<Record<string, readonly string[]>> = {
  "AWS::DynamoDB::Table": ["TableName", "KeySchema", "AttributeDefinitions"],
  "AWS::Lambda::EventSourceMapping": ["EventSourceArn"],
  "AWS::Lambda::Function": ["FunctionName", "PackageType"],
  "AWS::Logs::LogGroup": ["LogGroupName"],
  "AWS::S3::Bucket": ["BucketName"],
  "AWS::SNS::Topic": ["TopicName", "FifoTopic"],
  "AWS::SQS::Queue": ["QueueName", "FifoQueue"],
  "AWS::Scheduler::ScheduleGroup": ["Name"],
  "Custom::S3BucketNotifications": ["BucketName"],
};

/** What an update from the first version to a template replaces or removes. */
function losses(after: Resources, before = first): readonly string[] {
  return Object.entries(before).flatMap(([id, { Type, Properties = {} }]) => {
    const now = after[id];
    if (now?.Type !== Type) return [`${id} is removed`];
    const relevant = (properties: Resource["Properties"]) =>
      JSON.stringify((replacing[Type] ?? []).map((name) => properties?.[name]));
    return relevant(now.Properties) === relevant(Properties) ? [] : [`${id} is replaced`];
  });
}

const resourcesOf = (feedbell: unknown): Resources =>
  synthesized(feedbell).template["Resources"] as Resources;

describe("the comparison", () => {
  it("finds what is removed and what is replaced", () => {
    const { LedgerTable9343E4AA: table, ...others } = first;
    expect(losses(others)).toEqual(["LedgerTable9343E4AA is removed"]);
    const renamed = { ...table, Type: "AWS::DynamoDB::Table", Properties: { TableName: "other" } };
    expect(losses({ ...first, LedgerTable9343E4AA: renamed })).toEqual(["LedgerTable9343E4AA is replaced"]);
  });

  it("knows each type of the first template", () => {
    const types = new Set(Object.values(first).map(({ Type }) => Type));
    expect([...types].toSorted()).toEqual(Object.keys(replacing).toSorted());
  });
});

describe("an update from the first version with an outbox", () => {
  it.each<[string, object]>([
    ["the same configuration", {}],
    [
      "new settings of the stack",
      {
        deployment: {
          encryption: "customer",
          accessLogs: true,
          tracing: true,
          logDays: 90,
          operators: ["ops@example.org"],
          tags: { team: "news" },
        },
      },
    ],
    ["other time-outs", { timeoutSeconds: 900, retryHours: 24 }],
    [
      "more audiences",
      {
        audiences: [
          { name: "alerts", mode: "alerts", quietHours: "22:00-07:00" },
          { name: "digest", mode: "digest", schedule: "daily 07:00" },
          { name: "sports", mode: "digest" },
        ],
      },
    ],
    [
      "a renamed audience",
      {
        audiences: [
          { name: "alerts", mode: "alerts" },
          { name: "evening", rename: "digest", mode: "digest" },
        ],
      },
    ],
  ])("replaces and removes nothing that holds data, with %s", (_, feedbell) => {
    expect(losses(resourcesOf(feedbell))).toEqual([]);
  });

  it("removes the topic of a removed audience from the stack and keeps it in the account", () => {
    const after = resourcesOf({ audiences: [{ name: "alerts", mode: "alerts" }] });
    expect(losses(after)).toEqual(["Topicsdigest85556B13 is removed"]);
    expect(first["Topicsdigest85556B13"]?.DeletionPolicy).toMatch(/^Retain/);
  });

  it("still retains bucket, table and topics when the stack is deleted", () => {
    const retained = Object.entries(resourcesOf({})).filter(([id]) =>
      first[id]?.DeletionPolicy?.startsWith("Retain"),
    );
    expect(retained.map(([, { Type }]) => Type).toSorted()).toEqual([
      "AWS::DynamoDB::Table",
      "AWS::S3::Bucket",
      "AWS::SNS::Topic",
      "AWS::SNS::Topic",
    ]);
    for (const [, { DeletionPolicy, UpdateReplacePolicy }] of retained)
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(["RetainExceptOnCreate", "Retain"]);
  });
});

describe("a change of the settings", () => {
  it("of encryption and back replaces nothing, in both directions", () => {
    const plain = resourcesOf({});
    const encrypted = resourcesOf({ deployment: { encryption: "customer" } });
    const stateful = (resources: Resources): Resources =>
      Object.fromEntries(Object.entries(resources).filter(([, { Type }]) => Type in replacing));
    expect(losses(encrypted, stateful(plain))).toEqual([]);
    expect(losses(plain, stateful(encrypted))).toEqual([]);
  });
});
