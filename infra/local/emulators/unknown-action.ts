import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Reply } from "./reply.ts";
import { render, type Fields } from "./sns/query.ts";

/** `Version` of the query protocol by service. */
const queryServices: Readonly<Record<string, string>> = {
  "2010-05-15": "CloudFormation",
  "2010-05-08": "IAM",
  "2010-08-01": "CloudWatch",
  "2011-06-15": "STS",
};

/** Names of the services that the local stack has. */
const served = ["dynamodb", "s3", "sns", "sqs"];

/** Names that differ from the service's name in signatures. */
const names: Readonly<Record<string, string>> = {
  cloudformation: "CloudFormation",
  events: "EventBridge",
  iam: "IAM",
  kms: "KMS",
  lambda: "Lambda",
  logs: "CloudWatch Logs",
  monitoring: "CloudWatch",
  scheduler: "EventBridge Scheduler",
  sts: "STS",
};

/** A service that is not emulated, and how its clients read an error. */
interface UnknownService {
  readonly name: string;
  readonly action: string;
  readonly protocol: "json" | "cbor" | "rest-json";
}

/**
 * The service that a request is for, if the local stack does not have it: by the scope of its signature (AWS General
 * Reference, 'Signature Version 4'), or by its target. Requests in the query protocol are told apart by their version.
 */
export function findUnknownService(request: IncomingMessage): UnknownService | undefined {
  const { method = "GET", url = "/", headers } = request;
  const scope = /Credential=[^/,\s]+\/\d+\/[^/,\s]+\/([\w-]+)\//.exec(headers.authorization ?? "")?.[1];
  const target = String(headers["x-amz-target"] ?? "");
  const [prefix = "", operation = ""] = target.split(".", 2);
  if (scope === undefined && target === "") return undefined;
  if (scope !== undefined && served.includes(scope)) return undefined;
  if ((headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded")) return undefined;
  const name = names[scope ?? ""] ?? scope ?? prefix;
  if (target !== "") return { name, action: operation, protocol: "json" };
  const rpc = /\/operation\/(\w+)$/.exec(url)?.[1];
  if (rpc !== undefined) return { name, action: rpc, protocol: "cbor" };
  return { name, action: `${method} ${url.split("?", 1)[0]}`, protocol: "rest-json" };
}

/** Refuses an action of a service that is not emulated, in the error format of that service. */
export function refuseService({ name, action, protocol }: UnknownService): Reply {
  const message = notEmulated(name, action);
  const type = "UnknownOperationException";
  if (protocol === "cbor")
    return {
      status: 400,
      headers: { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" },
      body: cborMap({ __type: type, message }),
    };
  return {
    status: protocol === "json" ? 400 : 501,
    headers: {
      "content-type": protocol === "json" ? "application/x-amz-json-1.1" : "application/json",
      "x-amzn-errortype": type,
    },
    body: JSON.stringify({ __type: type, message }),
  };
}

/** Refuses a request in the query protocol whose version is that of no emulated service; otherwise `undefined`. */
export function refuseQuery(fields: Fields): Reply | undefined {
  const service = queryServices[fields.get("Version") ?? ""];
  if (service === undefined) return undefined;
  const requestId = randomUUID();
  const error = [
    ["Type", "Sender"],
    ["Code", "InvalidAction"],
    ["Message", notEmulated(service, fields.get("Action") ?? "")],
  ] as const;
  return {
    status: 400,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body: `<ErrorResponse>${render([
      ["Error", error],
      ["RequestId", requestId],
    ])}</ErrorResponse>`,
  };
}

const notEmulated = (service: string, action: string): string =>
  `The local stack does not have ${service}, so it can't run ${action}; it has S3, SQS, SNS and DynamoDB.`;

/** A map of texts in CBOR (RFC 8949, section 3.1). */
function cborMap(content: Readonly<Record<string, string>>): Buffer {
  const text = (value: string) => {
    const bytes = Buffer.from(value);
    // Major type 3 with a length of two bytes.
    return Buffer.concat([Buffer.from([0x79, bytes.length >> 8, bytes.length & 0xff]), bytes]);
  };
  const entries = Object.entries(content);
  return Buffer.concat([Buffer.from([0xa0 + entries.length]), ...entries.flat().map(text)]);
}
