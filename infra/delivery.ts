import { Stack } from "aws-cdk-lib";
import { type IRole, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { type CfnTopic, Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { StackConfiguration } from "./config/stack-configuration.ts";

/** One topic per audience, named `<stack>-<audience>`. */
export class Delivery extends Construct {
  readonly topics: ReadonlyMap<string, Topic>;
  /** ARN of every topic up to its audience's name. */
  readonly topicArnPrefix: string;

  constructor(scope: Construct, id: string, { audiences, deployment }: StackConfiguration) {
    super(scope, id);
    const prefix = `${deployment.stackName}-`;
    this.topicArnPrefix = Stack.of(this).formatArn({ service: "sns", resource: prefix });
    this.topics = new Map(
      audiences.map(({ name, displayName }) => {
        const topic = new Topic(this, name, {
          topicName: `${prefix}${name}`,
          ...(displayName !== undefined && { displayName }),
          enforceSSL: true,
        });
        // The AWS-managed key: its policy lets every principal of the account that may publish use it through
        // SNS, so the publisher needs no KMS permission of its own, and nothing but the function publishes here.
        (topic.node.defaultChild as CfnTopic).kmsMasterKeyId = "alias/aws/sns";
        return [name, topic];
      }),
    );
  }

  /** To these topics and to nothing else, a telephone number least of all. */
  grantPublish(role: IRole): void {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        sid: "Delivery",
        actions: ["sns:Publish"],
        resources: [...this.topics.values()].map((topic) => topic.topicArn),
      }),
    );
  }
}
