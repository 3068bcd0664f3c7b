import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";

/** A function in the real one's place, with the same weight of SDK: what is tested is the stack around it. */
export const handler = async (): Promise<{ batchItemFailures: [] }> => {
  for (const client of [
    new S3Client({ region: "eu-central-1" }),
    new SNSClient({ region: "eu-central-1" }),
  ]) {
    client.destroy();
  }
  return { batchItemFailures: [] };
};
