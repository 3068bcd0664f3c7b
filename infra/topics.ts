import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { type CfnTopic, type ITopic, Topic, TopicPolicy } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { topicName } from "../functions/core/configuration.ts";
import type { StackConfiguration } from "./config/stack-configuration.ts";
import { customerKey } from "./encryption.ts";

/**
 * One topic per audience, named `<stack>-<audience>`, with the earlier name of a renamed audience. A topic holds the subscriptions of its readers, so it is retained
 * when its audience or the stack is deleted, and can be adopted when they are added again.
 */
export class AudienceTopics extends Construct {
  readonly byAudience: ReadonlyMap<string, ITopic>;
  /** ARN of every topic without its audience's name. */
  readonly arnPrefix: string;

  constructor(scope: Construct, id: string, { audiences, deployment }: StackConfiguration) {
    super(scope, id);
    const namePrefix = `${deployment.stackName}-`;
    this.arnPrefix = Stack.of(this).formatArn({ service: "sns", resource: namePrefix });
    this.byAudience = new Map(
      audiences.map((audience) => {
        const { name, displayName } = audience;
        // The logical id too: with another one, CloudFormation would create the topic a second time and fail.
        const id = topicName(audience);
        const topic = deployment.adopt.topics.includes(name)
          ? Topic.fromTopicArn(this, id, this.arnPrefix + id)
          : newTopic(this, id, {
              topicName: namePrefix + id,
              ...(displayName !== undefined && { displayName }),
            });
        refusePlainHttp(this, `${id}Policy`, topic);
        return [name, topic];
      }),
    );
  }

  get arns(): string[] {
    return [...this.byAudience.values()].map(({ topicArn }) => topicArn);
  }
}

/** The same resource for a new and for an adopted topic, so that a change from one to the other does not replace it. */
const refusePlainHttp = (scope: Construct, id: string, topic: ITopic): TopicPolicy =>
  new TopicPolicy(scope, id, { topics: [topic], enforceSSL: true });

function newTopic(
  scope: Construct,
  id: string,
  names: { readonly topicName: string; readonly displayName?: string },
): Topic {
  const topic = new Topic(scope, id, names);
  // The policy of the AWS-managed key lets every principal of the account that may publish use it through SNS, so deliver
  // needs no KMS permission for it.
  (topic.node.defaultChild as CfnTopic).kmsMasterKeyId = customerKey(scope)?.keyArn ?? "alias/aws/sns";
  topic.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  return topic;
}
