import { hash } from "node:crypto";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type Message,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { unwrap } from "../../aws/intake.ts";
import type { ReplayItem, ReplayPlan } from "./item.ts";

/** Seconds in which what was received is sent on and deleted. */
const visibility = 120;

interface Letter {
  readonly id: string;
  readonly body: string;
  readonly handle: string;
  readonly at?: string;
}

/**
 * Redrives the dead-letter queue: each message is sent to the intake queue and only then deleted, so that an
 * interruption at any point repeats a message, which sends nothing twice, and loses none. A message that fails again
 * meanwhile and comes back is left in the queue.
 */
export async function planDeadLetters(
  sqs: SQSClient,
  { queue, deadLetterQueue }: { readonly queue: string; readonly deadLetterQueue: string },
): Promise<ReplayPlan> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: deadLetterQueue,
      AttributeNames: ["ApproximateNumberOfMessages"],
    }),
  );
  const moveOn = async ({ body, handle }: Letter) => {
    await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: body }));
    await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLetterQueue, ReceiptHandle: handle }));
  };
  return {
    total: Number(Attributes?.["ApproximateNumberOfMessages"] ?? 0),
    list: () => receiveAll(sqs, deadLetterQueue, undefined),
    run: () => receiveAll(sqs, deadLetterQueue, moveOn),
  };
}

/** Receives until the queue gives no more; hands back at the end what is still in it. */
async function* receiveAll(
  sqs: SQSClient,
  queue: string,
  remove: ((letter: Letter) => Promise<void>) | undefined,
): AsyncGenerator<ReplayItem> {
  const seen = new Set<string>();
  const kept: Letter[] = [];
  try {
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queue,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: visibility,
          // Above 0 all servers are asked, not a sample of them (Amazon SQS Developer Guide, 'Short and long polling').
          WaitTimeSeconds: 1,
          MessageSystemAttributeNames: ["SentTimestamp"],
        }),
      );
      if (Messages.length === 0) return;
      const letters = Messages.flatMap(letterOf);
      // A message that is sent on is another one; only its body tells that it is back.
      const fresh = letters.filter(({ body }) => {
        const name = hash("sha256", body);
        return !seen.has(name) && seen.add(name);
      });
      kept.push(...(remove ? letters.filter((letter) => !fresh.includes(letter)) : letters));
      if (fresh.length === 0) return;
      const outcomes = await Promise.allSettled(fresh.map(async (letter) => remove?.(letter)));
      kept.push(...fresh.filter((_, i) => outcomes[i]?.status === "rejected"));
      yield* fresh.filter((_, i) => outcomes[i]?.status === "fulfilled").map(itemOf);
      const failure = outcomes.find(({ status }) => status === "rejected");
      if (failure?.status === "rejected") throw failure.reason;
    }
  } finally {
    await release(sqs, queue, kept);
  }
}

const letterOf = ({ MessageId, Body, ReceiptHandle, Attributes }: Message): Letter[] => {
  if (MessageId === undefined || Body === undefined || ReceiptHandle === undefined) return [];
  const sent = Number(Attributes?.SentTimestamp);
  return [
    {
      id: MessageId,
      body: Body,
      handle: ReceiptHandle,
      ...(sent > 0 && { at: new Date(sent).toISOString() }),
    },
  ];
};

/** Lets others see again what was received and not deleted; what fails here is seen after its time-out. */
const release = (sqs: SQSClient, queue: string, letters: readonly Letter[]): Promise<unknown> =>
  Promise.allSettled(
    letters.map(({ handle }) =>
      sqs.send(
        new ChangeMessageVisibilityCommand({ QueueUrl: queue, ReceiptHandle: handle, VisibilityTimeout: 0 }),
      ),
    ),
  );

function itemOf({ id, body, at }: Letter): ReplayItem {
  const versions = versionsIn(body);
  const [version] = versions;
  return {
    key:
      versions.length > 0 ? versions.map(({ key }) => key).join(", ") : `message ${id}, which is no S3 event`,
    ...(versions.length === 1 && version?.versionId !== undefined && { version: version.versionId }),
    ...(at !== undefined && { at }),
  };
}

function versionsIn(body: string) {
  try {
    return unwrap(body).map(({ version }) => version);
  } catch {
    return [];
  }
}
