import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

export type Service = "s3" | "sqs" | "dynamodb" | "sns";

/** What a function asked of a service, as its request shows. */
export interface Call {
  readonly service: Service;
  /** Operation and, where it serves several purposes, which: `dynamodb.PutItem sent`, `sqs.SendMessageBatch outbox`. */
  readonly name: string;
  /** The same for every repetition of one call. */
  readonly fingerprint: string;
  /** The messages of a publish. */
  readonly published: readonly Published[];
  /** Key of the item that a write of the ledger touches. */
  readonly item?: string;
  /** Key of the object that a call to S3 names. */
  readonly object?: string;
  /** Id of the message that a write of the ledger marks as sent. */
  readonly marks?: string;
  /** The messages that are enqueued in the outbox. */
  readonly enqueued?: readonly Enqueued[];
}

export interface Enqueued {
  /** Id of the message. */
  readonly id: string;
  /** Hash of its machine-readable text. */
  readonly text: string;
}

/** A message in a publish call. */
export interface Published {
  /** Id within the call. */
  readonly id: string;
  /** Hash of its machine-readable text. */
  readonly text: string;
  readonly audience: string;
  readonly keys: readonly string[];
  readonly more: number;
  readonly email: string;
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
  if (target.startsWith("DynamoDB_")) {
    const found = ledgerCall(action, text);
    // A write that is repeated later has another expiry.
    const same = found.item === undefined ? {} : { fingerprint: `${found.name} ${found.item}` };
    return { ...bare, ...same, service: "dynamodb", ...found };
  }
  if (target === "AmazonSQS") {
    const enqueued = action === "SendMessageBatch" ? { enqueued: enqueues(text) } : {};
    return { ...bare, service: "sqs", name: `sqs.${action} ${queueOf(text)}`, ...enqueued };
  }
  const form = new URLSearchParams(text);
  if (method === "POST" && url === "/" && form.has("Action"))
    return { ...bare, service: "sns", name: `sns.${form.get("Action")}`, published: publishes(form) };
  const object = decodeURIComponent(/^\/[^/?]+\/([^?]*)/.exec(url)?.[1] ?? "");
  return { ...bare, service: "s3", name: `s3.${objectCall(method, url, headers)}`, object };
}

/** Operation and purpose: plans are written and read in the bucket of the snapshots. */
function objectCall(method: string, url: string, headers: IncomingHttpHeaders): string {
  const [path = "", query = ""] = url.split("?", 2);
  if (query.includes("list-type=2")) return "ListObjects";
  const purpose = /^\/[^/]+\/(plans\/states|plans|snapshots|quarantine)\//.exec(path)?.[1] ?? "";
  const operation = headers["x-amz-copy-source"] ? "Copy" : method === "PUT" ? "Put" : "Get";
  return `${operation}Object ${purpose}`;
}

function enqueues(text: string): readonly Enqueued[] {
  const { Entries = [] } = JSON.parse(text) as { readonly Entries?: readonly { MessageBody: string }[] };
  return Entries.map(({ MessageBody }) => {
    const { id, machine } = JSON.parse(MessageBody) as { readonly id: string; readonly machine: string };
    return { id, text: hash("sha256", machine) };
  });
}

/** Which queue a request names, by the end of its logical id. */
function queueOf(text: string): string {
  const { QueueUrl = "" } = JSON.parse(text) as { readonly QueueUrl?: string };
  if (QueueUrl.endsWith(".fifo")) return "outbox";
  return /Slots/.test(QueueUrl) ? "slots" : "intake";
}

type ItemKey = Readonly<Record<string, { S?: string }>>;

/** One request of a `BatchWriteItem`. */
interface WriteRequest {
  readonly PutRequest?: { readonly Item: ItemKey };
  readonly DeleteRequest?: { readonly Key: ItemKey };
}

interface LedgerRequest {
  readonly Key?: ItemKey;
  readonly Item?: ItemKey;
  readonly RequestItems?: Readonly<
    Record<string, { readonly Keys?: readonly ItemKey[] } | readonly WriteRequest[]>
  >;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, { S?: string }>>;
}

/** What an item is, by the first part of its key. */
const kindOf = (pk = ""): string => (pk.startsWith("feed#memory#") ? "memory" : (pk.split("#", 1)[0] ?? ""));

function ledgerCall(action: string, text: string): Pick<Call, "name" | "item" | "marks"> {
  const request = JSON.parse(text) as LedgerRequest;
  const [batch] = Object.values(request.RequestItems ?? {});
  const writes = Array.isArray(batch) ? (batch as readonly WriteRequest[]) : [];
  const [write] = writes;
  const written = write?.PutRequest?.Item ?? write?.DeleteRequest?.Key;
  const pk = (request.Key ?? request.Item ?? written)?.["pk"]?.S ?? listed(request);
  const name = (purpose: string) => ({
    name: `dynamodb.${action} ${purpose}`.trim(),
    ...(pk !== undefined && { item: pk }),
  });
  if (write) return name(`waiting ${waitingCall(write, pk)}`);
  if (action === "Query") return name(`waiting ${listOf(pk)}`);
  if (batch && "Keys" in batch) return name(kindOf(batch.Keys?.[0]?.["pk"]?.S));
  const kind = kindOf(pk);
  const update = request.UpdateExpression;
  if (kind === "sent") return { ...name(kind), marks: pk?.slice("sent#".length) ?? "" };
  if (update === undefined) return name(request.Item?.["to"] ? "pointer" : kind);
  if (kind === "claim") return name(`claim ${claimCall(request)}`);
  const touched = [...new Set(update.match(/#[a-zA-Z]+/g))].filter((field) => field !== "#expires");
  return name(`${kind} ${touched.join(" ")}`);
}

/** The partition that a query reads. */
const listed = ({ ExpressionAttributeValues: values }: LedgerRequest): string | undefined =>
  values?.[":pk"]?.S;

/** Which list of what waits a partition holds. */
function listOf(pk = ""): string {
  if (pk === "waiting#~audiences") return "audiences";
  return pk.split("#").length > 2 ? "entries" : "claims";
}

/** What a batch does to what waits, by its first request. */
function waitingCall({ PutRequest: put }: WriteRequest, pk: string | undefined): string {
  const list = listOf(pk);
  if (!put) return `delete ${list}`;
  return put.Item["sk"]?.S === "covered" ? "cover" : `put ${list}`;
}

/** What a write does to a claim. */
function claimCall({ UpdateExpression = "", ExpressionAttributeValues: values = {} }: LedgerRequest): string {
  if (values[":sealed"] && values[":finished"]) return "finish";
  if (values[":sealed"]) return "seal";
  if (values[":ended"]) return "end";
  if (values[":zero"]) return "release";
  return UpdateExpression.includes(":nobody") ? "hand on" : "acquire";
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
      text: hash("sha256", message.default),
      audience: machine.audience ?? audience,
      keys: machine.entries.map(({ key }) => key),
      more: machine.more ?? 0,
      email: message.email,
    });
  }
  return found;
}
