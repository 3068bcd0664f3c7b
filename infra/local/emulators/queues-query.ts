import { randomUUID } from "node:crypto";
import type { Queues } from "./queues.ts";
import type { Reply } from "./reply.ts";
import { readMembers, render, type Fields, type XmlNode } from "./sns/query.ts";

/** `Version` of the requests in SQS's older protocol, which the command lines of distributions still speak. */
export const queueQueryVersion = "2012-11-05";

const numbers = [
  "DelaySeconds",
  "MaxNumberOfMessages",
  "MaxNumberOfMessagesPerSecond",
  "MaxResults",
  "VisibilityTimeout",
  "WaitTimeSeconds",
];

/** Lists of strings by their names in the query protocol and in the JSON protocol. */
const lists: Readonly<Record<string, string>> = {
  AttributeName: "AttributeNames",
  MessageAttributeName: "MessageAttributeNames",
  MessageSystemAttributeName: "MessageSystemAttributeNames",
  TagKey: "TagKeys",
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
  const input = toEntry(fields);
  delete input["Action"];
  delete input["Version"];
  for (const [older, newer] of Object.entries(lists)) {
    const members = readMembers(fields, older).map((member) => member.get("") ?? "");
    if (members.length > 0) input[newer] = members;
  }
  for (const [older, newer, key] of [
    ["Attribute", "Attributes", "Name"],
    ["Tag", input["QueueName"] === undefined ? "Tags" : "tags", "Key"],
  ] as const) {
    const members = readMembers(fields, older);
    if (members.length > 0)
      input[newer] = Object.fromEntries(
        members.map((member) => [member.get(key) ?? "", member.get("Value") ?? ""]),
      );
  }
  const entries = readMembers(fields, `${fields.get("Action")}RequestEntry`);
  if (entries.length > 0) input["Entries"] = entries.map(toEntry);
  return input;
}

/** The plain parameters and the message attributes of a request, or of an entry of a batch. */
function toEntry(fields: Fields): Record<string, unknown> {
  const plain = [...fields].filter(([name]) => !name.includes("."));
  const entry: Record<string, unknown> = Object.fromEntries(
    plain.map(([name, value]) => [name, numbers.includes(name) ? Number(value) : value]),
  );
  for (const name of ["MessageAttribute", "MessageSystemAttribute"]) {
    const members = readMembers(fields, name);
    if (members.length === 0) continue;
    entry[`${name}s`] = Object.fromEntries(
      members.map((member) => [
        member.get("Name") ?? "",
        {
          DataType: member.get("Value.DataType"),
          StringValue: member.get("Value.StringValue"),
          BinaryValue: member.get("Value.BinaryValue"),
        },
      ]),
    );
  }
  return entry;
}

/** Names of list members in a reply. */
const memberNames: Readonly<Record<string, string>> = {
  Messages: "Message",
  QueueUrls: "QueueUrl",
  queueUrls: "QueueUrl",
  Failed: "BatchResultErrorEntry",
  Results: "ListMessageMoveTasksResultEntry",
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
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      return [[name, String(value)]];
    if (typeof value !== "object" || value === null) return [];
    if (name === "Tags")
      return Object.entries(value as Record<string, unknown>).map(([key, inner]) => [
        "Tag",
        [
          ["Key", key],
          ["Value", String(inner)],
        ],
      ]);
    return Object.entries(value as Record<string, unknown>).map(([key, inner]) => [
      name.replace(/s$/, ""),
      [
        ["Name", key],
        [
          "Value",
          typeof inner === "object" && inner !== null
            ? toXml(action, inner as Record<string, unknown>)
            : String(inner),
        ],
      ],
    ]);
  });
}

/** The JSON protocol gives the error code of the query protocol in a header. */
function refusal(reply: Reply, output: Readonly<Record<string, unknown>>): XmlNode[] {
  const [code = "InternalError", type = "Sender"] = (reply.headers["x-amzn-query-error"] ?? "").split(";");
  return [
    ["Type", type],
    ["Code", code],
    ["Message", String(output["message"])],
  ];
}
