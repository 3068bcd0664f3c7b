import type { Message } from "../core/message/message.ts";

/** `Message` of a publish with `MessageStructure: json`: the machine-readable text is the `default` of every other protocol. */
export function snsMessage(message: Readonly<Record<"email" | "sms" | "machine", string>>): string {
  return JSON.stringify({ default: message.machine, email: message.email, sms: message.sms });
}

export interface SnsAttribute {
  readonly DataType: "String" | "String.Array";
  readonly StringValue: string;
}

/** `MessageAttributes` of a publish. */
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
