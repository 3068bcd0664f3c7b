/* oxlint-disable vitest/expect-expect -- CDK's template assertions throw by themselves */
import { Match, type Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { visibilitySeconds } from "../../functions/core/configuration.ts";
import { defaults, parseConfiguration } from "../../infra/config/configuration.ts";
import { topicOutput } from "../../infra/config/output-names.ts";
import { missingRegistrations } from "../../infra/sms.ts";
import { resolved } from "../support/resolved.ts";
import { synthesized, templateOf } from "../support/synthesized.ts";

const usual = templateOf();
const day = 86_400;

type Properties = Readonly<Record<string, unknown>>;

const propertiesOf = (type: string, template = usual): readonly Properties[] =>
  Object.values(template.findResources(type)).map((resource) => resource["Properties"] as Properties);

/** The properties of the one resource of a type whose logical id begins like this. */
function one(type: string, start: string, template: Template = usual): Properties {
  const found = Object.entries(template.findResources(type)).filter(([id]) => id.startsWith(start));
  if (found.length !== 1) throw new Error(`expected one ${type} ${start}, found ${found.length}`);
  return found[0]?.[1]["Properties"] as Properties;
}

const queueNames = [
  "IntakeQueue",
  "IntakeDeadLetters",
  "OutboxQueue",
  "OutboxDeadLetters",
  "SchedulesSlots",
  "SchedulesDeadLetters",
  "SchedulesFailures",
  "WatchFailures",
];
const queue = (name: string, template = usual) => one("AWS::SQS::Queue", name, template);
const functionNames = ["IntakeIngest", "DeliveryDeliver", "SchedulesDigest", "Watch"];
const functionOf = (name: string, template = usual) =>
  one("AWS::Lambda::Function", `${name}Function`, template);

describe("the bucket", () => {
  it("is private, encrypted and versioned", () => {
    usual.resourceCountIs("AWS::S3::Bucket", 1);
    usual.hasResourceProperties("AWS::S3::Bucket", {
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
    });
  });

  const rules = (template = usual) => {
    const { Rules } = one("AWS::S3::Bucket", "Snapshots", template)["LifecycleConfiguration"] as {
      Rules: readonly Properties[];
    };
    return new Map(Rules.map((rule) => [rule["Id"], rule]));
  };

  it.each([24, 72, 73])(
    "keeps every version that a queue message can still name, with %i hours of retries",
    (retryHours) => {
      const template = templateOf({ retryHours, deployment: { quarantineDays: 25 } });
      const retention = (name: string) => Number(queue(name, template)["MessageRetentionPeriod"]) / day;
      const days = retention("IntakeDeadLetters") + retention("IntakeQueue") + Math.ceil(retryHours / 24);
      expect(rules(template).get("snapshots")).toMatchObject({
        Prefix: "snapshots/",
        Status: "Enabled",
        ExpirationInDays: 30,
        NoncurrentVersionExpiration: { NoncurrentDays: days },
      });
      expect(rules(template).get("quarantine")).toMatchObject({
        Prefix: "quarantine/",
        Status: "Enabled",
        ExpirationInDays: 25,
        NoncurrentVersionExpiration: { NoncurrentDays: 25 },
      });
    },
  );

  it("keeps plans for 60 days, longer than a message can wait in the outbox and after one redrive", () => {
    expect(rules().get("plans")).toMatchObject({
      Prefix: "plans/",
      Status: "Enabled",
      ExpirationInDays: 60,
    });
    const waits = ["OutboxQueue", "OutboxDeadLetters", "OutboxQueue"].map(
      (name) => Number(queue(name)["MessageRetentionPeriod"]) / day,
    );
    expect(waits.reduce((sum, days) => sum + days)).toBeLessThan(60);
  });

  it("deletes what incomplete uploads and deletions leave", () => {
    expect(rules().get("leftovers")).toMatchObject({
      Status: "Enabled",
      ExpiredObjectDeleteMarker: true,
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
    });
    expect(rules().size, "every rule is checked").toBe(4);
  });

  it("sends events of objects that are created under snapshots/, and no others, to the intake queue", () => {
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

  it("gets its notifications after both policies, because S3 checks the queue's and can't change two settings at once", () => {
    usual.hasResource("Custom::S3BucketNotifications", {
      DependsOn: Match.arrayWith([
        Match.stringLikeRegexp("^IntakeQueuePolicy"),
        Match.stringLikeRegexp("^SnapshotsPolicy"),
      ]),
    });
  });
});

describe("the queues", () => {
  it("are all tested here", () => {
    const ids = Object.keys(usual.findResources("AWS::SQS::Queue"));
    expect(ids).toHaveLength(queueNames.length);
    for (const name of queueNames) queue(name);
  });

  it.each(queueNames)("%s is encrypted with a key under which S3 and the scheduler can send", (name) => {
    expect(queue(name)).toMatchObject({ SqsManagedSseEnabled: true });
    expect(queue(name)).not.toHaveProperty("KmsMasterKeyId");
  });

  it.each([
    ["IntakeQueue", "IntakeDeadLetters", 20],
    ["OutboxQueue", "OutboxDeadLetters", 1000],
    ["SchedulesSlots", "SchedulesDeadLetters", 20],
  ])("%s moves a message to %s after %i receives", (name, deadLetters, maxReceiveCount) => {
    expect(queue(name)["RedrivePolicy"]).toEqual({
      deadLetterTargetArn: { "Fn::GetAtt": [expect.stringMatching(`^${deadLetters}`), "Arn"] },
      maxReceiveCount,
    });
  });

  it.each([
    "IntakeDeadLetters",
    "OutboxQueue",
    "OutboxDeadLetters",
    "SchedulesDeadLetters",
    "SchedulesFailures",
    "WatchFailures",
  ])("%s keeps a message for 14 days, the longest time that SQS allows", (name) => {
    expect(queue(name)["MessageRetentionPeriod"]).toBe(14 * day);
  });

  it.each(["IntakeQueue", "SchedulesSlots"])(
    "%s keeps a message for less time than its dead-letter queue, and for more than three attempts",
    (name) => {
      const seconds = Number(queue(name)["MessageRetentionPeriod"]);
      expect(seconds).toBeLessThan(14 * day);
      expect(seconds).toBeGreaterThan(3 * visibilitySeconds(900));
    },
  );

  it.each(["OutboxQueue", "OutboxDeadLetters"])("%s is FIFO with high throughput", (name) => {
    expect(queue(name)).toMatchObject({
      FifoQueue: true,
      DeduplicationScope: "messageGroup",
      FifoThroughputLimit: "perMessageGroupId",
    });
    expect(queue(name), "the sender gives each message its id").not.toHaveProperty(
      "ContentBasedDeduplication",
    );
  });

  it.each([8, 30, 120, 900])(
    "hide a received message for six times the function's time-out, with timeoutSeconds %i",
    (timeoutSeconds) => {
      const template = templateOf({ timeoutSeconds });
      expect(functionOf("IntakeIngest", template)["Timeout"]).toBe(timeoutSeconds);
      expect(queue("IntakeQueue", template)["VisibilityTimeout"]).toBe(6 * timeoutSeconds);
      expect(functionOf("SchedulesDigest", template)["Timeout"]).toBe(timeoutSeconds);
      expect(queue("SchedulesSlots", template)["VisibilityTimeout"]).toBe(6 * timeoutSeconds);
      const deliver = Number(functionOf("DeliveryDeliver", template)["Timeout"]);
      expect(deliver).toBe(Math.min(60, timeoutSeconds));
      expect(queue("OutboxQueue", template)["VisibilityTimeout"]).toBe(6 * deliver);
    },
  );
});

describe("the functions", () => {
  it("are four besides CDK's own", () => {
    const ids = Object.keys(usual.findResources("AWS::Lambda::Function"));
    expect(ids.filter((id) => !id.startsWith("BucketNotificationsHandler"))).toHaveLength(4);
  });

  it.each([
    ["IntakeIngest", "ingest.handler", 2048],
    ["DeliveryDeliver", "deliver.handler", 256],
    ["SchedulesDigest", "digest.handler", 640],
    ["Watch", "watch.handler", 512],
  ])("%s runs %s on Node 24 and arm64, and has %d MB", (name, Handler, MemorySize) => {
    const template = templateOf({ deployment: { memory: { ingest: 2048, digest: 640 } } });
    expect(functionOf(name, template)).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler,
      MemorySize,
    });
    expect(functionOf(name, template)).not.toHaveProperty("TracingConfig");
  });

  it("have an asset each, so that a function contains only its own code", () => {
    const keys = functionNames.map((name) => (functionOf(name)["Code"] as { S3Key: string }).S3Key);
    expect(new Set(keys).size).toBe(4);
  });

  it("may loop only where their own counter bounds it: ingest and digest retry by messages to their own queues", () => {
    const recursive = functionNames.map((name) => functionOf(name)["RecursiveLoop"]);
    expect(recursive).toEqual(["Allow", undefined, "Allow", undefined]);
  });

  it.each(functionNames)("%s keeps its log as long as configured, in a group of its own", (name) => {
    const template = templateOf({ deployment: { logDays: 7 } });
    expect(one("AWS::Logs::LogGroup", `${name}Log`, template)).toMatchObject({ RetentionInDays: 7 });
    expect(functionOf(name, template)["LoggingConfig"]).toEqual({
      LogGroup: { Ref: expect.stringMatching(`^${name}Log`) },
    });
  });

  it("CDK's own function has such a log group too, so that no name of a log is derived from a function's", () => {
    const template = templateOf({ deployment: { logDays: 7, stackName: "s".repeat(100) } });
    const functions = Object.values(template.findResources("AWS::Lambda::Function"));
    expect(functions).toHaveLength(5);
    const groups = functions.map(({ Properties }) => {
      const { LogGroup } = (Properties as Properties)["LoggingConfig"] as { LogGroup: { Ref: string } };
      return LogGroup.Ref;
    });
    expect(groups.toSorted()).toEqual(Object.keys(template.findResources("AWS::Logs::LogGroup")).toSorted());
    // CloudFormation makes the name from stack name, logical id and a random part; a log group may have 512 characters.
    for (const group of groups) expect("s".repeat(100).length + group.length + 20).toBeLessThan(512);
    template.allResourcesProperties("AWS::Logs::LogGroup", {
      RetentionInDays: 7,
      LogGroupName: Match.absent(),
    });
  });

  it.each(functionNames)("%s is traced if configured", (name) => {
    const template = templateOf({ deployment: { tracing: true } });
    expect(functionOf(name, template)["TracingConfig"]).toEqual({ Mode: "Active" });
  });

  it("ingest is invoked by the intake queue with one snapshot at a time", () => {
    const template = templateOf({ deployment: { maximumConcurrency: 7 } });
    expect(one("AWS::Lambda::EventSourceMapping", "IntakeIngest", template)).toEqual({
      EventSourceArn: { "Fn::GetAtt": [expect.stringMatching("^IntakeQueue"), "Arn"] },
      FunctionName: { Ref: expect.stringMatching("^IntakeIngestFunction") },
      BatchSize: 1,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: 7 },
    });
  });

  it("deliver is invoked by the outbox with up to ten messages, and reports each failure", () => {
    const template = templateOf({ deployment: { maximumConcurrency: 7 } });
    expect(one("AWS::Lambda::EventSourceMapping", "DeliveryDeliver", template)).toEqual({
      EventSourceArn: { "Fn::GetAtt": [expect.stringMatching("^OutboxQueue"), "Arn"] },
      FunctionName: { Ref: expect.stringMatching("^DeliveryDeliverFunction") },
      BatchSize: 10,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: 7 },
    });
    usual.resourceCountIs("AWS::Lambda::EventSourceMapping", 3);
  });

  it("digest is invoked by the slots queue with one slot at a time", () => {
    expect(one("AWS::Lambda::EventSourceMapping", "SchedulesDigest")).toEqual({
      EventSourceArn: { "Fn::GetAtt": [expect.stringMatching("^SchedulesSlots"), "Arn"] },
      FunctionName: { Ref: expect.stringMatching("^SchedulesDigestFunction") },
      BatchSize: 1,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });
});

describe("watch", () => {
  it("is invoked every hour with the scheduled time, and a failed invocation goes to a queue", () => {
    usual.resourceCountIs("AWS::Scheduler::Schedule", 1);
    usual.hasResourceProperties("AWS::Scheduler::Schedule", {
      ScheduleExpression: "rate(1 hour)",
      State: "ENABLED",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: {
        Arn: { "Fn::GetAtt": [Match.stringLikeRegexp("^WatchFunction"), "Arn"] },
        Input: '{"slot":"<aws.scheduler.scheduled-time>"}',
        DeadLetterConfig: { Arn: { "Fn::GetAtt": [Match.stringLikeRegexp("^WatchFailures"), "Arn"] } },
      },
    });
    usual.hasResourceProperties("AWS::Lambda::EventInvokeConfig", {
      FunctionName: { Ref: Match.stringLikeRegexp("^WatchFunction") },
      Qualifier: "$LATEST",
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 3600,
      DestinationConfig: {
        OnFailure: { Destination: { "Fn::GetAtt": [Match.stringLikeRegexp("^WatchFailures"), "Arn"] } },
      },
    });
  });

  it("has a schedule group that is deleted with the stack", () => {
    usual.hasResource("AWS::Scheduler::ScheduleGroup", { DeletionPolicy: "Delete" });
  });
});

describe("the schedules of audiences", () => {
  const template = templateOf({
    audiences: [
      { name: "alerts", mode: "alerts" },
      { name: "night", mode: "alerts", quietHours: "22:00-07:00", timeZone: "Europe/Berlin" },
      { name: "busy", mode: "alerts", maxPerHour: 20 },
      { name: "upload", mode: "digest" },
      { name: "daily", mode: "digest", schedule: "daily 07:00", timeZone: "Asia/Shanghai" },
      { name: "first", mode: "digest", schedule: "cron(0 12 ? * MON#1 *)", timeZone: "America/New_York" },
    ],
  });
  const schedules = propertiesOf("AWS::Scheduler::Schedule", template).filter(({ Name }) => Name);

  it("are one for each audience for which entries wait, under its name, in its time zone", () => {
    expect(
      schedules.map(({ Name, ScheduleExpression, ScheduleExpressionTimezone }) => [
        Name,
        ScheduleExpression,
        ScheduleExpressionTimezone,
      ]),
    ).toEqual([
      ["night", "cron(0 7 * * ? *)", "Europe/Berlin"],
      ["busy", "cron(0 * * * ? *)", "UTC"],
      ["daily", "cron(0 7 * * ? *)", "Asia/Shanghai"],
      ["first", "cron(0 12 ? * MON#1 *)", "America/New_York"],
    ]);
    expect(propertiesOf("AWS::Scheduler::Schedule"), "without any, only watch has one").toHaveLength(1);
  });

  it("send audience and slot to the slots queue, and what can't be sent within a day to another", () => {
    for (const { Name, Target, State, FlexibleTimeWindow } of schedules) {
      expect([State, FlexibleTimeWindow]).toEqual(["ENABLED", { Mode: "OFF" }]);
      expect(Target).toEqual({
        Arn: { "Fn::GetAtt": [expect.stringMatching("^SchedulesSlots"), "Arn"] },
        RoleArn: { "Fn::GetAtt": [expect.stringMatching("^SchedulesRole"), "Arn"] },
        Input: `{"audience":"${String(Name)}","slot":"<aws.scheduler.scheduled-time>"}`,
        RetryPolicy: { MaximumEventAgeInSeconds: day, MaximumRetryAttempts: 185 },
        DeadLetterConfig: { Arn: { "Fn::GetAtt": [expect.stringMatching("^SchedulesFailures"), "Arn"] } },
        SqsParameters: {},
      });
    }
  });

  it("are in a group of their own, which is deleted with the stack", () => {
    const groups = new Set(schedules.map(({ GroupName }) => JSON.stringify(GroupName)));
    expect([...groups]).toEqual([expect.stringContaining("Schedules-Group")]);
    template.allResources("AWS::Scheduler::ScheduleGroup", { DeletionPolicy: "Delete" });
    template.resourceCountIs("AWS::Scheduler::ScheduleGroup", 2);
  });

  it("share one role, which only that group can assume", () => {
    expect(one("AWS::IAM::Role", "SchedulesRole", template)["AssumeRolePolicyDocument"]).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Action: "sts:AssumeRole",
          Effect: "Allow",
          Principal: { Service: "scheduler.amazonaws.com" },
          Condition: {
            StringEquals: {
              "aws:SourceAccount": { Ref: "AWS::AccountId" },
              "aws:SourceArn": { "Fn::GetAtt": [expect.stringMatching("^SchedulesGroup"), "Arn"] },
            },
          },
        },
      ],
    });
  });
});

