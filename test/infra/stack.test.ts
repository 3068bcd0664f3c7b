/* oxlint-disable vitest/expect-expect -- CDK's template assertions throw by themselves */
import { readFileSync } from "node:fs";
import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { visibilitySeconds } from "../../functions/core/configuration.ts";
import { defaults } from "../../infra/config/configuration.ts";
import { pascalCase } from "../../infra/stack.ts";
import { resolved } from "../support/resolved.ts";
import { synthesized, templateOf } from "../support/synthesized.ts";

const usual = templateOf();
const day = 86_400;

type Properties = Readonly<Record<string, unknown>>;

const propertiesOf = (type: string, template = usual): readonly Properties[] =>
  Object.values(template.findResources(type)).map((resource) => resource["Properties"] as Properties);

const queues = (template = usual) => {
  const found = propertiesOf("AWS::SQS::Queue", template);
  const intake = found.find((queue) => "RedrivePolicy" in queue);
  const deadLetters = found.find((queue) => !("RedrivePolicy" in queue));
  if (found.length !== 2 || !intake || !deadLetters)
    throw new Error("expected an intake and a dead-letter queue");
  return { intake, deadLetters };
};

describe("the bucket", () => {
  it("is private, encrypted, versioned and outlives the stack", () => {
    usual.resourceCountIs("AWS::S3::Bucket", 1);
    usual.hasResource("AWS::S3::Bucket", {
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
        },
        VersioningConfiguration: { Status: "Enabled" },
      },
    });
  });

  it("lets nothing go while a queued message may still name it", () => {
    const template = templateOf({ deployment: { snapshotDays: 18, quarantineDays: 25 } });
    const { intake, deadLetters } = queues(template);
    const asked =
      (Number(deadLetters["MessageRetentionPeriod"]) + Number(intake["MessageRetentionPeriod"])) / day;
    const [bucket = {}] = propertiesOf("AWS::S3::Bucket", template);
    const { Rules } = bucket["LifecycleConfiguration"] as { Rules: readonly Properties[] };
    const rule = (prefix: string | undefined) => Rules.find((candidate) => candidate["Prefix"] === prefix);
    expect(rule("snapshots/")).toMatchObject({
      Status: "Enabled",
      ExpirationInDays: 18,
      NoncurrentVersionExpiration: { NoncurrentDays: asked },
    });
    expect(rule("quarantine/")).toMatchObject({
      Status: "Enabled",
      ExpirationInDays: 25,
      NoncurrentVersionExpiration: { NoncurrentDays: 25 },
    });
    expect(rule(undefined)).toMatchObject({
      Status: "Enabled",
      ExpiredObjectDeleteMarker: true,
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: asked },
    });
    expect(Rules.length, "every rule is looked at above").toBe(3);
  });

  it("tells the intake queue of what is created under snapshots/, and of nothing else", () => {
    usual.resourceCountIs("Custom::S3BucketNotifications", 1);
    usual.hasResourceProperties("Custom::S3BucketNotifications", {
      NotificationConfiguration: {
        QueueConfigurations: [
          {
            Events: ["s3:ObjectCreated:*"],
            Filter: { Key: { FilterRules: [{ Name: "prefix", Value: "snapshots/" }] } },
            QueueArn: { "Fn::GetAtt": [Match.stringLikeRegexp("^IntakeQueue"), "Arn"] },
          },
        ],
      },
    });
  });

  it("sets its notifications only when the queue lets it send, which S3 checks at once", () => {
    usual.hasResource("Custom::S3BucketNotifications", {
      DependsOn: Match.arrayWith([Match.stringLikeRegexp("^IntakeQueuePolicy")]),
    });
  });
});

describe("the queues", () => {
  it("are encrypted with keys under which S3 can send", () => {
    for (const queue of Object.values(queues())) {
      expect(queue["SqsManagedSseEnabled"]).toBe(true);
      expect(queue).not.toHaveProperty("KmsMasterKeyId");
    }
  });

  it("move a message to the dead-letter queue after five receives, where it stays for 14 days, longer than before", () => {
    const { intake, deadLetters } = queues();
    expect(intake["RedrivePolicy"]).toEqual({
      deadLetterTargetArn: { "Fn::GetAtt": [expect.stringMatching(/^IntakeDeadLetters/), "Arn"] },
      maxReceiveCount: 5,
    });
    expect(deadLetters["MessageRetentionPeriod"]).toBe(14 * day);
    expect(Number(intake["MessageRetentionPeriod"])).toBeLessThan(14 * day);
  });

  it.each([1, 30, 120, 900])("hide a received message for six times a time-out of %i s", (timeoutSeconds) => {
    const template = templateOf({ timeoutSeconds });
    expect(queues(template).intake["VisibilityTimeout"]).toBe(6 * timeoutSeconds);
    template.hasResourceProperties("AWS::Lambda::Function", {
      Runtime: "nodejs24.x",
      Timeout: timeoutSeconds,
    });
  });

  it("keep a message for longer than five attempts at the longest time-out take", () => {
    expect(Number(queues().intake["MessageRetentionPeriod"])).toBeGreaterThan(5 * visibilitySeconds(900));
  });
});

