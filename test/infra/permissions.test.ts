import { runSimulation } from "@cloud-copilot/iam-simulate";
import { describe, expect, it } from "vitest";
import { keys } from "../../functions/aws/ledger-items.ts";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import { account, region, resolved } from "../support/resolved.ts";
import { sdkCommands } from "../support/sdk-commands.ts";
import { synthesized } from "../support/synthesized.ts";

const audiences = [
  { name: "alerts", mode: "alerts" },
  { name: "digest", mode: "digest", schedule: "daily 07:00" },
];
const resources = resolved(synthesized({ audiences, deployment: { stackName: "news" } }));

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
const intake = sqs(/^IntakeQueue/);
const intakeDeadLetters = sqs(/^IntakeDeadLetters/);
const outbox = sqs(/^OutboxQueue/);
const outboxDeadLetters = sqs(/^OutboxDeadLetters/);
const slots = sqs(/^SchedulesSlots/);
const slotDeadLetters = sqs(/^SchedulesDeadLetters/);
const scheduleFailures = sqs(/^SchedulesFailures/);
const failures = sqs(/^WatchFailures/);
const log = (pattern: RegExp) =>
  `arn:aws:logs:${region}:${account}:log-group:${ids("AWS::Logs::LogGroup", pattern)}:log-stream:x`;
const watchFunction = `arn:aws:lambda:${region}:${account}:function:${ids("AWS::Lambda::Function", /^WatchFunction/)}`;

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
  readonly context?: Readonly<Record<string, string | string[]>>;
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

const roles = {
  ingest: ids("AWS::IAM::Role", /^IntakeIngest/),
  deliver: ids("AWS::IAM::Role", /^DeliveryDeliver/),
  digest: ids("AWS::IAM::Role", /^SchedulesDigestRole/),
  watch: ids("AWS::IAM::Role", /^WatchRole/),
  notifier: ids("AWS::IAM::Role", /Notifier/),
  sms: ids("AWS::IAM::Role", /^SmsLogging/),
  scheduler: ids("AWS::IAM::Role", /^WatchSchedulerRole/),
  schedules: ids("AWS::IAM::Role", /^SchedulesRole/),
};
const { notifier, scheduler, schedules } = roles;
const functionNames = ["ingest", "deliver", "digest", "watch"] as const;

type Granted = readonly [action: string, resource: string];
/** An action, its resource and, in the ledger, the partition key of the item. */
type Refused = readonly [what: string, action: string, resource: string];

const functions: Readonly<
  Record<
    (typeof functionNames)[number],
    { readonly may: readonly Granted[]; readonly mayNot: readonly Refused[] }
  >
