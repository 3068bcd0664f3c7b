import { Stack } from "aws-cdk-lib";
import { Effect, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { SubscriptionProtocol, Topic, TopicPolicy } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import type { Deployment } from "./config/stack-configuration.ts";
import { customerKey } from "./encryption.ts";

/**
 * The topic of the alarms, with a subscription for each operator, which the operator confirms. It is not encrypted with
 * the AWS-managed key, under which CloudWatch can't publish (Amazon SNS Developer Guide, 'Key management'); the texts
 * of alarms hold no address and nothing of a feed.
 */
export class OperatorsTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, addresses: readonly string[]) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    const key = customerKey(this);
    this.topic = new Topic(this, "Topic", {
      displayName: `${stackName} alarms`.slice(0, 100),
      ...(key && { masterKey: key }),
    });
    const policy = new TopicPolicy(this, "Policy", { topics: [this.topic], enforceSSL: true });
    policy.document.addStatements(
      new PolicyStatement({
        sid: "Alarms",
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        // Alarms of this account only.
        conditions: {
          StringEquals: { "aws:SourceAccount": Stack.of(this).account },
          ArnLike: {
            "aws:SourceArn": Stack.of(this).formatArn({ service: "cloudwatch", resource: "alarm:*" }),
          },
        },
      }),
    );
    acknowledge(
      this,
      "Serverless-SNSRedrivePolicy",
      "An alarm that did not reach an operator is shown by CloudWatch, and SNS itself retries mails, SMS and URLs",
    );
    // The address is the id: an operator who stays is not asked to confirm again when another one leaves.
    for (const address of addresses)
      this.topic.addSubscription({
        bind: () => ({ subscriberId: address, endpoint: address, protocol: protocolOf(address) }),
      });
  }
}

function protocolOf(address: string): SubscriptionProtocol {
  if (address.startsWith("https://")) return SubscriptionProtocol.HTTPS;
  return address.startsWith("+") ? SubscriptionProtocol.SMS : SubscriptionProtocol.EMAIL;
}

/** Why no alarm reaches anybody; `undefined` where operators or a topic are configured. */
export const missingOperators = ({
  operators,
  alarmTopicArn,
}: Pick<Deployment, "operators" | "alarmTopicArn">): string | undefined =>
  operators.length > 0 || alarmTopicArn !== undefined
    ? undefined
    : "Nobody is told of alarms. Set deployment.operators to the addresses of the operators, or deployment.alarmTopicArn to a topic; see infra/README.md, 'Alarms'.";
