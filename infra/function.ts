import { join } from "node:path";
import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  RecursiveLoop,
  Runtime,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { type CfnLogGroup, LogGroup } from "aws-cdk-lib/aws-logs";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { environmentNames } from "../functions/aws/environment.ts";
import { acknowledge, acknowledgePattern } from "./acknowledge.ts";
import { allowKey } from "./encryption.ts";
import type { Deployment } from "./config/stack-configuration.ts";

interface FeedbellFunctionProps {
  readonly description: string;
  /** Name of its bundle, which exports `handler`. */
  readonly entry: keyof Deployment["memory"];
  /** Holds a folder for each entry, with its code and its configuration. */
  readonly bundleFolder: string;
  readonly deployment: Deployment;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /**
   * The function sends messages to the queue that invokes it. Its own counter bounds them, so Lambda's detection of
   * recursive loops, which drops messages after about 16 rounds, is switched off.
   * @default false
   */
  readonly sendsToItself?: boolean;
  /**
   * The function publishes to topics.
   * @default false
   */
  readonly publishes?: boolean;
}

/** What a statement of a function's role is about. */
interface GrantedResources {
  readonly resources: string[];
  readonly conditions?: Readonly<Record<string, object>>;
  /** Why the resources are given by a pattern, if they are. */
  readonly pattern?: string;
}

/** A Lambda function with its own role and log group. */
export class FeedbellFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: FeedbellFunctionProps) {
    super(scope, id);
    const { deployment } = props;
    this.logGroup = new LogGroup(this, "Log", { removalPolicy: RemovalPolicy.DESTROY });
    (this.logGroup.node.defaultChild as CfnLogGroup).retentionInDays = deployment.logDays;
    // CDK's own role may write to every log group.
    this.role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    this.allow("Log", ["logs:CreateLogStream", "logs:PutLogEvents"], {
      resources: [this.logGroup.logGroupArn],
    });
    allowKey(this.role, ["s3", "sqs", "dynamodb", ...(props.publishes ? (["sns"] as const) : [])]);
    this.lambda = new LambdaFunction(this, "Function", {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(join(props.bundleFolder, props.entry)),
      handler: `${props.entry}.handler`,
      timeout: Duration.seconds(props.timeoutSeconds),
      memorySize: deployment.memory[props.entry],
      tracing: deployment.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      // CDK's own grants are wider than what Lambda needs.
      role: this.role.withoutPolicyUpdates(),
      logGroup: this.logGroup,
      environment: {
        ...props.environment,
        [environmentNames.stack]: Stack.of(this).stackName,
      },
      ...(props.sendsToItself && { recursiveLoop: RecursiveLoop.ALLOW }),
    });
    if (deployment.tracing)
      this.allow("Trace", ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], {
        resources: ["*"],
        pattern: "X-Ray has no resources that a policy could name",
      });
    this.acknowledgeRules(deployment.tracing);
  }

  /** Adds a statement to the function's role. */
  allow(sid: string, actions: string[], { pattern, ...on }: GrantedResources): void {
    this.role.addToPolicy(new PolicyStatement({ sid, actions, ...on }));
    if (pattern !== undefined)
      for (const resource of on.resources) acknowledgePattern(this.role, resource, pattern);
  }

  /**
   * Lets Lambda poll a queue for the function and report each message that failed (AWS Lambda Developer Guide, 'Using
   * Lambda with Amazon SQS', execution role permissions).
   */
  poll(queue: Queue, limits: { readonly batchSize: number; readonly maxConcurrency: number }): void {
    this.lambda.addEventSource(new SqsEventSource(queue, { ...limits, reportBatchItemFailures: true }));
    this.allow("Poll", ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], {
      resources: [queue.queueArn],
    });
  }

  private acknowledgeRules(tracing: boolean): void {
    acknowledge(
      this,
      "Serverless-LambdaDLQ",
      "What a queue sends goes to the queue's own dead-letter queue, and an event of a schedule to the destination for failures",
    );
    acknowledge(
      this,
      "Serverless-LambdaEventSourceMappingDestination",
      "Lambda has such destinations for streams and Kafka; what an SQS queue sends goes to its dead-letter queue",
    );
    if (!tracing) acknowledge(this, "Serverless-LambdaTracing", "It is billed by trace: deployment.tracing");
  }
}
