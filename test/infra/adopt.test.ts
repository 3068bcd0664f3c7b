/* oxlint-disable vitest/expect-expect -- CDK's template assertions throw by themselves */
import { Match, Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import type { Synthesis } from "../../infra/app.ts";
import { account, region, resolved } from "../support/resolved.ts";
import { synthesized } from "../support/synthesized.ts";

const templateOf = ({ template }: Synthesis) => Template.fromJSON(template);
const retained = ["AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::SNS::Topic"];
const names = { bucket: "old-snapshots", table: "old-ledger" };
const everything = { ...names, topics: ["alerts", "digest"] };
const original = synthesized({});
const redeployed = synthesized({ deployment: { adopt: everything } });

/** The template with the retained resources' names filled in as they were created. */
function filledIn(synthesis: Synthesis): string {
  const resources = [...resolved(synthesis)].filter(([, { Type }]) => !retained.includes(Type));
  const [bucket, table] = [retained[0], retained[1]].map(
    (type) => [...resolved(synthesis)].find(([, { Type }]) => Type === type)?.[0],
  );
  let text = JSON.stringify(Object.fromEntries(resources));
  if (bucket !== undefined)
    text = text.replaceAll(`arn:aws:s3:::${bucket.toLowerCase()}`, `arn:aws:s3:::${names.bucket}`);
  for (const [id, name] of [
    [bucket, names.bucket],
    [table, names.table],
  ])
    if (id !== undefined && name !== undefined) text = text.replaceAll(id, name);
  return text;
}

describe("a stack that is deleted", () => {
  it.each(retained)("keeps each %s, unless its creation failed", (type) => {
    const resources = Object.values(templateOf(original).findResources(type));
    expect(resources.length).toBeGreaterThan(0);
    for (const resource of resources)
      expect(resource).toMatchObject({
        DeletionPolicy: "RetainExceptOnCreate",
        UpdateReplacePolicy: "Retain",
      });
  });

  it("keeps nothing else that could prevent a deployment under the same name", () => {
    const kept = Object.values(original.template["Resources"] as Record<string, object>)
      .filter((resource) => "DeletionPolicy" in resource && resource.DeletionPolicy !== "Delete")
      .map((resource) => (resource as { Type: string }).Type);
    expect(new Set(kept)).toEqual(new Set(retained));
  });
});

describe("a stack that adopts what an earlier one left", () => {
  const template = templateOf(redeployed);

  it.each(retained)("creates no %s", (type) => {
    template.resourceCountIs(type, 0);
  });

  it("is otherwise equal to the earlier one: no function, policy or alarm refers to anything else", () => {
    const parsed = (synthesis: Synthesis) => JSON.parse(filledIn(synthesis)) as Record<string, object>;
    const [before, after] = [parsed(original), parsed(redeployed)];
    const isOfNotifications = (id: string) => /Notif/.test(id);
    const differing = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]),
    );
    expect(differing.filter((id) => !isOfNotifications(id))).toEqual([]);
  });

  it("sets the notifications of the bucket beside those of others", async () => {
    template.hasResourceProperties("Custom::S3BucketNotifications", {
      BucketName: names.bucket,
      Managed: false,
      NotificationConfiguration: {
        QueueConfigurations: [
          {
            Filter: { Key: { FilterRules: [{ Name: "prefix", Value: "snapshots/" }] } },
            QueueArn: { "Fn::GetAtt": [Match.stringLikeRegexp("^IntakeQueue"), "Arn"] },
          },
        ],
      },
    });
    template.hasResourceProperties("AWS::IAM::Policy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: ["s3:GetBucketNotification", "s3:PutBucketNotification"] }),
        ]),
      },
    });
  });

  it("publishes to the adopted topics, so that no reader has to subscribe again", () => {
    const arns = ["alerts", "digest"].map((name) => `arn:aws:sns:${region}:${account}:feedbell-${name}`);
    const policies = [...resolved(redeployed).values()].filter(({ Type }) => Type === "AWS::IAM::Policy");
    const published = policies.flatMap(({ Properties }) =>
      (
        Properties["PolicyDocument"] as { Statement: { Action: unknown; Resource: unknown }[] }
      ).Statement.filter(({ Action }) => Action === "sns:Publish").map(({ Resource }) => Resource),
    );
    expect(published).toEqual([arns]);
  });

  it("keeps the names of its outputs", () => {
    expect(Object.keys(template.findOutputs("*"))).toEqual(
      Object.keys(templateOf(original).findOutputs("*")),
    );
    template.hasOutput("BucketName", { Value: names.bucket });
    template.hasOutput("TableName", { Value: names.table });
  });

  it("refuses requests without TLS to the bucket and the topics", () => {
    template.hasResourceProperties("AWS::S3::BucketPolicy", { Bucket: names.bucket });
    template.resourceCountIs("AWS::SNS::TopicPolicy", 2);
  });
});

