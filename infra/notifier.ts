import { type CfnResource, RemovalPolicy, Stack } from "aws-cdk-lib";
import { type IRole, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { type CfnLogGroup, LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { Deployment } from "./config/stack-configuration.ts";

/** Id in the stack of the function that CDK creates to set the notifications of buckets. */
const handlerId = "BucketNotificationsHandler050a0587b7544547bf325f094a3db834";

/**
 * The role and the log of CDK's function that sets the notifications of the bucket. By default it may change those of
 * every bucket, and its log has no retention.
 */
export class Notifier extends Construct {
  /** CDK adds no permissions to it. */
  readonly role: IRole;
  private readonly ownRole: Role;
  private readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, { logDays }: Deployment) {
    super(scope, id);
    this.logGroup = new LogGroup(this, "Log", { removalPolicy: RemovalPolicy.DESTROY });
    (this.logGroup.node.defaultChild as CfnLogGroup).retentionInDays = logDays;
    this.ownRole = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    this.role = this.ownRole.withoutPolicyUpdates();
    this.allow("Log", ["logs:CreateLogStream", "logs:PutLogEvents"], this.logGroup.logGroupArn);
  }

  /** Adds a statement to the function's role. */
  allow(sid: string, actions: string[], resource: string): void {
    this.ownRole.addToPolicy(new PolicyStatement({ sid, actions, resources: [resource] }));
  }

  /** Sends the output of the function to the log group. Only after a notification was added: that creates the function. */
  connectLog(): void {
    const handler = Stack.of(this).node.findChild(handlerId).node.findChild("Resource") as CfnResource;
    handler.addPropertyOverride("LoggingConfig", { LogGroup: this.logGroup.logGroupName });
  }
}