describe("the functions' environment", () => {
  const environments = (feedbell: unknown) => {
    const resources = [...resolved(synthesized(feedbell)).values()];
    return new Map(
      resources.flatMap(({ Properties }) => {
        if (Properties["Runtime"] !== "nodejs24.x") return [];
        const { Variables } = Properties["Environment"] as { Variables: Record<string, string> };
        return [[String(Properties["Handler"]).split(".")[0], Variables] as const];
      }),
    );
  };

  it("has names and ARNs only, and stays far below 4 KB for every configuration", () => {
    const names = Array.from({ length: 60 }, (_, index) => `audience-number-${index}`);
    const audiences = names.map((name) => ({ name, mode: "alerts" }));
    const feeds = Object.fromEntries(names.map((name) => [name, { title: "x".repeat(200) }]));
    const found = environments({ audiences, feeds, deployment: { stackName: "s".repeat(35) } });
    const variables = new Map([...found].map(([name, given]) => [name, Object.keys(given).sort()]));
    expect(variables).toEqual(
      new Map([
        ["ingest", ["BUCKET_NAME", "INTAKE_URL", "OUTBOX_URL", "STACK_NAME", "TABLE_NAME"]],
        ["deliver", ["BUCKET_NAME", "OUTBOX_URL", "STACK_NAME", "TABLE_NAME", "TOPIC_ARN_PREFIX"]],
        ["digest", ["BUCKET_NAME", "OUTBOX_URL", "SLOTS_URL", "STACK_NAME", "TABLE_NAME"]],
        ["watch", ["BUCKET_NAME", "OUTBOX_URL", "STACK_NAME", "TABLE_NAME", "TOPIC_ARN_PREFIX"]],
      ]),
    );
    for (const given of found.values())
      expect(Object.entries(given).flat().join("").length).toBeLessThan(1024);
  });

  it("has a prefix that gives every topic's ARN with its audience's name", () => {
    const feedbell = { deployment: { stackName: "news" } };
    const prefix = environments(feedbell).get("deliver")?.["TOPIC_ARN_PREFIX"];
    expect(prefix).toBe("arn:aws:sns:eu-central-1:111122223333:news-");
    const names = propertiesOf("AWS::SNS::Topic", templateOf(feedbell)).map(({ TopicName }) => TopicName);
    expect(names).toEqual(["news-alerts", "news-digest"]);
  });
});