> = {
  ingest: {
    may: [
      ["s3:GetObject", `${bucket}/snapshots/voa/2024-01-25.md`],
      ["s3:GetObjectVersion", `${bucket}/snapshots/voa/2024-01-25.md`],
      ["s3:ListBucket", bucket],
      ["s3:PutObject", `${bucket}/quarantine/voa/2024-01-25.md`],
      ["s3:PutObject", `${bucket}/quarantine/voa/2024-01-25.md.reason.json`],
      ["s3:PutObject", `${bucket}/plans/20261126T112005123Z.c.0.json`],
      ["s3:GetObject", `${bucket}/plans/20261126T112005123Z.c.0.json`],
      ["sqs:ReceiveMessage", intake],
      ["sqs:DeleteMessage", intake],
      ["sqs:SendMessage", intake],
      ["sqs:SendMessage", outbox],
      ["logs:PutLogEvents", log(/^IntakeIngestLog/)],
    ],
    mayNot: [
      ["publish to a topic", "sns:Publish", sns("news-alerts")],
      [
        "write under the prefix that it reads, which would loop",
        "s3:PutObject",
        `${bucket}/snapshots/a/x.md`,
      ],
      ["read a quarantined snapshot", "s3:GetObject", `${bucket}/quarantine/voa/x.md`],
      ["read next to the prefix", "s3:GetObject", `${bucket}/snapshots-of-others/x.md`],
      ["delete a snapshot", "s3:DeleteObject", `${bucket}/snapshots/voa/x.md`],
      ["delete a version", "s3:DeleteObjectVersion", `${bucket}/snapshots/voa/x.md`],
      ["delete a plan", "s3:DeleteObject", `${bucket}/plans/x.json`],
      ["read another bucket", "s3:GetObjectVersion", "arn:aws:s3:::another-bucket/snapshots/x.md"],
      ["change the bucket's policy", "s3:PutBucketPolicy", bucket],
      ["change the bucket's notifications", "s3:PutBucketNotification", bucket],
      ["read the outbox", "sqs:ReceiveMessage", outbox],
      ["write to deliver's log", "logs:PutLogEvents", log(/^DeliveryDeliverLog/)],
    ],
  },
  deliver: {
    may: [
      ["sns:Publish", sns("news-alerts")],
      ["sns:Publish", sns("news-digest")],
      ["s3:PutObject", `${bucket}/quarantine/~messages/alerts/c.0.json`],
      ["sqs:ReceiveMessage", outbox],
      ["sqs:DeleteMessage", outbox],
      ["sqs:ChangeMessageVisibility", outbox],
      ["logs:PutLogEvents", log(/^DeliveryDeliverLog/)],
    ],
    mayNot: [
      ["publish to another topic whose name starts alike", "sns:Publish", sns("news-alerts-of-others")],
      ["publish to another topic", "sns:Publish", sns("payments")],
      ["subscribe somebody", "sns:Subscribe", sns("news-alerts")],
      ["read a snapshot", "s3:GetObject", `${bucket}/snapshots/voa/x.md`],
      ["read a plan", "s3:GetObject", `${bucket}/plans/x.json`],
      ["list the bucket", "s3:ListBucket", bucket],
      ["quarantine a snapshot", "s3:PutObject", `${bucket}/quarantine/voa/x.md`],
      ["send to the outbox", "sqs:SendMessage", outbox],
      ["send to the intake queue", "sqs:SendMessage", intake],
      ["read the intake queue", "sqs:ReceiveMessage", intake],
    ],
  },
  digest: {
    may: [
      ["s3:PutObject", `${bucket}/plans/20261126T112005123Z.c.0.json`],
      ["s3:GetObject", `${bucket}/plans/20261126T112005123Z.c.0.json`],
      ["sqs:ReceiveMessage", slots],
      ["sqs:DeleteMessage", slots],
      ["sqs:SendMessage", slots],
      ["sqs:SendMessage", outbox],
      ["logs:PutLogEvents", log(/^SchedulesDigestLog/)],
    ],
    mayNot: [
      ["publish to a topic", "sns:Publish", sns("news-digest")],
      ["read a snapshot", "s3:GetObject", `${bucket}/snapshots/voa/x.md`],
      ["write to the bucket", "s3:PutObject", `${bucket}/quarantine/x`],
      ["delete a plan", "s3:DeleteObject", `${bucket}/plans/x.json`],
      ["list the bucket", "s3:ListBucket", bucket],
      ["read the outbox", "sqs:ReceiveMessage", outbox],
      ["read the intake queue", "sqs:ReceiveMessage", intake],
      ["send to the intake queue", "sqs:SendMessage", intake],
    ],
  },
  watch: {
    may: [
      ["s3:ListBucket", bucket],
      ["s3:GetObject", `${bucket}/plans/20261126T112005123Z.c.0.json`],
      ["s3:PutObject", `${bucket}/plans/20261126T112005123Z.digest-alerts-0.json`],
      ["sqs:SendMessage", outbox],
      ["sqs:SendMessage", failures],
      ["logs:PutLogEvents", log(/^WatchLog/)],
    ],
    mayNot: [
      ["publish to a topic", "sns:Publish", sns("news-alerts")],
      ["read a snapshot", "s3:GetObject", `${bucket}/snapshots/voa/x.md`],
      ["write to the bucket", "s3:PutObject", `${bucket}/quarantine/x`],
      ["read the outbox", "sqs:ReceiveMessage", outbox],
      ["send to the intake queue", "sqs:SendMessage", intake],
    ],
  },
};

/** What no function may do. */
const nobodyMay: readonly Refused[] = [
  ...[intake, outbox, slots].map((queue): Refused => ["empty a queue", "sqs:PurgeQueue", queue]),
  ...[intakeDeadLetters, outboxDeadLetters, slotDeadLetters, scheduleFailures, failures].flatMap(
    (queue): readonly Refused[] => [
      ["read a dead-letter queue", "sqs:ReceiveMessage", queue],
      ["hide a dead letter", "sqs:DeleteMessage", queue],
    ],
  ),
  ["read the whole table", "dynamodb:Scan", table],
  ["delete from the ledger", "dynamodb:DeleteItem", table],
  ["delete the table", "dynamodb:DeleteTable", table],
  ["switch off the table's recovery", "dynamodb:UpdateContinuousBackups", table],
  ["use another table", "dynamodb:GetItem", `arn:aws:dynamodb:${region}:${account}:table/another`],
  ["delete a snapshot", "s3:DeleteObject", `${bucket}/snapshots/voa/x.md`],
  ["change the bucket's policy", "s3:PutBucketPolicy", bucket],
  ["delete a topic with its subscribers", "sns:DeleteTopic", sns("news-alerts")],
  ["assume another role", "sts:AssumeRole", `arn:aws:iam::${account}:role/admin`],
  ["invoke watch", "lambda:InvokeFunction", watchFunction],
  [
    "write to another log",
    "logs:PutLogEvents",
    `arn:aws:logs:${region}:${account}:log-group:another:log-stream:x`,
  ],
];