describe("the ingest function", () => {
  it("runs on Node 24 and arm64, with source maps, as large and as long as configured", () => {
    const template = templateOf({ timeoutSeconds: 60, deployment: { memoryMegabytes: 512 } });
    template.hasResourceProperties("AWS::Lambda::Function", {
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "ingest.handler",
      Timeout: 60,
      MemorySize: 512,
      TracingConfig: Match.absent(),
      Environment: { Variables: Match.objectLike({ NODE_OPTIONS: "--enable-source-maps" }) },
    });
  });

  it("is fed by the intake queue, in batches whose records fail one by one, so many at a time", () => {
    const template = templateOf({ deployment: { batchSize: 3, maximumConcurrency: 7 } });
    template.resourceCountIs("AWS::Lambda::EventSourceMapping", 1);
    template.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
      EventSourceArn: { "Fn::GetAtt": [Match.stringLikeRegexp("^IntakeQueue"), "Arn"] },
      BatchSize: 3,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: 7 },
    });
  });

  const environment = (feedbell: unknown): Readonly<Record<string, string>> => {
    const resources = [...resolved(synthesized(feedbell)).values()];
    const ingest = resources.filter(({ Properties }) => Properties["Runtime"] === "nodejs24.x");
    expect(ingest).toHaveLength(1);
    const variables = ingest.map(
      ({ Properties }) => Properties["Environment"] as { Variables: Record<string, string> },
    );
    return variables[0]?.Variables ?? {};
  };

  it("knows names and ARNs from its environment, which stays far below 4 KB however much is configured", () => {
    const names = Array.from({ length: 60 }, (_, index) => `audience-number-${index}`);
    const audiences = names.map((name) => ({ name, cadence: "each" }));
    const feeds = Object.fromEntries(names.map((name) => [name, { title: "x".repeat(200) }]));
    const variables = environment({ audiences, feeds, deployment: { stackName: "s".repeat(35) } });
    expect(new Set(Object.keys(variables))).toEqual(
      new Set(["NODE_OPTIONS", "QUEUE_URL", "TABLE_NAME", "TOPIC_ARN_PREFIX"]),
    );
    expect(Object.entries(variables).flat().join("").length).toBeLessThan(1024);
  });

  it("finds every topic by its audience's name after the prefix in its environment", () => {
    const feedbell = { deployment: { stackName: "news" } };
    expect(environment(feedbell)["TOPIC_ARN_PREFIX"]).toBe("arn:aws:sns:eu-central-1:111122223333:news-");
    const names = propertiesOf("AWS::SNS::Topic", templateOf(feedbell)).map(({ TopicName }) => TopicName);
    expect(names).toEqual(["news-alerts", "news-digest"]);
  });

  it("keeps its log as long as configured", () => {
    templateOf({ deployment: { logDays: 7 } }).hasResourceProperties("AWS::Logs::LogGroup", {
      RetentionInDays: 7,
    });
    const names = Object.keys(usual.findResources("AWS::Logs::LogGroup"));
    usual.hasResourceProperties("AWS::Lambda::Function", {
      Runtime: "nodejs24.x",
      LoggingConfig: { LogGroup: { Ref: names[0] } },
    });
  });

  it("is traced where that is configured", () => {
    const template = templateOf({ deployment: { tracing: true } });
    template.hasResourceProperties("AWS::Lambda::Function", { TracingConfig: { Mode: "Active" } });
  });
});

