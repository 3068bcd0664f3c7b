import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PublishBatchCommand, SNSClient } from "@aws-sdk/client-sns";
import { ChangeMessageVisibilityBatchCommand, SQSClient } from "@aws-sdk/client-sqs";

/** The clients that deliver makes, and the commands that it sends. */
export const handler = [
  new DynamoDBClient({}),
  new S3Client({}),
  new SNSClient({}),
  new SQSClient({}),
  [BatchGetItemCommand, GetItemCommand, PutItemCommand, UpdateItemCommand],
  [PutObjectCommand],
  [PublishBatchCommand],
  [ChangeMessageVisibilityBatchCommand],
];
