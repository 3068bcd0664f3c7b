import type { Endpoint } from "../emulators/endpoint.ts";
import type { Functions } from "../lambda/functions.ts";
import type { ScheduleTargets } from "../scheduler.ts";

export interface LocalTargets extends ScheduleTargets {
  /** Tells the senders of these messages that the invocation has ended. */
  handled(messageIds: readonly string[]): void;
  /** Ends every wait for an invocation. */
  close(): void;
}

/** Delivers to the functions and queues of a local stack. A message is handled when the first invocation with it has ended. */
export function openScheduleTargets(
  functions: Pick<Functions, "invoke">,
  { queues, url, account }: Pick<Endpoint, "queues" | "url" | "account">,
): LocalTargets {
  const waits = new Map<string, () => void>();
  return {
    invoke: (functionName, event) => functions.invoke(functionName, event),
    async send(queueArn, MessageBody, groupId) {
      const QueueUrl = `${url}/${account}/${queueArn.split(":").at(-1)}`;
      const group = groupId !== undefined && { MessageGroupId: groupId };
      const { MessageId } = await queues.call("SendMessage", { QueueUrl, MessageBody, ...group });
      await new Promise<void>((resolve) => waits.set(String(MessageId), resolve));
    },
    handled(messageIds) {
      for (const id of messageIds) {
        waits.get(id)?.();
        waits.delete(id);
      }
    },
    close() {
      for (const end of waits.values()) end();
      waits.clear();
    },
  };
}
