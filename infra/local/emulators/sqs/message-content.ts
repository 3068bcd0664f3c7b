import { createHash } from "node:crypto";
import { invalidParameter, SqsError } from "./errors.ts";
import { isRecord } from "./input.ts";

/** A message attribute as the JSON protocol writes it; `BinaryValue` is base64. */
export interface QueueMessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export type QueueMessageAttributes = Readonly<Record<string, QueueMessageAttribute>>;

/** Size limit in bytes of a message, and of the messages of a batch together (Amazon SQS Developer Guide, "Message quotas"). */
export const maxMessageBytes = 1_048_576;

/** The characters that SQS accepts in a body or a string value (Amazon SQS API Reference, `SendMessage`). */
const invalidCharacter = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

export const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

/** Throws `InvalidMessageContents` where the text has a character that SQS refuses. */
export function checkCharacters(text: string): void {
  if (!invalidCharacter.test(text)) return;
  throw new SqsError(
    "InvalidMessageContents",
    "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.",
  );
}

/** At most 10 attributes a message (Amazon SQS Developer Guide, "Message quotas"). */
const maxAttributes = 10;

const dataType = /^(?:String|Number|Binary)(?:\..{1,240})?$/;

/** Reads message attributes; throws where SQS refuses them (Amazon SQS Developer Guide, "Amazon SQS message metadata"). */
export function readMessageAttributes(value: unknown): QueueMessageAttributes {
  if (value === undefined) return {};
  if (!isRecord(value)) throw invalidParameter("MessageAttributes", value, "Must be a map.");
  const entries = Object.entries(value);
  if (entries.length > maxAttributes) {
    const reason = `Number of message attributes [${entries.length}] exceeds the allowed maximum [${maxAttributes}].`;
    throw new SqsError("InvalidParameterValue", reason);
  }
  return Object.fromEntries(entries.map(([name, attribute]) => [name, readAttribute(name, attribute)]));
}

function readAttribute(name: string, value: unknown): QueueMessageAttribute {
  const isNamed = /^[\w.-]{1,256}$/.test(name) && !/^(?:aws|amazon)\.|^\.|\.$|\.\./i.test(name);
  if (!isNamed) throw invalidParameter("MessageAttributes", name, "The name of the attribute is not valid.");
  const { DataType, StringValue, BinaryValue } = isRecord(value) ? value : {};
  if (typeof DataType !== "string" || !dataType.test(DataType)) {
    throw invalidParameter(
      name,
      DataType,
      "The type of the message attribute must be String, Number or Binary.",
    );
  }
  const isBinary = DataType.startsWith("Binary");
  const content = isBinary ? BinaryValue : StringValue;
  if (typeof content !== "string" || content === "")
    throw invalidParameter(name, content, "The message attribute must contain a non-empty value.");
  if (isBinary) return { DataType, BinaryValue: content };
  checkCharacters(content);
  if (DataType.startsWith("Number") && !Number.isFinite(Number(content)))
    throw invalidParameter(name, content, "Can't cast the value of the message attribute to a number.");
  return { DataType, StringValue: content };
}

const binary = (attribute: QueueMessageAttribute): Buffer =>
  attribute.BinaryValue === undefined
    ? Buffer.from(attribute.StringValue ?? "")
    : Buffer.from(attribute.BinaryValue, "base64");

/** Bytes of a message as its limit counts them: body, and name, type and value of each attribute. */
export function measureMessage(body: string, attributes: QueueMessageAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, attribute]) => sum + Buffer.byteLength(name + attribute.DataType) + binary(attribute).length,
    Buffer.byteLength(body),
  );
}

/**
 * MD5 of message attributes, absent where there are none (Amazon SQS Developer Guide, "Calculating the MD5 message
 * digest for message attributes").
 */
export function md5OfAttributes(attributes: QueueMessageAttributes): string | undefined {
  const names = Object.keys(attributes).toSorted();
  if (names.length === 0) return undefined;
  const hash = createHash("md5");
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const attribute = attributes[name];
    if (!attribute) continue;
    add(Buffer.from(name));
    add(Buffer.from(attribute.DataType));
    hash.update(Buffer.of(attribute.BinaryValue === undefined ? 1 : 2));
    add(binary(attribute));
  }
  return hash.digest("hex");
}
