import type { Sns } from "./emulators/sns/sns.ts";

/** Sample readers of an audience: one mail address and one telephone number, neither of them real. */
export interface Subscribers {
  readonly email: string;
  readonly sms: string;
}

/** `.example` is reserved by RFC 2606; 555-0100 to 555-0199 by the North American Numbering Plan. */
export const sampleSubscribers = (audience: string, index: number): Subscribers => ({
  email: `${audience}@reader.example`,
  sms: `+1202555${String(100 + (index % 100)).padStart(4, "0")}`,
});

/** Subscribes the sample readers, already confirmed, to the topics (ARNs by audience) that `isNew` holds of. */
export function subscribeSamples(
  sns: Sns,
  topics: Readonly<Record<string, string>>,
  isNew: (arn: string) => boolean = () => true,
): void {
  for (const [index, [audience, arn]] of Object.entries(topics).entries()) {
    if (!isNew(arn)) continue;
    const topic = sns.topics.get(arn);
    if (!topic) throw new Error(`There is no topic ${arn}.`);
    const { email, sms } = sampleSubscribers(audience, index);
    sns.subscribeConfirmed(topic, "email", email);
    sns.subscribeConfirmed(topic, "sms", sms);
  }
}
