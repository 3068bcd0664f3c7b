import type { Audience } from "../../configuration.ts";
import type { LocaleWords } from "../locales/locale-words.ts";
import type { Sms } from "../message.ts";
import { isGsm7, partsOf } from "./gsm7.ts";
import { lines, smsPrefix } from "./sms-plan.ts";

/**
 * The SMS with a last line that says how to stop, if its audience wants that and the line fits into the parts and the
 * encoding that the SMS has: nothing is given up for it. SNS ends a subscription whose reader answers STOP to a number
 * that can receive (Amazon SNS Developer Guide, 'Opting out of receiving SMS messages').
 */
export function withStopNote(sms: Sms, { displayName, sms: settings }: Audience, words: LocaleWords): Sms {
  if (settings.stopNote !== "fits") return sms;
  const text = lines(sms.text, words.replyStop);
  const whole = smsPrefix(displayName) + text;
  const encoding = isGsm7(whole) ? "GSM-7" : "UCS-2";
  return encoding === sms.encoding && partsOf(whole, encoding) === sms.parts ? { ...sms, text } : sms;
}
