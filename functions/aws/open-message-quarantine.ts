import type { Clock, MessageQuarantine } from "../core/ports.ts";
import type { ClientSettings } from "./clients.ts";
import { s3MessageQuarantine } from "./message-quarantine.ts";
import { s3Client } from "./s3-client.ts";

/** The quarantine of messages with an S3 client of its own. `#message-quarantine` names this module; it is bundled apart. */
export const openMessageQuarantine = (
  settings: ClientSettings,
  bucket: string,
  clock: Pick<Clock, "now">,
): MessageQuarantine => s3MessageQuarantine(s3Client(settings), bucket, clock);
