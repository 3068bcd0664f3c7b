import { Stack } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { prefixes } from "../functions/aws/environment.ts";
import { customerKey } from "./encryption.ts";

/**
 * The policy that an uploader needs, as JSON: to put snapshots, and nothing else. S3 also decrypts the parts of a
 * multipart upload under a customer's key (Amazon S3 User Guide, 'Multipart upload API and permissions').
 */
export function uploaderPolicy(bucket: IBucket): string {
  const stack = Stack.of(bucket);
  const key = customerKey(bucket);
  const document = new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: "PutSnapshots",
        actions: ["s3:PutObject"],
        resources: [bucket.arnForObjects(`${prefixes.snapshots}*`)],
      }),
      ...(key
        ? [
            new PolicyStatement({
              sid: "EncryptSnapshots",
              actions: ["kms:Decrypt", "kms:GenerateDataKey"],
              resources: [key.keyArn],
              conditions: { StringEquals: { "kms:ViaService": `s3.${stack.region}.amazonaws.com` } },
            }),
          ]
        : []),
    ],
  });
  return stack.toJsonString(document.toJSON());
}
