import { account, region } from "../resolved.ts";
import { actions, type forms } from "./actions.ts";
import { foreignKey, partitionKeys, type Account } from "./account.ts";
import type { AccessRequest, Decision } from "./evaluate.ts";
import {
  callsByLambda,
  callsByServices,
  keyUsers,
  ledgerNeeds,
  rareCalls,
  recordedCalls,
  unneeded,
  type FunctionLabel,
} from "./needed.ts";

/** A request and what must be the answer. */
export interface Scenario extends AccessRequest {
  readonly expected: Decision;
}

type Kind = keyof typeof forms;

/** A place about which a request can be, with the label by which `needed.ts` names it. */
interface Place {
  readonly label: string;
  readonly resource: string;
  readonly context?: NonNullable<AccessRequest["context"]>;
}

/**
 * Every known action on every place of its kind by every caller: those that `needed.ts` lists must be allowed, requests
 * without TLS denied, all others not allowed.
 */
export function* scenarios(
  stack: Account,
  { tracing = false }: { readonly tracing?: boolean } = {},
): Iterable<Scenario> {
  const places = placesOf(stack);
  for (const [label, caller] of Object.entries(stack.roles)) {
    const needed = new Set([
      ...neededBy(label),
      ...(stack.arns["key"] === undefined ? [] : keyUsesOf(label)),
      ...(tracing && label in recordedCalls ? traces : []),
    ]);
    for (const [action, kind] of Object.entries(actions))
      for (const { label: place, ...request } of places[kind] ?? []) {
        const expected = needed.has(`${action} ${place}`) ? "allowed" : "not allowed";
        yield { caller, action, ...request, expected };
      }
  }
  yield* withoutTls(stack);
  yield* byServices(stack);
}

const isFunction = (label: string): label is FunctionLabel => label in recordedCalls;

/** What a role needs, as `<action> <place>`. */
function neededBy(label: string): readonly string[] {
  const logging = ["logs:CreateLogStream", "logs:PutLogEvents"];
  if (label === "sms") return ["logs:CreateLogGroup", ...logging].map((action) => `${action} log of SMS`);
  const services = callsByServices[label];
  if (label === "notifier")
    return [...(services ?? []), ...logging.map((action) => `${action} log of notifier`)];
  if (services) return services;
  if (!isFunction(label)) throw new Error(`nothing is known about the role ${label}`);
  const ledger = ledgerNeeds[label];
  const items = ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"];
  const pairs = (calls: readonly string[], spaces: readonly string[] = []) =>
    spaces.flatMap((space) => calls.map((call) => `dynamodb:${call} ${space}`));
  return [
    ...recordedCalls[label],
    ...Object.keys(rareCalls[label]),
    ...Object.keys(unneeded[label] ?? {}),
    ...callsByLambda[label],
    ...logging.map((action) => `${action} log of ${label}`),
    ...pairs(items, ledger.items),
    ...pairs(items.slice(0, 2), ledger.reads),
    ...pairs(["BatchWriteItem"], ledger.appends),
    ...pairs(["BatchWriteItem", "Query"], ledger.lists),
    ...pairs(["Query"], ledger.queries),
  ];
}

const traces = ["xray:PutTraceSegments traces", "xray:PutTelemetryRecords traces"];

/** What a role does with the customer's key; SNS may generate a data key in two ways. */
function keyUsesOf(label: string): readonly string[] {
  const users = keyUsers[label] ?? [];
  const calls = ["kms:Decrypt", "kms:GenerateDataKey"];
  if (users.includes("sns")) calls.push("kms:GenerateDataKeyWithoutPlaintext");
  return users.flatMap((user) => calls.map((call) => `${call} key by ${user}`));
}