describe("an audience that is removed and added again", () => {
  const both = [
    { name: "alerts", mode: "alerts" },
    { name: "sports", mode: "digest" },
  ];
  const topicsOf = (synthesis: Synthesis) =>
    Object.values(templateOf(synthesis).findResources("AWS::SNS::Topic")).map(
      (topic) => (topic["Properties"] as { TopicName: string }).TopicName,
    );

  it("gets its old topic by adoption, while the others stay the stack's own", () => {
    const added = synthesized({ audiences: both, deployment: { adopt: { topics: ["sports"] } } });
    expect(topicsOf(synthesized({ audiences: both.slice(0, 1) }))).toEqual(["feedbell-alerts"]);
    expect(topicsOf(added)).toEqual(["feedbell-alerts"]);
    const outputs = templateOf(added).findOutputs("TopicSports");
    expect(JSON.stringify(outputs)).toContain(":feedbell-sports");
  });

  it("has the policy of its topic under the same logical id, adopted or not", () => {
    const ids = (adopt: object) =>
      Object.keys(
        templateOf(synthesized({ audiences: both, deployment: { adopt } })).findResources(
          "AWS::SNS::TopicPolicy",
        ),
      );
    expect(ids({ topics: ["sports"] })).toEqual(ids({}));
  });
});

describe("an audience that is renamed", () => {
  const before = [
    { name: "alerts", mode: "alerts" },
    { name: "sports", mode: "digest" },
  ];
  const after = [
    { name: "alerts", mode: "alerts" },
    { name: "football", rename: "sports", mode: "digest" },
  ];
  const isOfTopics = ([, { Type }]: readonly [string, { Type: string }]) => Type.startsWith("AWS::SNS::");
  const topicResources = (audiences: readonly object[], adopt = {}) =>
    Object.fromEntries(
      Object.entries(
        synthesized({ audiences, deployment: { adopt } }).template["Resources"] as Record<
          string,
          { Type: string; Properties: object }
        >,
      ).filter(isOfTopics),
    );

  it("keeps its topic: the update changes nothing of it", () => {
    expect(topicResources(after)).toEqual(topicResources(before));
    expect(Object.values(topicResources(after)).map(({ Properties }) => Properties)).toContainEqual(
      expect.objectContaining({ TopicName: "feedbell-sports" }),
    );
  });

  it("is published to under its new name", () => {
    const arns = ["alerts", "sports"].map((name) => `arn:aws:sns:${region}:${account}:feedbell-${name}`);
    const policies = [...resolved(synthesized({ audiences: after })).values()];
    expect(JSON.stringify(policies.filter(({ Type }) => Type === "AWS::IAM::Policy"))).toContain(
      `"Action":"sns:Publish","Effect":"Allow","Resource":${JSON.stringify(arns)}`,
    );
    templateOf(synthesized({ audiences: after })).hasOutput("TopicFootball", {
      Value: {
        Ref: Object.keys(topicResources(before)).find((id) => /sports/i.test(id) && !/policy/i.test(id)),
      },
    });
  });

  it("adopts its topic under the earlier name after the stack was deleted", () => {
    const added = synthesized({ audiences: after, deployment: { adopt: { topics: ["football"] } } });
    expect(JSON.stringify(templateOf(added).findOutputs("TopicFootball"))).toContain(":feedbell-sports");
    templateOf(added).resourceCountIs("AWS::SNS::Topic", 1);
  });
});
