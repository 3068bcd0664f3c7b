import { physicalName, type ResourceType } from "./resource-type.ts";

/** A type of which nothing runs here; only its name and, where others ask for it, its ARN exist. */
const named = (arn: (name: string, account: string, region: string) => string): ResourceType => ({
  async create(_, { logicalId }, site) {
    const name = physicalName(site, logicalId);
    const { account, region } = site.endpoint;
    return { ref: name, attributes: { Arn: arn(name, account, region) } };
  },
});

/** The types that are accepted without effect, each with the reason. */
export const unmanaged: Readonly<Record<string, { readonly reason: string; readonly type: ResourceType }>> = {
  "AWS::IAM::Role": {
    reason: "any credentials will do here; the tests of the stack decide what each role may do",
    type: named((name, account) => `arn:aws:iam::${account}:role/${name}`),
  },
  "AWS::IAM::Policy": {
    reason: "any credentials will do here; the tests of the stack decide what each role may do",
    type: named((name, account) => `arn:aws:iam::${account}:policy/${name}`),
  },
  "AWS::S3::BucketPolicy": {
    reason: "it only forbids requests without TLS, and the loopback address has none",
    type: named((name) => name),
  },
  "AWS::SNS::TopicPolicy": {
    reason: "it only forbids requests without TLS, and the loopback address has none",
    type: named((name) => name),
  },
  "AWS::Logs::LogGroup": {
    reason: "the functions' output goes to the local log",
    type: named((name, account, region) => `arn:aws:logs:${region}:${account}:log-group:${name}:*`),
  },
  "AWS::CloudWatch::Alarm": {
    reason: "nobody is woken by a laptop; --once ends with exit code 1 where an alarm would ring",
    type: named((name, account, region) => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`),
  },
  "AWS::CloudWatch::Dashboard": {
    reason: "the inbox page is what a laptop looks at",
    type: named((name) => name),
  },
  "AWS::CDK::Metadata": {
    reason: "it tells CDK's makers which constructs are used",
    type: named((name) => name),
  },
};
