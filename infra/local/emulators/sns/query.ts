import { randomUUID } from "node:crypto";
import { escapeXml } from "../s3/xml.ts";
import type { Reply } from "../reply.ts";
import type { SnsError } from "./errors.ts";

/** Form fields of the AWS query protocol. */
export type Fields = ReadonlyMap<string, string>;

export const parseFields = (body: string): Fields => new Map(new URLSearchParams(body));

/** Returns the members of a list (`Prefix.member.1.…`) or map (`Prefix.entry.1.…`) in order, each with its fields. */
export function readMembers(fields: Fields, prefix: string): Map<string, string>[] {
  const members = new Map<number, Map<string, string>>();
  for (const [name, value] of fields) {
    const rest = name.startsWith(`${prefix}.`) ? name.slice(prefix.length + 1) : "";
    const dot = rest.indexOf(".");
    const index = Number(dot < 0 ? rest : rest.slice(0, dot));
    if (rest === "" || !Number.isInteger(index)) continue;
    const member = members.get(index) ?? new Map<string, string>();
    member.set(dot < 0 ? "" : rest.slice(dot + 1), value);
    members.set(index, member);
  }
  return [...members].sort(([a], [b]) => a - b).map(([, member]) => member);
}

type Xml = string | readonly XmlNode[];
export type XmlNode = readonly [name: string, content: Xml];

/** Serializes XML and escapes its texts. */
export const render = (content: Xml): string =>
  typeof content === "string"
    ? escapeXml(content)
    : content.map(([name, inner]) => `<${name}>${render(inner)}</${name}>`).join("");

/** Map entries in the form of the query protocol. */
export const mapEntries = (map: Iterable<readonly [string, string]>): XmlNode[] =>
  [...map].map(
    ([key, value]) =>
      [
        "entry",
        [
          ["key", key],
          ["value", value],
        ],
      ] as const,
  );

const namespace = "http://sns.amazonaws.com/doc/2010-03-31/";

export function queryReply(action: string, result: readonly XmlNode[]): Reply {
  const requestId = randomUUID();
  const body = `<${action}Response xmlns="${namespace}">${render([
    [`${action}Result`, result],
    ["ResponseMetadata", [["RequestId", requestId]]],
  ])}</${action}Response>`;
  return { status: 200, headers: { "content-type": "text/xml", "x-amzn-requestid": requestId }, body };
}

export function queryRefusal(error: SnsError): Reply {
  const requestId = randomUUID();
  const body = `<ErrorResponse xmlns="${namespace}">${render([
    [
      "Error",
      [
        ["Type", error.status < 500 ? "Sender" : "Receiver"],
        ["Code", error.code],
        ["Message", error.message],
      ],
    ],
    ["RequestId", requestId],
  ])}</ErrorResponse>`;
  return {
    status: error.status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body,
  };
}