/** One item of each kind that the ledger holds, by its partition key, and who reads and writes it. */
const ledgerItems: Readonly<Record<string, readonly (keyof typeof functions)[]>> = {
  [String(keys.entry("entry#voa#hash")["pk"]?.S)]: ["ingest"],
  [String(keys.claim("c")["pk"]?.S)]: ["ingest", "watch"],
  [String(keys.head("voa")["pk"]?.S)]: ["ingest"],
  [String(keys.memory("voa")["pk"]?.S)]: ["ingest"],
  [String(keys.audience("alerts")["pk"]?.S)]: ["deliver", "digest", "watch"],
  [String(keys.digest("alerts", 1)["pk"]?.S)]: ["deliver", "digest", "watch"],
  [String(keys.quarantined("alerts", 1)["pk"]?.S)]: ["deliver", "digest", "watch"],
  [String(keys.attempts("c.0")["pk"]?.S)]: ["ingest", "deliver"],
  [String(keys.sent("c.0")["pk"]?.S)]: ["deliver"],
  [String(keys.cursor["pk"]?.S)]: ["watch"],
  [String(keys.waitingAudience("alerts")["pk"]?.S)]: ["ingest", "digest", "watch"],
  [String(keys.waitingClaim("alerts", "c")["pk"]?.S)]: ["ingest", "digest", "watch"],
  [String(keys.waiting("alerts", "c", "covered")["pk"]?.S)]: ["ingest", "digest", "watch"],
  [String(keys.hour("alerts", 1)["pk"]?.S)]: ["ingest", "digest", "watch"],
  "another#key": [],
};

/** Items that a function may read and not write. */
const readOnly: Readonly<Record<string, readonly (keyof typeof functions)[]>> = {
  [String(keys.claim("c")["pk"]?.S)]: ["digest"],
};

/** The functions that may make a call on what waits for a schedule. */
const waitingCalls: Readonly<Record<string, readonly (keyof typeof functions)[]>> = {
  BatchWriteItem: ["ingest", "digest", "watch"],
  Query: ["digest", "watch"],
};

const decisionFor = (allowed: boolean): string => (allowed ? "Allowed" : "ImplicitlyDenied");

describe.each(functionNames)("the %s function", (name) => {
  const role = roles[name];
  const { may, mayNot } = functions[name];

  it.each(may)("may %s on %s", async (action, resource) => {
    expect(await decide({ role, action, resource })).toBe("Allowed");
  });

  it.each([...mayNot, ...nobodyMay])("may not %s (%s on %s)", async (_, action, resource) => {
    expect(await decide({ role, action, resource })).toBe("ImplicitlyDenied");
  });

  it.each(Object.entries(ledgerItems))("reaches items like %s only if it is one of %j", async (pk, users) => {
    const context = { "dynamodb:LeadingKeys": [pk] };
    const decisions = (calls: readonly string[]) =>
      Promise.all(
        calls.map((call) => decide({ role, action: `dynamodb:${call}`, resource: table, context })),
      );
    const writes = decisionFor(users.includes(name));
    expect(await decisions(["PutItem", "UpdateItem"])).toEqual([writes, writes]);
    const reads = decisionFor(users.includes(name) || (readOnly[pk]?.includes(name) ?? false));
    expect(await decisions(["GetItem", "BatchGetItem"])).toEqual([reads, reads]);
  });

  it.each(Object.entries(waitingCalls))(
    "may %s what waits for a schedule only if it is one of %j",
    async (call, users) => {
      const request = { role, action: `dynamodb:${call}`, resource: table };
      const onWaiting = { ...request, context: { "dynamodb:LeadingKeys": ["waiting#alerts"] } };
      expect(await decide(onWaiting)).toBe(decisionFor(users.includes(name)));
      for (const pk of ["entry#voa#hash", "claim#c", "sent#c.0", "audience#alerts"]) {
        const onAnother = { ...request, context: { "dynamodb:LeadingKeys": [pk] } };
        expect(await decide(onAnother)).toBe("ImplicitlyDenied");
      }
    },
  );

  it("reaches no item of another kind together with its own", async () => {
    const [own = ""] = Object.keys(ledgerItems).filter((pk) => ledgerItems[pk]?.includes(name));
    const context = { "dynamodb:LeadingKeys": [own, "another#key"] };
    expect(await decide({ role, action: "dynamodb:BatchGetItem", resource: table, context })).toBe(
      "ImplicitlyDenied",
    );
  });
});

