import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

export type Service = "s3" | "sqs" | "dynamodb" | "sns";

/** What a function asked of a service, as its request says. */
export interface Call {
  readonly service: Service;
  /** Operation and, where the ledger calls it for several reasons, what it is for: `dynamodb.UpdateItem record`. */
  readonly name: string;
  /** The same for every repetition of one call. */
  readonly fingerprint: string;
  /** The messages of a publish. */
  readonly published: readonly Published[];
  /** Key of the item that a write of the ledger touches. */
  readonly item?: string;
  /** What a write of the ledger records as sent. */
  readonly records?: Recorded;
}

export interface Published {
  readonly id: string;
  readonly audience: string;
  readonly keys: readonly string[];
  readonly more: number;
  readonly email: string;
}

export interface Recorded {
  readonly audience: string;
  /** Absent where all that the claim counts is recorded. */
  readonly key?: string;
}

export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Which call a request is; every service of the single endpoint is known by its own mark. */
export function describeCall({ method, url, headers, body }: Request): Call {
  const [target = "", action = ""] = String(headers["x-amz-target"] ?? "").split(".", 2);
  const text = body.toString("utf8");
  const bare = { published: [], fingerprint: hash("sha256", `${method} ${url}\n${target}\n${text}`) };
  if (target.startsWith("DynamoDB_")) return { ...bare, service: "dynamodb", ...ledgerCall(action, text) };
  if (target === "AmazonSQS") return { ...bare, service: "sqs", name: `sqs.${action}` };
  const form = new URLSearchParams(text);
  if (method === "POST" && url === "/" && form.has("Action"))
    return { ...bare, service: "sns", name: `sns.${form.get("Action")}`, published: publishes(form) };
  const operation = headers["x-amz-copy-source"] ? "CopyObject" : method === "PUT" ? "PutObject" : method;
  return { ...bare, service: "s3", name: `s3.${operation === "GET" ? "GetObject" : operation}` };
}

interface LedgerRequest {
  readonly Key?: Readonly<Record<string, { S?: string }>>;
  readonly Item?: Readonly<Record<string, { S?: string }>>;
  readonly RequestItems?: Readonly<
    Record<string, { Keys?: readonly Readonly<Record<string, { S?: string }>>[] }>
  >;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, { SS?: readonly string[] }>>;
}

/** What an item is, by the first part of its key. */
const kindOf = (pk: string | undefined): string => pk?.split("#", 1)[0] ?? "";

function ledgerCall(action: string, text: string): Pick<Call, "name" | "item" | "records"> {
  const request = JSON.parse(text) as LedgerRequest;
  const pk = (request.Key ?? request.Item)?.["pk"]?.S;
  const name = (purpose: string) => ({
    name: `dynamodb.${action} ${purpose}`.trim(),
    ...(pk !== undefined && { item: pk }),
  });
  const [batch] = Object.values(request.RequestItems ?? {});
  if (batch) return name(kindOf(batch.Keys?.[0]?.["pk"]?.S));
  const kind = kindOf(pk);
  const update = request.UpdateExpression;
  if (update === undefined) return name(request.Item?.["to"] ? "pointer" : kind);
  const [audience] = request.ExpressionAttributeValues?.[":audience"]?.SS ?? [];
  if (audience !== undefined)
    return {
      ...name(`${kind} record`),
      records: { audience, ...(kind === "entry" && pk !== undefined && { key: pk }) },
    };
  const touched = [...new Set(update.match(/#[a-z]+/g))].filter((field) => field !== "#expires");
  return name(`${kind} ${touched.join(" ")}`);
}

function publishes(form: URLSearchParams): readonly Published[] {
  const found: Published[] = [];
  const audience = form.get("TopicArn")?.split("-").at(-1) ?? "";
  for (let i = 1; form.has(`PublishBatchRequestEntries.member.${i}.Id`); i++) {
    const field = (name: string) => form.get(`PublishBatchRequestEntries.member.${i}.${name}`) ?? "";
    const message = JSON.parse(field("Message")) as { default: string; email: string };
    const machine = JSON.parse(message.default) as {
      audience?: string;
      more?: number;
      entries: { key: string }[];
    };
    found.push({
      id: field("Id"),
      audience: machine.audience ?? audience,
      keys: machine.entries.map(({ key }) => key),
      more: machine.more ?? 0,
      email: message.email,
    });
  }
  return found;
}
