import { SnsError } from "./errors.ts";
import { readMembers, type Fields } from "./query.ts";

/** A message attribute. */
export interface Attribute {
  readonly type: string;
  /** Text; base64 if the type is Binary. */
  readonly value: string;
}

export type AttributeMap = ReadonlyMap<string, Attribute>;

const invalid = (message: string) => new SnsError("ParameterValueInvalid", message);

/** Letters, digits, `_`, `-`, `.`; no leading, trailing or consecutive period; at most 256 characters. */
const attributeName = /^(?!\.)(?!.*\.\.)(?!.*\.$)[A-Za-z0-9_.-]{1,256}$/;

/**
 * Reads and validates message attributes (Amazon SNS developer guide, "Amazon SNS message attributes": items, data
 * types and validation). Like the service, rejects characters outside the Basic Multilingual Plane.
 */
export function readAttributes(fields: Fields, prefix: string): AttributeMap {
  const attributes = new Map<string, Attribute>();
  for (const member of readMembers(fields, `${prefix}.entry`)) {
    const name = member.get("Name") ?? "";
    const type = member.get("Value.DataType") ?? "";
    const value = member.get("Value.BinaryValue") ?? member.get("Value.StringValue") ?? "";
    checkAttribute(name, type, value);
    if (attributes.has(name)) throw invalid(`The message attribute '${name}' is duplicated.`);
    attributes.set(name, { type, value });
  }
  return attributes;
}

// oxlint-disable-next-line no-control-regex -- the service allows exactly these control characters
const forbidden = /[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd]/;

function checkAttribute(name: string, type: string, value: string): void {
  if (!attributeName.test(name)) throw invalid(`The message attribute name '${name}' is invalid.`);
  if (/^(aws|amazon)\./i.test(name) && !/^AWS\.(SNS|MM)\./.test(name)) {
    throw invalid(`The message attribute name '${name}' begins with a reserved prefix.`);
  }
  const [base = ""] = type.split(".", 1);
  if (!["String", "Number", "Binary"].includes(base) || type.length > 256) {
    throw invalid(
      `The message attribute '${name}' has an invalid message attribute type '${type}', the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  if (value === "") {
    throw invalid(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`,
    );
  }
  if (base === "Number" && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) {
    throw invalid(`Could not cast message attribute '${name}' value to number.`);
  }
  if (base !== "Binary" && forbidden.test(value)) {
    throw invalid(`The message attribute '${name}' contains a character that is not allowed in attributes.`);
  }
  if (type === "String.Array") parseArray(name, value);
}

/** Parses a `String.Array`: strings, numbers, booleans and null. */
export function parseArray(name: string, value: string): readonly (string | number | boolean | null)[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    parsed = undefined;
  }
  const simple = (item: unknown) => item === null || ["string", "number", "boolean"].includes(typeof item);
  if (!Array.isArray(parsed) || !parsed.every(simple)) {
    throw invalid(
      `The message attribute '${name}' of type 'String.Array' must be a JSON array of strings, numbers, booleans or null.`,
    );
  }
  return parsed as (string | number | boolean | null)[];
}

/** Size of the attributes in bytes: names, types and values. */
export function measureAttributes(attributes: AttributeMap): number {
  let size = 0;
  for (const [name, { type, value }] of attributes) {
    size += Buffer.byteLength(name) + Buffer.byteLength(type);
    size += type.startsWith("Binary") ? Buffer.from(value, "base64").length : Buffer.byteLength(value);
  }
  return size;
}