describe("the ledger", () => {
  it("is billed by use, deletes expired items, and can be restored", () => {
    usual.resourceCountIs("AWS::DynamoDB::Table", 1);
    usual.hasResourceProperties("AWS::DynamoDB::Table", {
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
    });
  });
});

describe("the topics", () => {
  it("are one per audience, encrypted, with the name that readers see", () => {
    const template = templateOf({
      audiences: [
        { name: "city-desk", mode: "alerts", displayName: "City" },
        { name: "sports", mode: "digest" },
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

describe("encryption with the customer's key", () => {
  const template = templateOf({
    deployment: { encryption: "customer", operators: ["ops@example.org"] },
  });
  const key = { "Fn::GetAtt": [expect.stringMatching(/^EncryptionKey/) as string, "Arn"] };

  it("has one key that is rotated every year and retained, because what the stack leaves can't be read without it", () => {
    template.resourceCountIs("AWS::KMS::Key", 1);
    template.hasResource("AWS::KMS::Key", {
      Properties: { EnableKeyRotation: true },
      DeletionPolicy: "RetainExceptOnCreate",
      UpdateReplacePolicy: "Retain",
    });
    template.hasOutput("KeyArn", { Value: { "Fn::GetAtt": Match.anyValue() } });
    usual.resourceCountIs("AWS::KMS::Key", 0);
  });

  it("covers every queue and topic, the table and the bucket, whose bucket key saves calls", () => {
    for (const properties of propertiesOf("AWS::SQS::Queue", template)) {
      expect(properties).toMatchObject({ KmsMasterKeyId: key });
      expect(properties).not.toHaveProperty("SqsManagedSseEnabled");
    }
    const topics = propertiesOf("AWS::SNS::Topic", template);
    expect(topics).toHaveLength(3);
    for (const properties of topics) expect(properties).toMatchObject({ KmsMasterKeyId: key });
    expect(one("AWS::DynamoDB::Table", "Ledger", template)["SSESpecification"]).toEqual({
      SSEEnabled: true,
      SSEType: "KMS",
      KMSMasterKeyId: key,
    });
    expect(one("AWS::S3::Bucket", "Snapshots", template)["BucketEncryption"]).toEqual({
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: key },
        },
      ],
    });
  });

  it("uses the key of an earlier stack if one is adopted", () => {
    const arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const adopting = templateOf({ deployment: { encryption: "customer", adopt: { key: arn } } });
    adopting.resourceCountIs("AWS::KMS::Key", 0);
    adopting.allResourcesProperties("AWS::SQS::Queue", { KmsMasterKeyId: arn });
  });
});

describe("access logs", () => {
  it("are in a private, encrypted bucket of their own, as long as other logs, and retained", () => {
    const template = templateOf({ deployment: { accessLogs: true, logDays: 7 } });
    template.resourceCountIs("AWS::S3::Bucket", 2);
    expect(one("AWS::S3::Bucket", "SnapshotsBucket", template)["LoggingConfiguration"]).toEqual({
      DestinationBucketName: { Ref: expect.stringMatching(/^SnapshotsAccessLogs/) as string },
    });
    template.hasResource("AWS::S3::Bucket", {
      Properties: {
        LifecycleConfiguration: { Rules: [{ Id: "logs", ExpirationInDays: 7, Status: "Enabled" }] },
        // S3 delivers no access logs to a bucket under a customer's key.
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
        },
        PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
      },
      DeletionPolicy: "RetainExceptOnCreate",
    });
  });

  it("are off by default", () => {
    usual.allResourcesProperties("AWS::S3::Bucket", { LoggingConfiguration: Match.absent() });
  });
});

describe("the outputs", () => {
  it("name bucket, topics, queues, table and functions", () => {
    const topics = defaults.audiences.map(({ name }) => topicOutput(name));
    const others = [
      "BucketName",
      "IntakeQueueUrl",
      "DeadLetterQueueUrl",
      "OutboxQueueUrl",
      "OutboxDeadLetterQueueUrl",
      "SlotsQueueUrl",
      "SlotsDeadLetterQueueUrl",
      "ScheduleFailuresQueueUrl",
      "WatchFailuresQueueUrl",
      "DeadLetterQueueArn",
      "OutboxDeadLetterQueueArn",
      "SlotsDeadLetterQueueArn",
      "DeliverLogGroupName",
      "DigestLogGroupName",
      "WatchLogGroupName",
      "DashboardName",
      "TableName",
      "SmsLoggingRoleArn",
      "UploaderPolicy",
      "IngestFunctionName",
      "IngestLogGroupName",
      "DeliverFunctionName",
      "DigestFunctionName",
      "WatchFunctionName",
    ];
    expect(Object.keys(usual.findOutputs("*")).sort()).toEqual([...topics, ...others].sort());
  });
});

describe("SMS", () => {
  it("may be logged by SNS for this account, in the log groups of SNS only", () => {
    usual.hasResourceProperties("AWS::IAM::Role", {
      Description: "Lets SNS log what becomes of SMS",
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
            Effect: "Allow",
            Principal: { Service: "sns.amazonaws.com" },
          },
        ],
      },
    });
    const [policy] = propertiesOf("AWS::IAM::Policy").filter(({ PolicyName }) =>
      String(PolicyName).startsWith("SmsLogging"),
    );
    expect(JSON.stringify(policy)).toContain(":log-group:sns/");
  });

  const sms = { parts: {}, countries: ["US", "IN"] };
  const ids = { senderId: "FERRY", entityId: "1", templateId: "2", originationNumber: "+12025550123" };

  it.each<[object, readonly string[]]>([
    [{}, []],
    [{ countries: ["DE"] }, []],
    [sms, ["sms.originationNumber", "sms.senderId, sms.entityId and sms.templateId"]],
    [{ ...sms, ...ids }, []],
    [{ ...sms, ...ids, templateId: undefined }, ["sms.senderId, sms.entityId and sms.templateId"]],
  ])("%j: what a country requires and is missing is a warning at synthesis", (settings, missing) => {
    const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
    const { audiences } = parseConfiguration({ audiences: [{ name: "a", mode: "alerts", sms: given }] });
    const warnings = audiences.flatMap((audience) => [...missingRegistrations(audience)]);
    expect(warnings).toEqual(missing.map((names) => expect.stringContaining(`Set ${names}`) as unknown));
  });
});

describe("the tags", () => {
  it("are on every resource that supports them", () => {
    const template = templateOf({ deployment: { tags: { team: "news" } } });
    for (const type of ["AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::DynamoDB::Table"]) {
      template.allResourcesProperties(type, { Tags: [{ Key: "team", Value: "news" }] });
    }
    for (const name of functionNames)
      expect(functionOf(name, template)["Tags"]).toEqual([{ Key: "team", Value: "news" }]);
  });
});
