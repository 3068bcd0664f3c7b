import { physicalName, type ResourceType } from "./resource-type.ts";

/** A type that only has a name and an ARN locally. */
const named = (arn: (name: string, account: string, region: string) => string): ResourceType => ({
  async create(_, { logicalId }, site) {
    const name = physicalName(site, logicalId);
    const { account, region } = site.endpoint;
    return { ref: name, attributes: { Arn: arn(name, account, region) } };
  },
});

/** Types without effect locally, each with the reason. */
export const unmanaged: Readonly<Record<string, { readonly reason: string; readonly type: ResourceType }>> = {
  "AWS::IAM::Role": {
    reason: "permissions are not checked locally; the permission tests check each role",
    type: named((name, account) => `arn:aws:iam::${account}:role/${name}`),
  },
  "AWS::IAM::Policy": {
    reason: "permissions are not checked locally; the permission tests check each role",
    type: named((name, account) => `arn:aws:iam::${account}:policy/${name}`),
  },
  "AWS::KMS::Key": {
    reason: "the data is deleted with the local stack",
    type: named((name, account, region) => `arn:aws:kms:${region}:${account}:key/${name}`),
  },
  "AWS::S3::BucketPolicy": {
    reason:
      "it denies requests without TLS, and the loopback address has no TLS; there are no access logs locally",
    type: named((name) => name),
  },
  "AWS::SNS::TopicPolicy": {
    reason: "it only denies requests without TLS, and the loopback address has no TLS",
    type: named((name) => name),
  },
  "AWS::Logs::LogGroup": {
    reason: "the functions' output goes to the local log",
    type: named((name, account, region) => `arn:aws:logs:${region}:${account}:log-group:${name}:*`),
  },
  "AWS::Logs::MetricFilter": {
    reason: "there are no metrics here; the local log shows the event",
    type: named((name) => name),
  },
  "AWS::CloudWatch::Alarm": {
    reason: "there are no alarms locally; --once exits with code 1 instead",
    type: named((name, account, region) => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`),
  },
  "AWS::CloudWatch::Dashboard": {
    reason: "the inbox page replaces it locally",
    type: named((name) => name),
  },
  "AWS::CDK::Metadata": {
    reason: "it reports construct usage to AWS",
    type: named((name) => name),
  },
};
