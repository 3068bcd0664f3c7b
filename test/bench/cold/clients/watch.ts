import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";

/** The clients that watch makes, and the commands that it sends. */
export const handler = [
  new DynamoDBClient({}),
  new S3Client({}),
  new SNSClient({}),
  new SQSClient({}),
  [
    BatchGetItemCommand,
    BatchWriteItemCommand,
    GetItemCommand,
    PutItemCommand,
    QueryCommand,
    UpdateItemCommand,
  ],
  [GetObjectCommand, ListObjectsV2Command, PutObjectCommand],
  [GetTopicAttributesCommand],
  [SendMessageBatchCommand],
];
