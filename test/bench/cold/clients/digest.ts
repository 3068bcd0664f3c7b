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
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

/** The clients that digest makes, and the commands that it sends. */
export const handler = [
  new DynamoDBClient({}),
  new S3Client({}),
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
  [SendMessageBatchCommand, SendMessageCommand],
];
