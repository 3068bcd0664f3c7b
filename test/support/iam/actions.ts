/** Forms of ARNs by the kind of resource, each with the part that names the resource whose policy decides. */
export const forms = {
  bucket: /^(arn:aws:s3:::[^/]+)$/,
  object: /^(arn:aws:s3:::[^/]+)\/.+$/,
  queue: /^(arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w.-]+)$/,
  topic: /^(arn:aws:sns:[a-z0-9-]+:\d{12}:[\w-]+)$/,
  table: /^(arn:aws:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]+)$/,
  function: /^(arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[\w:-]+)$/,
  logGroup: /^(arn:aws:logs:[a-z0-9-]+:\d{12}:log-group:[\w./-]+)/,
  role: /^(arn:aws:iam::\d{12}:role\/\w+)$/,
  key: /^(arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+)$/,
  any: /^(\*)$/,
} as const;

/** The actions that the tests know, each with the resource that it is about (AWS Service Authorization Reference). */
export const actions: Readonly<Record<string, keyof typeof forms>> = {
  "dynamodb:BatchGetItem": "table",
  "dynamodb:BatchWriteItem": "table",
  "dynamodb:DeleteItem": "table",
  "dynamodb:DeleteTable": "table",
  "dynamodb:GetItem": "table",
  "dynamodb:PutItem": "table",
  "dynamodb:Query": "table",
  "dynamodb:Scan": "table",
  "dynamodb:UpdateContinuousBackups": "table",
  "dynamodb:UpdateItem": "table",
  "kms:CreateGrant": "key",
  "kms:Decrypt": "key",
  "kms:GenerateDataKey": "key",
  "kms:GenerateDataKeyWithoutPlaintext": "key",
  "kms:PutKeyPolicy": "key",
  "kms:ScheduleKeyDeletion": "key",
  "lambda:InvokeFunction": "function",
  "lambda:UpdateFunctionCode": "function",
  "logs:CreateLogGroup": "logGroup",
  "logs:CreateLogStream": "logGroup",
  "logs:DeleteLogGroup": "logGroup",
  "logs:PutLogEvents": "logGroup",
  "s3:DeleteBucketPolicy": "bucket",
  "s3:DeleteObject": "object",
  "s3:DeleteObjectVersion": "object",
  "s3:GetBucketNotification": "bucket",
  "s3:GetObject": "object",
  "s3:GetObjectVersion": "object",
  "s3:ListBucket": "bucket",
  "s3:PutBucketNotification": "bucket",
  "s3:PutBucketPolicy": "bucket",
  "s3:PutObject": "object",
  "s3:PutObjectAcl": "object",
  "sns:DeleteTopic": "topic",
  "sns:GetTopicAttributes": "topic",
  "sns:Publish": "topic",
  "sns:Subscribe": "topic",
  "sqs:ChangeMessageVisibility": "queue",
  "sqs:DeleteMessage": "queue",
  "sqs:GetQueueAttributes": "queue",
  "sqs:GetQueueUrl": "queue",
  "sqs:PurgeQueue": "queue",
  "sqs:ReceiveMessage": "queue",
  "sqs:SendMessage": "queue",
  "sts:AssumeRole": "role",
  "sts:TagSession": "role",
  "xray:GetTraceSummaries": "any",
  "xray:PutTelemetryRecords": "any",
  "xray:PutTraceSegments": "any",
};

/** The ARN whose policy decides about an action. Throws for an unknown action and for a resource of another kind: a request that nobody can make proves nothing. */
export function resourceOf(action: string, resource: string): string {
  const kind = actions[action];
  if (kind === undefined) throw new Error(`the action ${action} is unknown`);
  const [, owner] = forms[kind].exec(resource) ?? [];
  if (owner === undefined) throw new Error(`${action} is about a ${kind}; found ${resource}`);
  return owner;
}
