import { randomUUID } from "node:crypto";
import type { Queues } from "./queues.ts";
import type { Reply } from "./reply.ts";
import { readMembers, render, type Fields, type XmlNode } from "./sns/query.ts";

/** `Version` of the requests in SQS's older protocol, which the command lines of distributions still speak. */
export const queueQueryVersion = "2012-11-05";

const numbers = ["MaxNumberOfMessages", "WaitTimeSeconds", "VisibilityTimeout", "DelaySeconds"];

/** Lists by their name in the older protocol and in the newer one. */
const lists: Readonly<Record<string, string>> = {
  AttributeName: "AttributeNames",
  MessageAttributeName: "MessageAttributeNames",
  MessageSystemAttributeName: "MessageSystemAttributeNames",
};

/** Serves a request of the query protocol by the emulator's JSON one (Amazon SQS API reference, version 2012-11-05). */
export async function serveQueueQuery(queues: Queues, fields: Fields): Promise<Reply> {
  const action = fields.get("Action") ?? "";
  const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": `AmazonSQS.${action}` };
  const reply = await queues.serve(headers, Buffer.from(JSON.stringify(toInput(fields))));
  const output = JSON.parse(String(reply.body)) as Record<string, unknown>;
  const requestId = randomUUID();
  const content: readonly XmlNode[] =
    reply.status === 200
      ? [
          [`${action}Result`, toXml(action, output)],
          ["ResponseMetadata", [["RequestId", requestId]]],
        ]
      : [
          ["Error", refusal(reply, output)],
          ["RequestId", requestId],
        ];
  const root = reply.status === 200 ? `${action}Response` : "ErrorResponse";
  return {
    status: reply.status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body: `<${root} xmlns="http://queue.amazonaws.com/doc/2012-11-05/">${render(content)}</${root}>`,
  };
}

function toInput(fields: Fields): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [name, value] of fields) {
    if (name.includes(".") || name === "Action" || name === "Version") continue;
    input[name] = numbers.includes(name) ? Number(value) : value;
  }
  for (const [older, newer] of Object.entries(lists)) {
    const members = readMembers(fields, older).map((member) => member.get("") ?? "");
    if (members.length > 0) input[newer] = members;
  }
  const attributes = readMembers(fields, "Attribute");
  if (attributes.length > 0) {
    input["Attributes"] = Object.fromEntries(
      attributes.map((member) => [member.get("Name") ?? "", member.get("Value") ?? ""]),
    );
  }
  const entries = readMembers(fields, `${fields.get("Action")}RequestEntry`);
  if (entries.length > 0) {
    input["Entries"] = entries.map((entry) =>
      Object.fromEntries(
        [...entry].map(([name, value]) => [name, numbers.includes(name) ? Number(value) : value]),
      ),
    );
  }
  return input;
}

/** Names of list members in an answer, where they are not the list's own without its s. */
const memberNames: Readonly<Record<string, string>> = {
  Messages: "Message",
  QueueUrls: "QueueUrl",
  queueUrls: "QueueUrl",
  Failed: "BatchResultErrorEntry",
};

function toXml(action: string, output: Readonly<Record<string, unknown>>): XmlNode[] {
  return Object.entries(output).flatMap(([name, value]): XmlNode[] => {
    if (Array.isArray(value)) {
      const member = memberNames[name] ?? (name === "Successful" ? `${action}ResultEntry` : name);
      return value.map((item: unknown) => [
        member,
        typeof item === "object" && item !== null
          ? toXml(action, item as Record<string, unknown>)
          : String(item),
      ]);
    }
    if (typeof value === "string") return [[name, value]];
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value as Record<string, unknown>).map(([key, inner]) => [
      name.replace(/s$/, ""),
      [
        ["Name", key],
        ["Value", String(inner)],
      ],
    ]);
  });
}

/** The older protocol has codes of its own; the newer one tells them in a header. */
function refusal(reply: Reply, output: Readonly<Record<string, unknown>>): XmlNode[] {
  const [code = "InternalError", type = "Sender"] = (reply.headers["x-amzn-query-error"] ?? "").split(";");
  return [
    ["Type", type],
    ["Code", code],
    ["Message", String(output["message"])],
  ];
}
