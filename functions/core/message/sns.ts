import type { Message } from "./message.ts";

export const limits = {
  /**
   * Bytes of one publish: the message and 'all parts of the message attribute, including name, type, and value'
   * (Amazon SNS API, Publish and MessageAttributeValue). A batch of ten shares the same number.
   */
  bytes: 262_144,
} as const;

/** What is published as `Message` under `MessageStructure: json`: the machine-readable text once, as the `default` of every other protocol. */
export function snsMessage(message: Pick<Message, "email" | "sms" | "machine">): string {
  return JSON.stringify({ default: message.machine, email: message.email, sms: message.sms.text });
}

export interface SnsAttribute {
  readonly DataType: "String" | "String.Array";
  readonly StringValue: string;
}

/** What is published as `MessageAttributes`. */
export function snsAttributes(message: Pick<Message, "attributes">): Readonly<Record<string, SnsAttribute>> {
  return Object.fromEntries(
    Object.entries(message.attributes).map(([name, value]) => [
      name,
      typeof value === "string"
        ? { DataType: "String", StringValue: value }
        : { DataType: "String.Array", StringValue: JSON.stringify(value) },
    ]),
  );
}

/**
 * UTF-8 bytes that SNS counts. The subject is counted too, although no document says that it is: that costs
 * nothing and is safe either way.
 */
export function messageBytes(
  message: Pick<Message, "email" | "sms" | "machine" | "attributes" | "subject">,
): number {
  let bytes = Buffer.byteLength(snsMessage(message)) + Buffer.byteLength(message.subject);
  for (const [name, { DataType, StringValue }] of Object.entries(snsAttributes(message)))
    bytes += Buffer.byteLength(name) + DataType.length + Buffer.byteLength(StringValue);
  return bytes;
}
