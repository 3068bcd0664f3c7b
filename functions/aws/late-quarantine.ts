import { once } from "../core/once.ts";
import type { Clock, MessageQuarantine } from "../core/ports.ts";
import type { ClientSettings } from "./clients.ts";

/**
 * The quarantine of messages. The S3 client, a quarter of deliver's code, is loaded when the first message is
 * quarantined: most processes of deliver never need it.
 */
export function lateMessageQuarantine(
  settings: ClientSettings,
  bucket: string,
  clock: Pick<Clock, "now">,
): MessageQuarantine {
  const open = once(async () => {
    const { openMessageQuarantine } = await import("#message-quarantine");
    return openMessageQuarantine(settings, bucket, clock);
  });
  return {
    quarantineMessage: async (message, reason) => (await open()).quarantineMessage(message, reason),
  };
}
