import { runSimulation } from "@cloud-copilot/iam-simulate";
import { describe, expect, it } from "vitest";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import { account, region, resolved } from "../support/resolved.ts";
import { sdkCommands } from "../support/sdk-commands.ts";
import { synthesized } from "../support/synthesized.ts";

const resources = resolved(synthesized({ deployment: { stackName: "news" } }));

const ids = (type: string, pattern: RegExp): string => {
  const found = [...resources]
    .filter(([id, { Type }]) => Type === type && pattern.test(id))
    .map(([id]) => id);
  if (found.length !== 1)
    throw new Error(`expected one ${type} like ${pattern}, found ${found.join(", ") || "none"}`);
  return String(found[0]);
};

const bucket = `arn:aws:s3:::${ids("AWS::S3::Bucket", /./).toLowerCase()}`;
const table = `arn:aws:dynamodb:${region}:${account}:table/${ids("AWS::DynamoDB::Table", /./)}`;
const sqs = (pattern: RegExp) => `arn:aws:sqs:${region}:${account}:${ids("AWS::SQS::Queue", pattern)}`;
const sns = (name: string) => `arn:aws:sns:${region}:${account}:${name}`;
const intake = sqs(/IntakeQueue/);
const deadLetters = sqs(/DeadLetters/);
const log = `arn:aws:logs:${region}:${account}:log-group:${ids("AWS::Logs::LogGroup", /./)}`;

type Document = { readonly Statement: readonly Record<string, unknown>[] };

const policiesOf = (role: string) =>
  [...resources]
    .filter(
      ([, { Type, Properties }]) =>
        Type === "AWS::IAM::Policy" && (Properties["Roles"] as string[]).includes(role),
    )
    .map(([name, { Properties }]) => ({ name, policy: Properties["PolicyDocument"] as Document }));

/** The resource's own policy, if it has one. */
const resourcePolicy = (type: string, key: string, id: string): Document | undefined =>
  [...resources.values()].find(
    ({ Type, Properties }) => Type === type && [Properties[key]].flat().includes(id),
  )?.Properties["PolicyDocument"] as Document | undefined;

interface Request {
  readonly principal?: string;
  readonly role?: string;
  readonly action: string;
  readonly resource: string;
  readonly policy?: Document | undefined;
  readonly context?: Readonly<Record<string, string>>;
}