describe("the calls that a function's code can make", () => {
  /** IAM actions that an SDK call needs (Service Authorization Reference). */
  const actions: Readonly<Record<string, readonly string[]>> = {
    GetObjectCommand: ["s3:GetObject"],
    CopyObjectCommand: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:ListBucket"],
    ListObjectsV2Command: ["s3:ListBucket"],
    PutObjectCommand: ["s3:PutObject"],
    GetItemCommand: ["dynamodb:GetItem"],
    BatchGetItemCommand: ["dynamodb:BatchGetItem"],
    PutItemCommand: ["dynamodb:PutItem"],
    UpdateItemCommand: ["dynamodb:UpdateItem"],
    BatchWriteItemCommand: ["dynamodb:BatchWriteItem"],
    QueryCommand: ["dynamodb:Query"],
    PublishBatchCommand: ["sns:Publish"],
    SendMessageCommand: ["sqs:SendMessage"],
    SendMessageBatchCommand: ["sqs:SendMessage"],
    ChangeMessageVisibilityBatchCommand: ["sqs:ChangeMessageVisibility"],
  };
  /** What Lambda does with the function's role: it writes the log … */
  const logging = ["logs:CreateLogStream", "logs:PutLogEvents"];
  /** … and polls the queue. */
  const polling = [
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibility",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
  ];
  const byLambda = { ingest: polling, deliver: polling, digest: polling, watch: [] };
  /** Actions of an adapter's methods that the function does not call. */
  const unused: Readonly<Record<string, readonly string[]>> = { digest: ["s3:ListBucket"] };

  it.each(functionNames)("%s: are what its role allows, no more and no less", (name) => {
    const calls = sdkCommands(name);
    expect(calls.size).toBeGreaterThan(5);
    expect([...calls].filter((call) => !(call in actions))).toEqual([]);
    const needed = [...calls]
      .flatMap((call) => actions[call] ?? [])
      .filter((action) => !unused[name]?.includes(action));
    const statements = policiesOf(roles[name]).flatMap(({ policy }) => policy.Statement);
    const allowed = statements.flatMap(({ Action }) => [Action].flat());
    expect(new Set(allowed)).toEqual(new Set([...needed, ...logging, ...byLambda[name]]));
  });
});

describe("the schedule of watch", () => {
  it("may invoke watch and report a failure", async () => {
    expect(await decide({ role: scheduler, action: "lambda:InvokeFunction", resource: watchFunction })).toBe(
      "Allowed",
    );
    expect(await decide({ role: scheduler, action: "sqs:SendMessage", resource: failures })).toBe("Allowed");
  });

  it.each([
    ["lambda:InvokeFunction", `arn:aws:lambda:${region}:${account}:function:another`],
    ["lambda:InvokeFunction", `${watchFunction}:1`],
    ["sqs:SendMessage", intake],
    ["sqs:SendMessage", outbox],
    ["sns:Publish", sns("news-alerts")],
  ])("may not %s on %s", async (action, resource) => {
    expect(await decide({ role: scheduler, action, resource })).toBe("ImplicitlyDenied");
  });
});

describe("the schedules of audiences", () => {
  it("may send a slot and report a failure", async () => {
    expect(await decide({ role: schedules, action: "sqs:SendMessage", resource: slots })).toBe("Allowed");
    const failed = { role: schedules, action: "sqs:SendMessage", resource: scheduleFailures };
    expect(await decide(failed)).toBe("Allowed");
  });

  it.each([
    ["sqs:SendMessage", intake],
    ["sqs:SendMessage", outbox],
    ["sqs:SendMessage", failures],
    ["sqs:ReceiveMessage", slots],
    ["lambda:InvokeFunction", watchFunction],
    ["sns:Publish", sns("news-digest")],
  ])("may not %s on %s", async (action, resource) => {
    expect(await decide({ role: schedules, action, resource })).toBe("ImplicitlyDenied");
  });
});

