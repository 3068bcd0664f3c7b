import type { SQSRecord } from "aws-lambda";
import type { QueueDelivery } from "./fake-queue.ts";

/** A queue message as Lambda's event source passes it to a function. */
export const sqsRecord = ({ messageId, handle, body, group, receives }: QueueDelivery): SQSRecord => ({
  messageId,
  receiptHandle: handle,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: "1772352000000",
    SenderId: "AIDAEXAMPLE",
    ApproximateFirstReceiveTimestamp: "1772352000001",
    ...(group !== "" && { MessageGroupId: group }),
  },
  messageAttributes: {},
  md5OfBody: "",
  eventSource: "aws:sqs",
  eventSourceARN: "arn:aws:sqs:eu-west-1:123456789012:intake",
  awsRegion: "eu-west-1",
});
