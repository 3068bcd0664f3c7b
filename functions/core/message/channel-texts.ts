import type { Message } from "./message.ts";

/**
 * The channels that have a text of their own, by their protocol of SNS; `machine` is for every other protocol. All texts are
 * counted, travel through the outbox and are published.
 */
export const channels = ["machine", "email", "sms"] as const;

export type TextChannel = (typeof channels)[number];

export type ChannelTexts = Readonly<Record<TextChannel, string>>;

export const channelTexts = ({ email, sms, machine }: Pick<Message, TextChannel>): ChannelTexts => ({
  machine,
  email,
  sms: sms.text,
});