/** The stack's own places and others whose names start alike. */
function placesOf({ arns, topics, roles }: Account): Readonly<Partial<Record<Kind, readonly Place[]>>> {
  const { bucket = "", table = "", watch = "" } = arns;
  const own = (pattern: RegExp): readonly Place[] =>
    Object.entries(arns)
      .filter(([, arn]) => pattern.test(arn))
      .map(([label, resource]) => ({ label, resource }));
  const foreign = (resource: string): Place => ({ label: "of others", resource });
  const logs = own(/^arn:aws:logs:/);
  const stream = (place: Place): Place => ({ ...place, resource: `${place.resource}:log-stream:x` });
  return {
    bucket: [{ label: "bucket", resource: bucket }, ...["-2", "2"].map((end) => foreign(bucket + end))],
    object: [
      ...["snapshots/", "plans/", "quarantine/"].flatMap((prefix): readonly Place[] => [
        { label: prefix, resource: `${bucket}/${prefix}voa/2024-01-25.md` },
        foreign(`${bucket}/${prefix.slice(0, -1)}-of-others/x.md`),
      ]),
      { label: "quarantine/~messages/", resource: `${bucket}/quarantine/~messages/alerts/c.0.json` },
      { label: "quarantine/", resource: `${bucket}/quarantine/~messages-of-others/x.md` },
      foreign(`${bucket}/x.md`),
      foreign(`${bucket}-2/snapshots/voa/x.md`),
    ],
    queue: [
      ...own(/^arn:aws:sqs:/),
      ...own(/^arn:aws:sqs:/).map(({ resource }) => foreign(`${resource}2`)),
      foreign(`arn:aws:sqs:${region}:${account}:another`),
    ],
    topic: [
      ...topics.map((resource) => ({ label: "topic", resource })),
      ...topics.map((resource) => foreign(`${resource}-of-others`)),
      foreign(`arn:aws:sns:${region}:${account}:payments`),
    ],
    table: [
      ...partitionKeys.map((pk) => ({
        label: /^[a-z]+#/.exec(pk)?.[0] ?? "",
        resource: table,
        context: { "dynamodb:LeadingKeys": [pk] },
      })),
      { label: "another#", resource: table, context: { "dynamodb:LeadingKeys": ["another#key"] } },
      ...partitionKeys.map((pk) => ({
        label: "several kinds",
        resource: table,
        context: { "dynamodb:LeadingKeys": [pk, "another#key"] },
      })),
      ...partitionKeys.map((pk) => ({
        ...foreign(`${table}-2`),
        context: { "dynamodb:LeadingKeys": [pk] },
      })),
    ],
    function: [
      { label: "watch", resource: watch },
      foreign(`${watch}:1`),
      foreign(`arn:aws:lambda:${region}:${account}:function:another`),
    ],
    logGroup: [
      ...logs.map(stream),
      ...logs.map(({ resource }) => stream(foreign(`${resource}-2`))),
      stream(foreign(`arn:aws:logs:${region}:${account}:log-group:another`)),
      {
        label: "log of SMS",
        resource: `arn:aws:logs:${region}:${account}:log-group:sns/${region}/${account}/DirectPublishToPhoneNumber:log-stream:x`,
      },
      stream(foreign(`arn:aws:logs:${region}:${account}:log-group:sns/${region}/${account}2`)),
    ],
    role: [
      ...Object.values(roles).map((name) => foreign(`arn:aws:iam::${account}:role/${name}`)),
      foreign(`arn:aws:iam::${account}:role/admin`),
    ],
    key: keyPlaces(arns["key"]),
    any: [{ label: "traces", resource: "*" }],
  };
}

/** The customer's key, used by a service or directly, and another key. */
function keyPlaces(key: string | undefined): readonly Place[] {
  if (key === undefined) return [];
  const by = (service: string) => ({ "kms:ViaService": `${service}.${region}.amazonaws.com` });
  return [
    ...["s3", "sqs", "sns", "dynamodb", "secretsmanager"].map((service) => ({
      label: `key by ${service}`,
      resource: key,
      context: by(service),
    })),
    { label: "key", resource: key },
    ...["s3", "sqs"].map((service) => ({
      label: "key of others",
      resource: foreignKey(key),
      context: by(service),
    })),
  ];
}

/** Nobody reaches a bucket, queue or topic without TLS, not even a role that may otherwise. */
function* withoutTls({ arns, topics, roles }: Account): Iterable<Scenario> {
  const { ingest = "" } = roles;
  const plain = { caller: ingest, context: { "aws:SecureTransport": "false" }, expected: "denied" as const };
  const { bucket = "" } = arns;
  yield { ...plain, action: "s3:ListBucket", resource: bucket };
  yield { ...plain, action: "s3:GetObjectVersion", resource: `${bucket}/snapshots/voa/x.md` };
  yield { ...plain, action: "s3:PutObject", resource: `${bucket}/plans/x.json` };
  for (const resource of Object.values(arns).filter((arn) => arn.startsWith("arn:aws:sqs:")))
    for (const action of ["sqs:SendMessage", "sqs:ReceiveMessage"]) yield { ...plain, action, resource };
  const { accessLogs, operators } = arns;
  if (accessLogs !== undefined) {
    yield { ...plain, action: "s3:ListBucket", resource: accessLogs };
    yield { ...plain, action: "s3:GetObject", resource: `${accessLogs}/x` };
  }
  for (const resource of [...topics, ...(operators === undefined ? [] : [operators])]) {
    yield { ...plain, action: "sns:Publish", resource };
    // CDK's statement denies publishing only.
    yield { ...plain, action: "sns:Subscribe", resource, expected: "not allowed" };
  }
}

