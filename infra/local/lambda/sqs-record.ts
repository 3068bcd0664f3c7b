import type { QueueMessageAttribute } from "../emulators/sqs/message-content.ts";

/** A message as `ReceiveMessage` returns it. */
export interface ReceivedQueueMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<Record<string, QueueMessageAttribute>>;
  readonly MD5OfMessageAttributes?: string;
}

/** The record of a function's event (AWS Lambda Developer Guide, "Using Lambda with Amazon SQS": example event). */
export function toRecord(
  message: ReceivedQueueMessage,
  { queueArn, region }: { readonly queueArn: string; readonly region: string },
): object {
  const { MessageId, ReceiptHandle, Body, MD5OfBody, Attributes, MessageAttributes, MD5OfMessageAttributes } =
    message;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes ?? {},
    messageAttributes: Object.fromEntries(
      Object.entries(MessageAttributes ?? {}).map(([name, attribute]) => [
        name,
        toRecordAttribute(attribute),
      ]),
    ),
    ...(MD5OfMessageAttributes !== undefined && { md5OfMessageAttributes: MD5OfMessageAttributes }),
    md5OfBody: MD5OfBody,
    eventSource: "aws:sqs",
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}

const toRecordAttribute = ({ DataType, StringValue, BinaryValue }: QueueMessageAttribute) => ({
  ...(StringValue !== undefined && { stringValue: StringValue }),
  ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
  stringListValues: [],
  binaryListValues: [],
  dataType: DataType,
});
