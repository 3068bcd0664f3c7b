import type { Configuration } from "../core/configuration.ts";
import { limits as mail } from "../core/message/email/mail-limits.ts";
import { price, smsPrefix, type Sms } from "../core/message/index.ts";
import { channelLimits } from "../core/message/channel-limits.ts";
import { placesIn } from "../preview/places.ts";
import type { Preview, PreviewMessage } from "../preview/run.ts";

/** The preview as JSON. Texts are exactly those that would be published. */
export function jsonPreview(
  file: string,
  { outcome, entries, messages, reasons }: Preview,
  configuration: Configuration,
) {
  const placesOf = placesIn(messages);
  return {
    file,
    feed: outcome.feed,
    state: outcome.state,
    counts: outcome.counts,
    entries: entries.map((entry) => ({
      ...entry,
      shown: placesOf(entry).map(({ audience, message }) => ({ audience, message: message ?? null })),
    })),
    messages: messages.map((message) => jsonMessage(message, configuration)),
    reasons,
  };
}

function jsonMessage(message: PreviewMessage, configuration: Configuration) {
  const { subject, sms } = message;
  const audience = configuration.audiences.find(({ name }) => name === message.audience);
  return {
    ...message,
    subjectLength: { characters: Array.from(subject).length, units: subject.length, max: mail.subject },
    sms: jsonSms(sms, smsPrefix(audience?.displayName), configuration.smsPartPrice),
    maxBytes: channelLimits.messageBytes,
  };
}

/** `price`: estimated US dollars per telephone number, rounded to a millionth. */
const jsonSms = (sms: Sms, prefix: string, smsPartPrice: number) => ({
  ...sms,
  prefix,
  price: Number(price(sms, smsPartPrice).toFixed(6)),
});