const services = [
  "lambda.amazonaws.com",
  "scheduler.amazonaws.com",
  "sns.amazonaws.com",
  "s3.amazonaws.com",
  "logging.s3.amazonaws.com",
  "cloudwatch.amazonaws.com",
  "events.amazonaws.com",
] as const;

/** What services may do by the policies of resources: assume their roles, and send the events of this bucket to the intake queue. */
function* byServices({ arns, roles }: Account): Iterable<Scenario> {
  const sources = [
    arns["bucket"],
    `${arns["bucket"]}-2`,
    arns["watchGroup"],
    arns["schedulesGroup"],
    `arn:aws:cloudwatch:${region}:${account}:alarm:x`,
    "arn:aws:x",
  ];
  for (const caller of services)
    for (const source of sources)
      for (const owner of [account, "999999999999"]) {
        const context = { "aws:SourceArn": source ?? "", "aws:SourceAccount": owner };
        for (const action of ["sqs:SendMessage", "sqs:PurgeQueue", "sqs:ReceiveMessage"])
          for (const resource of Object.values(arns).filter((arn) => arn.startsWith("arn:aws:sqs:"))) {
            const isEvent =
              caller === "s3.amazonaws.com" &&
              action === "sqs:SendMessage" &&
              resource === arns["intake"] &&
              source === arns["bucket"] &&
              owner === account;
            yield { caller, action, resource, context, expected: isEvent ? "allowed" : "not allowed" };
          }
        yield* byOptionalPolicies(arns, { caller, context });
        for (const [label, role] of Object.entries(roles)) {
          const trusted = trustedBy(label, arns);
          const isTrusted =
            caller === trusted.service &&
            (trusted.source === undefined || trusted.source === source) &&
            (!trusted.inAccount || owner === account);
          for (const action of ["sts:AssumeRole", "sts:TagSession"])
            yield {
              caller,
              action,
              resource: `arn:aws:iam::${account}:role/${role}`,
              context,
              expected: isTrusted && action === "sts:AssumeRole" ? "allowed" : "not allowed",
            };
        }
      }
}

/** What services may do by the policies of the key, the access logs and the topic of the operators. */
function* byOptionalPolicies(
  { key, accessLogs, operators, bucket }: Account["arns"],
  request: { readonly caller: string; readonly context: Readonly<Record<string, string>> },
): Iterable<Scenario> {
  const { caller, context } = request;
  const isOwn = context["aws:SourceAccount"] === account;
  const source = context["aws:SourceArn"] ?? "";
  const answer = (isAllowed: boolean): Decision => (isAllowed ? "allowed" : "not allowed");
  const usesKey = caller === "s3.amazonaws.com" || caller === "cloudwatch.amazonaws.com";
  if (key !== undefined)
    for (const action of [
      "Decrypt",
      "GenerateDataKey",
      "ScheduleKeyDeletion",
      "CreateGrant",
      "PutKeyPolicy",
    ]) {
      const isUse = action === "Decrypt" || action === "GenerateDataKey";
      yield { ...request, action: `kms:${action}`, resource: key, expected: answer(usesKey && isUse) };
    }
  if (accessLogs !== undefined)
    for (const action of ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"]) {
      const isLog = caller === "logging.s3.amazonaws.com" && action === "s3:PutObject";
      const expected = answer(isLog && isOwn && source === bucket);
      yield { ...request, action, resource: `${accessLogs}/x`, expected };
    }
  if (operators !== undefined)
    for (const action of ["sns:Publish", "sns:Subscribe", "sns:DeleteTopic"]) {
      const isAlarm = caller === "cloudwatch.amazonaws.com" && action === "sns:Publish";
      const expected = answer(isAlarm && isOwn && source.startsWith("arn:aws:cloudwatch:"));
      yield { ...request, action, resource: operators, expected };
    }
}

interface Trust {
  readonly service: (typeof services)[number];
  /** The only source for which the service may assume the role. */
  readonly source?: string | undefined;
  readonly inAccount: boolean;
}

/** Lambda gives no source when it assumes the role of a function. */
function trustedBy(label: string, arns: Account["arns"]): Trust {
  if (label === "watchSchedule")
    return { service: "scheduler.amazonaws.com", source: arns["watchGroup"], inAccount: true };
  if (label === "schedules")
    return { service: "scheduler.amazonaws.com", source: arns["schedulesGroup"], inAccount: true };
  if (label === "sms") return { service: "sns.amazonaws.com", inAccount: true };
  return { service: "lambda.amazonaws.com", inAccount: false };
}