describe("the function that sets the bucket's notifications", () => {
  it("may do that and write its own log", async () => {
    const own = log(/^SnapshotsNotifierLog/);
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
    ["logs:PutLogEvents", log(/^IntakeIngestLog/)],
    ["logs:CreateLogGroup", log(/^SnapshotsNotifierLog/)],
  ])("may not %s on %s", async (action, resource) => {
    expect(await decide({ role: notifier, action, resource })).toBe("ImplicitlyDenied");
  });
});

describe("every role", () => {
  it("is one of those tested here, and only its service assumes it", () => {
    const found = [...resources].filter(([, { Type }]) => Type === "AWS::IAM::Role");
    expect(found.map(([id]) => id).sort()).toEqual(Object.values(roles).sort());
    for (const [id, { Properties }] of found) {
      expect(Properties["ManagedPolicyArns"], "AWS's managed policies reach every resource").toBeUndefined();
      const isOfSchedules = id === scheduler || id === schedules;
      const Service = isOfSchedules
        ? "scheduler.amazonaws.com"
        : id === roles.sms
          ? "sns.amazonaws.com"
          : "lambda.amazonaws.com";
      expect(Properties["AssumeRolePolicyDocument"]).toMatchObject({
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service } }],
      });
    }
  });

  it.each([
    ["watch", scheduler, "Watch"],
    ["audiences", schedules, "Schedules"],
  ])("of the schedules of %s is assumed for their own schedule group only", (_, role, group) => {
    const policy = resources.get(role)?.Properties["AssumeRolePolicyDocument"] as Document;
    expect(policy.Statement.map(({ Condition }) => Condition)).toEqual([
      {
        StringEquals: {
          "aws:SourceAccount": account,
          "aws:SourceArn": expect.stringMatching(
            `^arn:aws:scheduler:${region}:${account}:schedule-group/news-?${group}`,
          ) as unknown,
        },
      },
    ]);
  });

  it("is allowed no wildcard action and no wildcard resource", () => {
    const statements = Object.values(roles)
      .flatMap(policiesOf)
      .flatMap(({ policy }) => policy.Statement);
    expect(statements.length).toBeGreaterThan(15);
    for (const { Action, Resource } of statements) {
      for (const action of [Action].flat()) expect(action).toMatch(/^[a-z0-9]+:[A-Za-z0-9]+$/);
      for (const resource of [Resource].flat()) expect(resource).not.toBe("*");
    }
  });
});

describe("the policy that names each topic", () => {
  it("stays within IAM's 10,240 characters for as many audiences as the configuration accepts", () => {
    const audiences = (count: number) => ({
      audiences: Array.from({ length: count }, (_, index) => ({ name: `a${index}`, mode: "alerts" })),
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
  const policy = resourcePolicy("AWS::SQS::QueuePolicy", "Queues", ids("AWS::SQS::Queue", /^IntakeQueue/));
  const send: Request = {
    principal: "s3.amazonaws.com",
    action: "sqs:SendMessage",
    resource: intake,
    policy,
  };
  const ours = { "aws:SourceArn": bucket, "aws:SourceAccount": account };

  it("accepts messages from S3 for this bucket in this account", async () => {
    expect(await decide({ ...send, context: ours })).toBe("Allowed");
  });

  it.each([
    ["another bucket", { ...ours, "aws:SourceArn": "arn:aws:s3:::another-bucket" }],
    ["a bucket of this name in another account", { ...ours, "aws:SourceAccount": "999999999999" }],
  ])("accepts none for %s", async (_, context) => {
    expect(await decide({ ...send, context })).not.toBe("Allowed");
  });

  it("accepts none from another service", async () => {
    expect(await decide({ ...send, principal: "sns.amazonaws.com", context: ours })).not.toBe("Allowed");
  });
});

describe("without TLS", () => {
  const plain = { "aws:SecureTransport": "false" };
  const bucketPolicy = resourcePolicy("AWS::S3::BucketPolicy", "Bucket", ids("AWS::S3::Bucket", /./));

  it.each<Request>([
    { action: "s3:GetObjectVersion", resource: `${bucket}/snapshots/voa/x.md`, policy: bucketPolicy },
    { action: "s3:ListBucket", resource: bucket, policy: bucketPolicy },
    ...[
      /^IntakeQueue/,
      /^IntakeDead/,
      /^OutboxQueue/,
      /^OutboxDead/,
      /^SchedulesSlots/,
      /^SchedulesDead/,
      /^SchedulesFailures/,
      /^WatchFailures/,
    ].map((pattern) => ({
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
    expect(await decide({ ...request, role: roles.ingest, context: plain })).toBe("ExplicitlyDenied");
  });
});
