import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { PublishBatchCommand, SNSClient } from "@aws-sdk/client-sns";
import { ChangeMessageVisibilityBatchCommand, SQSClient } from "@aws-sdk/client-sqs";

/** The clients that deliver makes at its start, and the commands that it sends: S3 is loaded for the first message that is quarantined. */
export const handler = [
  new DynamoDBClient({}),
  new SNSClient({}),
  new SQSClient({}),
  [BatchGetItemCommand, GetItemCommand, PutItemCommand, UpdateItemCommand],
  [PublishBatchCommand],
  [ChangeMessageVisibilityBatchCommand],
];
