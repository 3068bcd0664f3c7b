import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { CopyObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

/** The clients that ingest makes, and the commands that it sends. */
export const handler = [
  new DynamoDBClient({}),
  new S3Client({}),
  new SQSClient({}),
  [BatchGetItemCommand, BatchWriteItemCommand, GetItemCommand, PutItemCommand, UpdateItemCommand],
  [CopyObjectCommand, GetObjectCommand, PutObjectCommand],
  [SendMessageBatchCommand, SendMessageCommand],
];
