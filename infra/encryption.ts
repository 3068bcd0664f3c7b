import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, type Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { type IKey, Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import type { Deployment } from "./config/stack-configuration.ts";

/** Id of the construct in its stack. */
const id = "Encryption";

/**
 * The customer's key for the bucket, the queues, the topics and the table, if `deployment.encryption` asks for one. It is
 * retained when the stack is deleted, because what the stack leaves can't be read without it.
 */
export class Encryption extends Construct {
  readonly key: IKey | undefined;

  constructor(scope: Construct, { encryption, adopt }: Deployment) {
    super(scope, id);
    if (encryption !== "customer") return;
    this.key = adopt.key === undefined ? newKey(this) : Key.fromKeyArn(this, "Key", adopt.key);
  }
}

function newKey(scope: Construct): Key {
  const key = new Key(scope, "Key", {
    description: `Data of ${Stack.of(scope).stackName}`,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      // Who may send to which queue and topic is decided by their policies.
      sid: "Services",
      principals: [
        // Amazon S3 User Guide, 'Granting permissions to publish event notification messages to a destination'.
        new ServicePrincipal("s3.amazonaws.com"),
        // Amazon SNS Developer Guide, 'Enable compatibility between event sources from AWS services and encrypted topics'.
        new ServicePrincipal("cloudwatch.amazonaws.com"),
      ],
      actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
      resources: ["*"],
    }),
  );
  return key;
}

/** The customer's key of a construct's stack; `undefined` where the services use keys of their own. */
export const customerKey = (construct: Construct): IKey | undefined =>
  (Stack.of(construct).node.tryFindChild(id) as Encryption | undefined)?.key;

/** A service that uses the key on behalf of a role. */
export type KeyUser = "s3" | "sqs" | "sns" | "dynamodb";

/**
 * Lets a role use the customer's key, if there is one, by these services only: to read (`Decrypt`), and to write, for
 * which they also decrypt the new data key (Amazon SQS Developer Guide, 'Configuring AWS KMS permissions'; Amazon S3 User
 * Guide, 'Using server-side encryption with AWS KMS keys'; AWS KMS Developer Guide, 'How Amazon DynamoDB uses AWS KMS').
 */
export function allowKey(role: Role, services: readonly KeyUser[]): void {
  const key = customerKey(role);
  if (!key) return;
  const { region } = Stack.of(role);
  role.addToPolicy(
    new PolicyStatement({
      sid: "Key",
      actions: [
        "kms:Decrypt",
        "kms:GenerateDataKey",
        // The guide of SNS names both ways to generate a data key.
        ...(services.includes("sns") ? ["kms:GenerateDataKeyWithoutPlaintext"] : []),
      ],
      resources: [key.keyArn],
      conditions: {
        StringEquals: { "kms:ViaService": services.map((service) => `${service}.${region}.amazonaws.com`) },
      },
    }),
  );
}
