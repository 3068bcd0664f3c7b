/**
 * On-demand prices in us-east-1, USD (the services' pricing pages): of a request per million, of Lambda's time per
 * GB-second on arm64.
 */
export const prices = {
  date: "2026-11",
  s3Put: 5,
  s3Get: 0.4,
  sqsRequest: 0.4,
  dynamodbRead: 0.125,
  dynamodbWrite: 0.625,
  snsPublish: 0.5,
  lambdaRequest: 0.2,
  lambdaGigabyteSecond: 0.0000133334,
} as const;
