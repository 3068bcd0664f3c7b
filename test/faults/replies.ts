import type { Call, Published, Service } from "./calls.ts";

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const json = (status: number, type: string, headers = {}): Reply => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.0", ...headers },
  body: Buffer.from(JSON.stringify({ __type: type, message: "Injected by the test." })),
});

const xml = (status: number, body: string): Reply => ({
  status,
  headers: { "content-type": "text/xml" },
  body: Buffer.from(body),
});

const s3Error = (status: number, code: string) =>
  xml(
    status,
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>Injected by the test.</Message></Error>`,
  );
const snsError = (status: number, code: string) =>
  xml(
    status,
    `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Receiver</Type><Code>${code}</Code><Message>Injected by the test.</Message></Error><RequestId>0</RequestId></ErrorResponse>`,
  );

/**
 * How each service says that it failed (S3: 'Error responses'; SQS and SNS: 'Common errors' of their API
 * References; DynamoDB Developer Guide: 'Error handling').
 */
export const failure: Readonly<Record<Service, Reply>> = {
  s3: s3Error(500, "InternalError"),
  sqs: json(500, "com.amazonaws.sqs#InternalFailure", { "x-amzn-query-error": "InternalFailure;Receiver" }),
  sns: snsError(500, "InternalError"),
  dynamodb: json(500, "com.amazonaws.dynamodb.v20120810#InternalServerError"),
};

/** How each service says that it is asked too often; the sources are the same. */
export const throttling: Readonly<Record<Service, Reply>> = {
  s3: s3Error(503, "SlowDown"),
  sqs: json(400, "com.amazonaws.sqs#RequestThrottled", { "x-amzn-query-error": "RequestThrottled;Sender" }),
  sns: snsError(400, "ThrottlingException"),
  dynamodb: json(400, "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"),
};

/** How each service refuses a call for which the permission is missing; the sources are the same. */
export const forbidden: Readonly<Record<Service, Reply>> = {
  s3: s3Error(403, "AccessDenied"),
  sqs: json(403, "com.amazonaws.sqs#AccessDeniedException", { "x-amzn-query-error": "AccessDenied;Sender" }),
  sns: snsError(403, "AuthorizationError"),
  dynamodb: json(400, "com.amazonaws.dynamodb.v20120810#AccessDeniedException"),
};

/** A part of a call that is carried out, and how the answer says that the rest was not. */
export interface Part {
  /** What is passed on; absent where nothing is. */
  readonly body?: Buffer;
  readonly answer: (upstream: Reply | undefined) => Reply;
}

/** The first half of a batch; `undefined` where a call has no parts. */
export function firstHalf(call: Call, body: Buffer): Part | undefined {
  if (call.name === "sns.PublishBatch") return halfOfPublish(call, body);
  if (call.name.startsWith("dynamodb.BatchGetItem")) return halfOfRead(body);
  if (call.name.startsWith("dynamodb.BatchWriteItem")) return halfOfWrite(body);
  return undefined;
}

const halfOfPublish = (call: Call, body: Buffer): Part =>
  partOfPublish(call, body, call.published.slice(Math.floor(call.published.length / 2)), "InternalError");

/** A publish of which SNS does not take some messages, with the code that it gives for them. */
export function partOfPublish(
  { published }: Call,
  body: Buffer,
  refused: readonly Published[],
  code: string,
): Part {
  const ids = new Set(refused.map(({ id }) => id));
  const kept = published.filter(({ id }) => !ids.has(id));
  const failed = refused
    .map(
      ({ id }) =>
        `<member><Id>${id}</Id><Code>${code}</Code><Message>Injected by the test.</Message><SenderFault>${code !== "InternalError"}</SenderFault></member>`,
    )
    .join("");
  const form = new URLSearchParams(body.toString("utf8"));
  const member = (name: string) => /^(PublishBatchRequestEntries\.member\.\d+)\./.exec(name)?.[1];
  for (const name of Array.from(form.keys())) {
    const prefix = member(name);
    if (prefix !== undefined && ids.has(new URLSearchParams(body.toString("utf8")).get(`${prefix}.Id`) ?? ""))
      form.delete(name);
  }
  const nothing = `<PublishBatchResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishBatchResult><Successful></Successful><Failed></Failed></PublishBatchResult><ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></PublishBatchResponse>`;
  return {
    ...(kept.length > 0 && { body: Buffer.from(form.toString()) }),
    answer: (upstream) => {
      if (upstream && upstream.status >= 300) return upstream;
      const text = (upstream?.body.toString("utf8") ?? nothing).replace(
        /<Failed><\/Failed>|<Failed\/>/,
        `<Failed>${failed}</Failed>`,
      );
      if (!text.includes(failed)) throw new Error(`Nowhere to put what failed: ${text.slice(0, 500)}`);
      return xml(200, text);
    },
  };
}

function halfOfRead(body: Buffer): Part {
  const request = JSON.parse(body.toString("utf8")) as {
    RequestItems: Record<string, { Keys: unknown[] } & Record<string, unknown>>;
  };
  const [table = "", asked] = Object.entries(request.RequestItems)[0] ?? [];
  if (!asked) throw new Error("A BatchGetItem without keys.");
  const kept = asked.Keys.slice(0, Math.floor(asked.Keys.length / 2));
  const left = { [table]: { ...asked, Keys: asked.Keys.slice(kept.length) } };
  const part = { ...request, RequestItems: { [table]: { ...asked, Keys: kept } } };
  return {
    ...(kept.length > 0 && { body: Buffer.from(JSON.stringify(part)) }),
    answer: (upstream) => {
      const found = upstream
        ? (JSON.parse(upstream.body.toString("utf8")) as object)
        : { Responses: { [table]: [] } };
      return {
        status: 200,
        headers: { "content-type": "application/x-amz-json-1.0" },
        body: Buffer.from(JSON.stringify({ ...found, UnprocessedKeys: left })),
      };
    },
  };
}

function halfOfWrite(body: Buffer): Part {
  const request = JSON.parse(body.toString("utf8")) as { RequestItems: Record<string, unknown[]> };
  const [table = "", writes = []] = Object.entries(request.RequestItems)[0] ?? [];
  const kept = writes.slice(0, Math.floor(writes.length / 2));
  const left = { [table]: writes.slice(kept.length) };
  return {
    ...(kept.length > 0 && {
      body: Buffer.from(JSON.stringify({ ...request, RequestItems: { [table]: kept } })),
    }),
    answer: (upstream) =>
      upstream && upstream.status >= 300
        ? upstream
        : {
            status: 200,
            headers: { "content-type": "application/x-amz-json-1.0" },
            body: Buffer.from(JSON.stringify({ UnprocessedItems: left })),
          },
  };
}

/** S3 may begin to answer a copy with 200 and fail then (Amazon S3 API Reference, `CopyObject`). */
export const copyFailedLate: Reply = { ...failure.s3, status: 200 };
