import type { Message } from "../core/message/message.ts";
import type { Topics } from "../core/ports.ts";

/** Topics that take every message and keep it, for `preview`. */
export function memoryTopics(): Topics & { readonly published: readonly Message[] } {
  const published: Message[] = [];
  return {
    published,
    publish: async (_audience, messages) => {
      published.push(...messages);
      return messages.map(() => ({ outcome: "accepted" }));
    },
  };
}