async function decide({ role, principal, action, resource, policy, context }: Request): Promise<string> {
  const result = await runSimulation(
    {
      request: {
        principal: principal ?? `arn:aws:iam::${account}:role/${role}`,
        action,
        resource: { resource, accountId: account },
        contextVariables: { "aws:SecureTransport": "true", ...context },
      },
      identityPolicies: role === undefined ? [] : policiesOf(role),
      resourcePolicy: policy,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (result.resultType === "error") throw new Error(JSON.stringify(result.errors));
  return result.overallResult;
}

const ingest = ids("AWS::IAM::Role", /IntakeRole/);
const notifier = ids("AWS::IAM::Role", /Notifier/);

describe("the ingest function", () => {
  const may: readonly [string, string][] = [
    ["s3:GetObject", `${bucket}/snapshots/voa/2024-01-25.md`],
    ["s3:GetObjectVersion", `${bucket}/snapshots/voa/2024-01-25.md`],
    ["s3:ListBucket", bucket],
    ["s3:PutObject", `${bucket}/quarantine/voa/2024-01-25.md`],
    ["s3:PutObject", `${bucket}/quarantine/voa/2024-01-25.md.reason.json`],
    ["sqs:ReceiveMessage", intake],
    ["sqs:DeleteMessage", intake],
    ["sqs:ChangeMessageVisibility", intake],
    ["sqs:SendMessage", intake],
    ["dynamodb:GetItem", table],
    ["dynamodb:BatchGetItem", table],
    ["dynamodb:PutItem", table],
    ["dynamodb:UpdateItem", table],
    ["sns:Publish", sns("news-alerts")],
    ["sns:Publish", sns("news-digest")],
    ["logs:CreateLogStream", `${log}:log-stream:x`],
    ["logs:PutLogEvents", `${log}:log-stream:x`],
  ];

  it.each(may)("may %s on %s", async (action, resource) => {
    expect(await decide({ role: ingest, action, resource })).toBe("Allowed");
  });

  const mayNot: readonly [string, string, string][] = [
    ["write into the prefix that it reads: that would loop", "s3:PutObject", `${bucket}/snapshots/voa/x.md`],
    ["read what it has quarantined", "s3:GetObject", `${bucket}/quarantine/voa/x.md`],
    ["read beside the prefix", "s3:GetObject", `${bucket}/snapshots-of-others/x.md`],
    ["delete a snapshot", "s3:DeleteObject", `${bucket}/snapshots/voa/x.md`],
    ["delete a version", "s3:DeleteObjectVersion", `${bucket}/snapshots/voa/x.md`],
    ["read another bucket", "s3:GetObjectVersion", "arn:aws:s3:::another-bucket/snapshots/x.md"],
    ["change the bucket's policy", "s3:PutBucketPolicy", bucket],
    ["change the bucket's notifications", "s3:PutBucketNotification", bucket],
    ["empty the intake queue", "sqs:PurgeQueue", intake],
    ["read the dead-letter queue", "sqs:ReceiveMessage", deadLetters],
    ["hide what failed", "sqs:DeleteMessage", deadLetters],
    ["read the whole table", "dynamodb:Scan", table],
    ["make the ledger forget", "dynamodb:DeleteItem", table],
    ["delete the table", "dynamodb:DeleteTable", table],
    ["switch the table's recovery off", "dynamodb:UpdateContinuousBackups", table],
    ["use another table", "dynamodb:GetItem", `arn:aws:dynamodb:${region}:${account}:table/another`],
    ["publish to another topic whose name starts alike", "sns:Publish", sns("news-alerts-of-others")],
    ["publish to another topic", "sns:Publish", sns("payments")],
    ["subscribe somebody", "sns:Subscribe", sns("news-alerts")],
    ["take on another role", "sts:AssumeRole", `arn:aws:iam::${account}:role/admin`],
    [
      "write to another log",
      "logs:PutLogEvents",
      `arn:aws:logs:${region}:${account}:log-group:another:log-stream:x`,
    ],
  ];

  it.each(mayNot)("may not %s", async (_, action, resource) => {
    expect(await decide({ role: ingest, action, resource })).toBe("ImplicitlyDenied");
  });
});

describe("the calls of the adapters", () => {
  /** Actions in IAM that a call of the SDK needs (Service Authorization Reference). */
  const actions: Readonly<Record<string, readonly string[]>> = {
    GetObjectCommand: ["s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket"],
    CopyObjectCommand: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:ListBucket"],
    PutObjectCommand: ["s3:PutObject"],
    GetItemCommand: ["dynamodb:GetItem"],
    BatchGetItemCommand: ["dynamodb:BatchGetItem"],
    PutItemCommand: ["dynamodb:PutItem"],
    UpdateItemCommand: ["dynamodb:UpdateItem"],
    PublishBatchCommand: ["sns:Publish"],
    SendMessageCommand: ["sqs:SendMessage"],
    ChangeMessageVisibilityCommand: ["sqs:ChangeMessageVisibility"],
  };
  /** What Lambda does in the function's name: polls the queue and keeps its log. */
  const lambdas = [
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibility",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
  ];

  it("are what the role allows, no more and no less", () => {
    const calls = sdkCommands("ingest");
    expect(calls.size).toBeGreaterThan(5);
    expect([...calls].filter((call) => !(call in actions))).toEqual([]);
    const needed = [...calls].flatMap((call) => actions[call] ?? []);
    const statements = policiesOf(ingest).flatMap(({ policy }) => policy.Statement);
    const allowed = statements.flatMap(({ Action }) => [Action].flat());
    expect(new Set(allowed)).toEqual(new Set([...needed, ...lambdas]));
  });
});

describe("the function that sets the bucket's notifications", () => {
  it("may do that and keep a log of its own", async () => {
    const own = `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/news-BucketNotificationsHandler050a-x:log-stream:y`;
    expect(await decide({ role: notifier, action: "s3:PutBucketNotification", resource: bucket })).toBe(
      "Allowed",
    );
    expect(await decide({ role: notifier, action: "logs:PutLogEvents", resource: own })).toBe("Allowed");
  });

  it.each([
    ["s3:PutBucketNotification", "arn:aws:s3:::another-bucket"],
    ["s3:GetObject", `${bucket}/snapshots/voa/x.md`],
    ["s3:PutBucketPolicy", bucket],
    ["sqs:SendMessage", intake],
  ])("may not %s on %s", async (action, resource) => {
    expect(await decide({ role: notifier, action, resource })).toBe("ImplicitlyDenied");
  });
});

describe("every role", () => {
  it("is one of those tested here, and only Lambda takes it on", () => {
    const roles = [...resources].filter(([, { Type }]) => Type === "AWS::IAM::Role");
    expect(roles.map(([id]) => id).sort()).toEqual([ingest, notifier].sort());
    for (const [, { Properties }] of roles) {
      expect(Properties["ManagedPolicyArns"], "AWS's managed policies reach every resource").toBeUndefined();
      expect(Properties["AssumeRolePolicyDocument"]).toMatchObject({
        Statement: [
          { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
        ],
      });
    }
  });

  it("is allowed no wildcard action and no wildcard resource", () => {
    const statements = [ingest, notifier].flatMap(policiesOf).flatMap(({ policy }) => policy.Statement);
    expect(statements.length).toBeGreaterThan(5);
    for (const { Action, Resource } of statements) {
      for (const action of [Action].flat()) expect(action).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
      for (const resource of [Resource].flat()) expect(resource).not.toBe("*");
    }
  });
});

describe("the policy that names each topic", () => {
  it("keeps within IAM's 10,240 characters for as many audiences as the configuration takes", () => {
    const audiences = (count: number) => ({
      audiences: Array.from({ length: count }, (_, index) => ({ name: `a${index}`, cadence: "each" })),
      deployment: { stackName: "s".repeat(100) },
    });
    const accepted = (count: number): boolean => {
      try {
        parseConfiguration(audiences(count));
        return true;
      } catch {
        return false;
      }
    };
    const most = Array.from({ length: 200 }, (_, index) => 200 - index).find(accepted) ?? 0;
    expect(most).toBeGreaterThan(40);
    const many = [...resolved(synthesized(audiences(most))).values()];
    const policies = many.filter(({ Type }) => Type === "AWS::IAM::Policy");
    for (const { Properties } of policies) {
      expect(JSON.stringify(Properties["PolicyDocument"]).length).toBeLessThan(10_240);
    }
    expect(JSON.stringify(policies)).toContain(`-a${most - 1}"`);
  });
});

describe("the intake queue", () => {
  const policy = resourcePolicy("AWS::SQS::QueuePolicy", "Queues", ids("AWS::SQS::Queue", /IntakeQueue/));
  const send: Request = {
    principal: "s3.amazonaws.com",
    action: "sqs:SendMessage",
    resource: intake,
    policy,
  };
  const ours = { "aws:SourceArn": bucket, "aws:SourceAccount": account };

  it("takes messages from S3 for this bucket in this account", async () => {
    expect(await decide({ ...send, context: ours })).toBe("Allowed");
  });

  it.each([
    ["another bucket", { ...ours, "aws:SourceArn": "arn:aws:s3:::another-bucket" }],
    ["a bucket of this name in another account", { ...ours, "aws:SourceAccount": "999999999999" }],
  ])("takes none for %s", async (_, context) => {
    expect(await decide({ ...send, context })).not.toBe("Allowed");
  });

  it("takes none from another service", async () => {
    expect(await decide({ ...send, principal: "sns.amazonaws.com", context: ours })).not.toBe("Allowed");
  });
});

describe("without TLS", () => {
  const plain = { "aws:SecureTransport": "false" };
  const bucketPolicy = resourcePolicy("AWS::S3::BucketPolicy", "Bucket", ids("AWS::S3::Bucket", /./));

  it.each<Request>([
    { action: "s3:GetObjectVersion", resource: `${bucket}/snapshots/voa/x.md`, policy: bucketPolicy },
    { action: "s3:ListBucket", resource: bucket, policy: bucketPolicy },
    ...[/IntakeQueue/, /DeadLetters/].map((pattern) => ({
      action: "sqs:ReceiveMessage",
      resource: sqs(pattern),
      policy: resourcePolicy("AWS::SQS::QueuePolicy", "Queues", ids("AWS::SQS::Queue", pattern)),
    })),
    ...["news-alerts", "news-digest"].map((name) => ({
      action: "sns:Publish",
      resource: sns(name),
      policy: resourcePolicy("AWS::SNS::TopicPolicy", "Topics", sns(name)),
    })),
  ])("nobody may $action on $resource", async (request) => {
    expect(request.policy).toBeDefined();
    expect(await decide({ ...request, role: ingest, context: plain })).toBe("ExplicitlyDenied");
  });
});
