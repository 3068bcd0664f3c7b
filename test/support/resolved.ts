import type { Synthesis } from "../../infra/app.ts";

export const account = "111122223333";
export const region = "eu-central-1";

const pseudo: Readonly<Record<string, string>> = {
  "AWS::AccountId": account,
  "AWS::Region": region,
  "AWS::Partition": "aws",
  "AWS::URLSuffix": "amazonaws.com",
};

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

type Arns = Readonly<Record<string, (id: string, resource: Resource) => string>>;

const arns: Arns = {
  "AWS::S3::Bucket": (id) => `arn:aws:s3:::${id.toLowerCase()}`,
  "AWS::SQS::Queue": (id) => `arn:aws:sqs:${region}:${account}:${id}`,
  "AWS::SNS::Topic": (id, { Properties }) =>
    `arn:aws:sns:${region}:${account}:${typeof Properties["TopicName"] === "string" ? Properties["TopicName"] : id}`,
  "AWS::CloudWatch::Alarm": (_, { Properties }) =>
    `arn:aws:cloudwatch:${region}:${account}:alarm:${String(Properties["AlarmName"])}`,
  "AWS::DynamoDB::Table": (id) => `arn:aws:dynamodb:${region}:${account}:table/${id}`,
  "AWS::Lambda::Function": (id) => `arn:aws:lambda:${region}:${account}:function:${id}`,
  "AWS::Logs::LogGroup": (id) => `arn:aws:logs:${region}:${account}:log-group:${id}:*`,
  "AWS::Scheduler::ScheduleGroup": (_, { Properties }) =>
    `arn:aws:scheduler:${region}:${account}:schedule-group/${String(Properties["Name"])}`,
  "AWS::IAM::Role": (id) => `arn:aws:iam::${account}:role/${id}`,
  "AWS::KMS::Key": (id) => `arn:aws:kms:${region}:${account}:key/${id}`,
};

/** The ARN of a resource, with its logical id where CloudFormation chooses the name. */
export function arnOf(id: string, resource: Resource | undefined): string {
  const form = resource && arns[resource.Type];
  if (!form) throw new Error(`no ARN is known for ${id}, a ${resource?.Type}`);
  return form(id, resource);
}

/** An output of the stack, with intrinsic functions evaluated. */
export function outputOf({ template }: Synthesis, name: string): string {
  const outputs = template["Outputs"] as Record<string, { readonly Value: unknown }>;
  return String(filler(template)(outputs[name]?.Value));
}

/** The template's resources by logical id, with intrinsic functions evaluated. */
export function resolved({ template }: Synthesis): ReadonlyMap<string, Resource> {
  const fill = filler(template);
  const resources = template["Resources"] as Record<string, Resource>;
  return new Map(Object.entries(resources).map(([id, resource]) => [id, fill(resource) as Resource]));
}

/** Evaluates the intrinsic functions of a value of the template. */
function filler(template: Synthesis["template"]): (value: unknown) => unknown {
  const resources = template["Resources"] as Record<string, Resource>;
  const arn = (id: string): string => arnOf(id, resources[id]);
  const reference = (id: string): string =>
    pseudo[id] ?? (resources[id]?.Type === "AWS::SNS::Topic" ? arn(id) : id);
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    const [[key, inner] = ["", undefined], ...others] = entries;
    if (others.length === 0) {
      if (key === "Ref") return reference(inner as string);
      if (key === "Fn::GetAtt") return attribute(inner as [string, string]);
      if (key === "Fn::Join") return join(fill(inner) as [string, string[]]);
      if (key === "Fn::Sub")
        return (inner as string).replaceAll(/\$\{([\w:]+)\}/g, (_, id: string) => reference(id));
    }
    return Object.fromEntries(entries.map(([key, inner]) => [key, fill(inner)]));
  };
  const attribute = ([id, name]: [string, string]): string => {
    if (name === "Arn") return arn(id);
    return name === "TopicName" ? String(arn(id).split(":").at(-1)) : `${id}.${name}`;
  };
  const join = ([separator, parts]: [string, string[]]): string => parts.join(separator);
  return fill;
}
