import { listVersions, type ListedVersion } from "../../aws/object-versions.ts";
import { requestReplay } from "../../aws/replay-request.ts";
import type { StackClients } from "../../aws/stack-clients.ts";
import { inOrder, type ReplayItem, type ReplayPlan } from "./item.ts";
import { exactOrAll, isWithin, type Period } from "./target.ts";

/** Concurrent requests. */
const atOnce = 10;

/**
 * Replays snapshots by key or prefix, oldest first: every version of the period, or the current version of each key.
 * Sends one message to the intake queue for each. `resend` is the token of a request that sends entries again.
 */
export async function planVersions(
  { s3, sqs }: Pick<StackClients, "s3" | "sqs">,
  { bucket, queue }: { readonly bucket: string; readonly queue: string },
  { prefix, period }: { readonly prefix: string; readonly period?: Period },
  resend: string | undefined,
): Promise<ReplayPlan> {
  const found: ListedVersion[] = [];
  for await (const version of listVersions(s3, bucket, prefix)) found.push(version);
  // The listing has the newest version of a key first; versions of one second keep the order of their upload.
  const chosen = exactOrAll(found, prefix)
    .filter(({ at, isCurrent }) => (period ? isWithin(at, period) : isCurrent))
    .toReversed()
    .sort((a, b) => a.at - b.at);
  return {
    total: chosen.length,
    async *list() {
      yield* chosen.map(itemOf);
    },
    async *run() {
      const send = ({ key, versionId, etag, size }: ListedVersion) => {
        const version = {
          bucket,
          key,
          ...(versionId !== undefined && { versionId }),
          ...(etag !== undefined && { etag }),
          ...(size !== undefined && { size }),
        };
        return requestReplay(sqs, queue, version, resend);
      };
      for await (const item of inOrder(chosen, atOnce, send)) yield itemOf(item);
    },
  };
}

const itemOf = ({ key, at, versionId, size }: ListedVersion): ReplayItem => ({
  key,
  ...(versionId !== undefined && { version: versionId }),
  at: new Date(at).toISOString(),
  ...(size !== undefined && { size }),
});
