import { setTimeout as sleep } from "node:timers/promises";
import type { Endpoint } from "../emulators/endpoint.ts";
import type { Functions } from "../lambda/functions.ts";
import type { ScheduleTargets } from "../scheduler.ts";

/** Delivers to the functions and queues of a local stack; stops waiting for a queue when `stopping` is aborted. */
export function openScheduleTargets(
  functions: Pick<Functions, "invoke">,
  { queues, url, account }: Pick<Endpoint, "queues" | "url" | "account">,
  stopping: AbortSignal,
): ScheduleTargets {
  return {
    invoke: (functionName, event) => functions.invoke(functionName, event),
    async send(queueArn, MessageBody, groupId) {
      const name = queueArn.split(":").at(-1) ?? "";
      const QueueUrl = `${url}/${account}/${name}`;
      const group = groupId !== undefined && { MessageGroupId: groupId };
      const { MessageId } = await queues.call("SendMessage", { QueueUrl, MessageBody, ...group });
      // It is handled when it has left the queue.
      const isWaiting = async () => (await queues.inspect(name)).some(({ id }) => id === MessageId);
      while (!stopping.aborted && (await isWaiting())) await sleep(20);
    },
  };
}
