import type { SmsSettings } from "../core/configuration.ts";
import { channels, type ChannelTexts } from "../core/message/channel-texts.ts";
import type { Publication } from "../core/delivery/daily-limit.ts";

/** `Message` of a publish with `MessageStructure: json`: the machine-readable text is the `default` of every other protocol. */
export function snsMessage(texts: ChannelTexts): string {
  return JSON.stringify(
    Object.fromEntries(
      channels.map((channel) => [channel === "machine" ? "default" : channel, texts[channel]]),
    ),
  );
}

export interface SnsAttribute {
  readonly DataType: "String" | "String.Array" | "Number";
  readonly StringValue: string;
}

/** US dollars: less than any SMS costs. */
const noSms = 0.000_01;

/**
 * `MessageAttributes` of a publish: ours, by which subscribers filter, and those that SNS reads for SMS (Amazon SNS
 * Developer Guide, 'Publishing SMS messages to an Amazon SNS topic'). Together at most ten, as many as SNS passes on to
 * queues as attributes. A telephone gets no message that costs more than `AWS.SNS.SMS.MaxPrice`: so a message is sent to
 * the other readers only.
 */
export function snsAttributes(
  { attributes, withoutSms }: Pick<Publication, "attributes" | "withoutSms">,
  sms: Partial<SmsSettings> = {},
): Readonly<Record<string, SnsAttribute>> {
  const maxPrice = withoutSms ? noSms : sms.maxPrice;
  const forSms: Readonly<Record<string, string | undefined>> = {
    "AWS.SNS.SMS.SMSType": sms.type,
    "AWS.SNS.SMS.SenderID": sms.senderId,
    "AWS.MM.SMS.OriginationNumber": sms.originationNumber,
    "AWS.MM.SMS.EntityId": sms.entityId,
    "AWS.MM.SMS.TemplateId": sms.templateId,
  };
  return Object.fromEntries([
    ...Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === "string"
        ? { DataType: "String", StringValue: value }
        : { DataType: "String.Array", StringValue: JSON.stringify(value) },
    ]),
    ...Object.entries(forSms).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, { DataType: "String", StringValue: value }]],
    ),
    ...(maxPrice === undefined
      ? []
      : [["AWS.SNS.SMS.MaxPrice", { DataType: "Number", StringValue: maxPrice.toFixed(5) }]]),
  ]) as Record<string, SnsAttribute>;
}