describe("the ledger", () => {
  it("is paid for by use, forgets by itself, can be restored and outlives the stack", () => {
    usual.resourceCountIs("AWS::DynamoDB::Table", 1);
    usual.hasResource("AWS::DynamoDB::Table", {
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: {
        KeySchema: [
          { AttributeName: "pk", KeyType: "HASH" },
          { AttributeName: "sk", KeyType: "RANGE" },
        ],
        AttributeDefinitions: [
          { AttributeName: "pk", AttributeType: "S" },
          { AttributeName: "sk", AttributeType: "S" },
        ],
        BillingMode: "PAY_PER_REQUEST",
        TimeToLiveSpecification: { AttributeName: "expires", Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: true,
      },
    });
  });
});

describe("the topics", () => {
  it("are one per audience, encrypted, under the name that readers see", () => {
    const template = templateOf({
      audiences: [
        { name: "city-desk", cadence: "each", displayName: "City" },
        { name: "sports", cadence: "upload" },
      ],
      deployment: { stackName: "paper" },
    });
    expect(propertiesOf("AWS::SNS::Topic", template)).toEqual([
      { TopicName: "paper-city-desk", DisplayName: "City", KmsMasterKeyId: "alias/aws/sns" },
      { TopicName: "paper-sports", KmsMasterKeyId: "alias/aws/sns" },
    ]);
    template.hasOutput("TopicCityDesk", { Value: { Ref: Match.stringLikeRegexp("citydesk") } });
    template.hasOutput("TopicSports", { Value: { Ref: Match.stringLikeRegexp("sports") } });
  });
});

describe("the outputs", () => {
  it("name bucket, topics, queues, table and function", () => {
    const topics = defaults.audiences.map(({ name }) => `Topic${pascalCase(name)}`);
    const others = ["BucketName", "IntakeQueueUrl", "DeadLetterQueueUrl", "TableName", "FunctionName"];
    expect(Object.keys(usual.findOutputs("*")).sort()).toEqual([...topics, ...others].sort());
  });
});

describe("the alarms", () => {
  const runbook = readFileSync(new URL("../../infra/RUNBOOK.md", import.meta.url), "utf8");
  const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

  it("each name a heading of the runbook, and every heading is named", () => {
    const named = propertiesOf("AWS::CloudWatch::Alarm").map(
      ({ AlarmDescription }) => /infra\/RUNBOOK\.md, "(.+)"/.exec(String(AlarmDescription))?.[1],
    );
    expect(named.length).toBeGreaterThan(0);
    expect(new Set(named)).toEqual(new Set(headings));
    expect(named).toHaveLength(headings.length);
  });

  it("go off at the first dead letter", () => {
    usual.hasResourceProperties("AWS::CloudWatch::Alarm", {
      Namespace: "AWS/SQS",
      MetricName: "ApproximateNumberOfMessagesVisible",
      Dimensions: [
        { Name: "QueueName", Value: { "Fn::GetAtt": [Match.stringLikeRegexp("DeadLetters"), "QueueName"] } },
      ],
      Statistic: "Maximum",
      ComparisonOperator: "GreaterThanThreshold",
      Threshold: 0,
      EvaluationPeriods: 1,
    });
  });

  it("don't go off at the first error, nor where nothing happens", () => {
    usual.hasResourceProperties("AWS::CloudWatch::Alarm", { MetricName: "Errors", EvaluationPeriods: 3 });
    usual.allResourcesProperties("AWS::CloudWatch::Alarm", { TreatMissingData: "notBreaching" });
  });

  it.each([1, 120, 900])(
    "with a time-out of %i s allow a snapshot three attempts before they call it late",
    (timeoutSeconds) => {
      const late = propertiesOf("AWS::CloudWatch::Alarm", templateOf({ timeoutSeconds })).find(
        ({ MetricName }) => MetricName === "ApproximateAgeOfOldestMessage",
      );
      expect(Number(late?.["Threshold"])).toBeGreaterThanOrEqual(3 * visibilitySeconds(timeoutSeconds));
    },
  );

  it("tell the configured topic, and nobody where none is configured", () => {
    const alarmTopicArn = "arn:aws:sns:eu-central-1:111122223333:operators";
    templateOf({ deployment: { alarmTopicArn } }).allResourcesProperties("AWS::CloudWatch::Alarm", {
      AlarmActions: [alarmTopicArn],
      OKActions: [alarmTopicArn],
    });
    usual.allResourcesProperties("AWS::CloudWatch::Alarm", { AlarmActions: Match.absent() });
  });
});

describe("the tags", () => {
  it("stand on what can carry them", () => {
    const template = templateOf({ deployment: { tags: { team: "news" } } });
    for (const type of ["AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::DynamoDB::Table"]) {
      template.allResourcesProperties(type, { Tags: [{ Key: "team", Value: "news" }] });
    }
    template.hasResourceProperties("AWS::Lambda::Function", { Tags: [{ Key: "team", Value: "news" }] });
  });
});
