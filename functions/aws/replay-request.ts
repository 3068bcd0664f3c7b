import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { SnapshotVersion } from "../core/snapshot.ts";
import type { OwnRequest } from "./requests.ts";

/**
 * Asks the ingest function to read a version again. With `resend`, the request's token, readers get again what they
 * already have, once for each token.
 */
export async function requestReplay(
  sqs: SQSClient,
  queue: string,
  version: SnapshotVersion,
  resend: string | undefined,
): Promise<void> {
  const message: OwnRequest = {
    feedbell: 1,
    version,
    replay: true,
    ...(resend !== undefined && { resend }),
  };
  await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: JSON.stringify(message) }));
}
