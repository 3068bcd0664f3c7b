import { noteProgress } from "../../console/activity.ts";
import { counted } from "../../console/terminal.ts";
import { snsSubscriptions, type Subscriber, type Subscriptions } from "../../aws/subscriptions.ts";
import { UsageError } from "../../console/usage-error.ts";
import { checkAudience } from "../known-names.ts";
import { readConfiguration } from "../options.ts";
import type { StackOptions } from "../stack.ts";
import { withStack } from "../with-stack.ts";

export interface AudienceOptions extends StackOptions {
  readonly audience?: string;
}

/** An audience and the topic that holds its readers. */
export interface AudienceTopic {
  readonly audience: string;
  /** ARN. */
  readonly topic: string;
}

/** What the commands about readers work with. */
export interface ReaderAccess {
  /** Name of the stack for output. */
  readonly stack: string;
  readonly subscriptions: Subscriptions;
  /** The audience of the options, or all of the configuration. */
  readonly topics: readonly AudienceTopic[];
}

/** A reader of an audience. */
export interface AudienceReader extends Subscriber, AudienceTopic {}

/**
 * Opens the topics of the audience that the options name, or of all. Prints an error of the service with what to do, and
 * sets exit code 1. Throws `UsageError` for an unknown audience.
 */
export async function withReaders(
  command: string,
  options: AudienceOptions,
  work: (access: ReaderAccess) => Promise<void>,
): Promise<void> {
  const audiences = await chosenAudiences(options);
  await withStack(command, options, async (stack, { sns }) => {
    const topics = audiences.map((audience) => {
      const topic = stack.topicOf(audience);
      if (topic !== undefined) return { audience, topic };
      throw new UsageError(
        `${stack.name} has no topic for the audience ${audience}; deploy it first, or give the topic's ARN as --topic.`,
      );
    });
    await work({ stack: stack.name, subscriptions: snsSubscriptions(sns), topics });
  });
}

async function chosenAudiences({ audience, topic }: AudienceOptions): Promise<readonly string[]> {
  // With its ARN, a topic of an audience that was removed from the configuration can be used too.
  if (topic !== undefined) return [audience ?? topic.slice(topic.lastIndexOf(":") + 1)];
  const known = (await readConfiguration(undefined)).audiences.map(({ name }) => name);
  if (audience === undefined) return known;
  checkAudience(audience, known);
  return [audience];
}

/** All readers of the topics. */
export async function* listReaders({ subscriptions, topics }: ReaderAccess): AsyncGenerator<AudienceReader> {
  let read = 0;
  for (const place of topics)
    for await (const subscriber of subscriptions.list(place.topic)) {
      read++;
      noteProgress(() => counted(read, "reader", "readers"));
      yield { ...place, ...subscriber };
    }
}
