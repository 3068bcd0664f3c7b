import { keys } from "../../../functions/aws/ledger-items.ts";
import { account, arnOf, resolved, type Resource } from "../resolved.ts";
import { synthesized } from "../synthesized.ts";
import type { Policies, PolicyDocument } from "./evaluate.ts";

/** A deployed stack as IAM sees it. */
export interface Account {
  readonly policies: Policies;
  /** The names of the roles by label. */
  readonly roles: Readonly<Record<string, string>>;
  /** ARNs by label. */
  readonly arns: Readonly<Record<string, string>>;
  readonly topics: readonly string[];
}

const rolePatterns: Readonly<Record<string, RegExp>> = {
  ingest: /^IntakeIngestRole/,
  deliver: /^DeliveryDeliverRole/,
  digest: /^SchedulesDigestRole/,
  watch: /^WatchRole/,
  notifier: /^SnapshotsNotifierRole/,
  watchSchedule: /^WatchSchedulerRole/,
  schedules: /^SchedulesRole/,
  sms: /^SmsLogging/,
};

const arnPatterns: Readonly<Record<string, readonly [type: string, id: RegExp]>> = {
  bucket: ["AWS::S3::Bucket", /^SnapshotsBucket/],
  table: ["AWS::DynamoDB::Table", /./],
  intake: ["AWS::SQS::Queue", /^IntakeQueue/],
  intakeDeadLetters: ["AWS::SQS::Queue", /^IntakeDeadLetters/],
  outbox: ["AWS::SQS::Queue", /^OutboxQueue/],
  outboxDeadLetters: ["AWS::SQS::Queue", /^OutboxDeadLetters/],
  slots: ["AWS::SQS::Queue", /^SchedulesSlots/],
  slotDeadLetters: ["AWS::SQS::Queue", /^SchedulesDeadLetters/],
  scheduleFailures: ["AWS::SQS::Queue", /^SchedulesFailures/],
  watchFailures: ["AWS::SQS::Queue", /^WatchFailures/],
  watch: ["AWS::Lambda::Function", /^WatchFunction/],
  watchGroup: ["AWS::Scheduler::ScheduleGroup", /^Watch/],
  schedulesGroup: ["AWS::Scheduler::ScheduleGroup", /^Schedules/],
  "log of ingest": ["AWS::Logs::LogGroup", /^IntakeIngestLog/],
  "log of deliver": ["AWS::Logs::LogGroup", /^DeliveryDeliverLog/],
  "log of digest": ["AWS::Logs::LogGroup", /^SchedulesDigestLog/],
  "log of watch": ["AWS::Logs::LogGroup", /^WatchLog/],
  "log of notifier": ["AWS::Logs::LogGroup", /^SnapshotsNotifierLog/],
};

/** Resources of some configurations only. */
const optionalArns: typeof arnPatterns = {
  key: ["AWS::KMS::Key", /^EncryptionKey/],
  accessLogs: ["AWS::S3::Bucket", /^SnapshotsAccessLogs/],
  operators: ["AWS::SNS::Topic", /^MonitoringOperatorsTopic/],
};

/** Policies of resources: the type of the policy and the property that names its resources. */
const resourcePolicies: Readonly<Record<string, string>> = {
  "AWS::SQS::QueuePolicy": "Queues",
  "AWS::SNS::TopicPolicy": "Topics",
  "AWS::S3::BucketPolicy": "Bucket",
};

/** The synthesized stack of a configuration, deployed to the test account. */
export function deployed(feedbell: unknown): Account {
  const resources = resolved(synthesized(feedbell));
  const idOf = (type: string, pattern: RegExp): string => {
    const found = [...resources].filter(([id, { Type }]) => Type === type && pattern.test(id));
    if (found.length !== 1) throw new Error(`expected one ${type} like ${pattern}, found ${found.length}`);
    return found[0]?.[0] ?? "";
  };
  const roles = Object.fromEntries(
    Object.entries(rolePatterns).map(([label, pattern]) => [label, idOf("AWS::IAM::Role", pattern)]),
  );
  const exists = ([, [type, pattern]]: readonly [string, readonly [string, RegExp]]) =>
    [...resources].some(([id, { Type }]) => Type === type && pattern.test(id));
  const present = [...Object.entries(arnPatterns), ...Object.entries(optionalArns).filter(exists)];
  const arns = Object.fromEntries(
    present.map(([label, [type, pattern]]) => {
      const id = idOf(type, pattern);
      return [label, arnOf(id, resources.get(id)).replace(/:\*$/, "")];
    }),
  );
  const topics = [...resources].filter(
    ([id, { Type }]) => Type === "AWS::SNS::Topic" && !optionalArns["operators"]?.[1].test(id),
  );
  return {
    roles,
    arns,
    topics: topics.map(([id, resource]) => arnOf(id, resource)),
    policies: { identity: identityPolicies(resources), resource: policiesOfResources(resources) },
  };
}

type Resources = ReadonlyMap<string, Resource>;

function identityPolicies(resources: Resources): ReadonlyMap<string, readonly PolicyDocument[]> {
  const found = new Map<string, PolicyDocument[]>();
  for (const { Type, Properties } of resources.values()) {
    if (Type === "AWS::IAM::ManagedPolicy" || Properties["Policies"] !== undefined)
      throw new Error("policies that are not AWS::IAM::Policy are not looked at");
    if (Type !== "AWS::IAM::Policy") continue;
    for (const role of Properties["Roles"] as readonly string[])
      found.set(role, [...(found.get(role) ?? []), Properties["PolicyDocument"] as PolicyDocument]);
  }
  return found;
}

function policiesOfResources(resources: Resources): ReadonlyMap<string, PolicyDocument> {
  const found = new Map<string, PolicyDocument>();
  const add = (arn: string, policy: unknown) => {
    if (found.has(arn)) throw new Error(`${arn} has two policies, of which the later replaces the earlier`);
    found.set(arn, policy as PolicyDocument);
  };
  for (const [id, resource] of resources) {
    const { Type, Properties } = resource;
    if (Type === "AWS::IAM::Role") add(arnOf(id, resource), Properties["AssumeRolePolicyDocument"]);
    if (Type === "AWS::KMS::Key") {
      add(arnOf(id, resource), Properties["KeyPolicy"]);
      add(foreignKey(arnOf(id, resource)), defaultKeyPolicy);
    }
    const named = resourcePolicies[Type];
    if (named === undefined) continue;
    for (const name of [Properties[named]].flat() as readonly string[])
      add(name.startsWith("arn:") ? name : arnOf(name, resources.get(name)), Properties["PolicyDocument"]);
  }
  return found;
}

/** A key of the account that is not the stack's: only the roles' own policies keep them from using it. */
export const foreignKey = (key: string): string => `${key}-of-others`;

/** AWS KMS Developer Guide, 'Default key policy'. */
const defaultKeyPolicy = {
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    },
  ],
};

/** The partition key of one item of each kind that the ledger holds. */
export const partitionKeys: readonly string[] = [
  keys.entry("entry#voa#hash"),
  keys.claim("c"),
  keys.head("voa"),
  keys.memory("voa"),
  keys.audience("alerts"),
  keys.digest("alerts", 1),
  keys.quarantined("alerts", 1),
  keys.delivered("alerts", "2026-11-26"),
  keys.attempts("c.0"),
  keys.sent("c.0"),
  keys.cursor,
  keys.waitingAudience("alerts"),
  keys.waitingClaim("alerts", "c"),
  keys.waiting("alerts", "c", "covered"),
  keys.hour("alerts", 1),
].map(({ pk }) => pk?.S ?? "");
