import { channelTexts, type TextChannel } from "./channel-texts.ts";
import type { Message } from "./message.ts";

/** Bytes of the attributes that are added for SMS when a message is published, at most. */
export const smsAttributeBytes = 512;

/** What the channels can carry. Every composed message keeps these limits, and every `Topics` adapter accepts them. */
export const channelLimits = {
  /** Bytes of one message in all its channels, as `messageBytes` counts them: the 256 KiB of SNS less `smsAttributeBytes`. */
  messageBytes: 262_144 - smsAttributeBytes,
  /** Characters of one SMS, the topic's prefix included. */
  smsCharacters: 1_600,
} as const;

/** Bytes for the names of the channels in the JSON object that carries the texts. */
const envelopeBytes = 32;

/** Bytes for the type of one attribute. */
const attributeTypeBytes = 12;

/** Bytes of a text as a JSON string. */
export const quotedBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));

/**
 * An upper bound, at most a few dozen bytes too high, of what one message takes: the texts of its channels as JSON
 * strings, its subject, and its attributes with their names, types and values, all in UTF-8.
 */
export function messageBytes(message: Pick<Message, TextChannel | "attributes" | "subject">): number {
  let bytes = envelopeBytes + Buffer.byteLength(message.subject);
  for (const text of Object.values(channelTexts(message))) bytes += quotedBytes(text);
  for (const [name, value] of Object.entries(message.attributes)) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    bytes += Buffer.byteLength(name) + attributeTypeBytes + Buffer.byteLength(text);
  }
  return bytes;
}
