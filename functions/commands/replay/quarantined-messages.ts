import { messageFolder, quarantinedMessageKey } from "../../aws/message-quarantine.ts";
import { deleteVersion, listVersions, readVersion, type ListedVersion } from "../../aws/object-versions.ts";
import { sqsOutbox } from "../../aws/outbox.ts";
import { reasonSuffix } from "../../aws/snapshots.ts";
import type { StackClients } from "../../aws/stack-clients.ts";
import { shortHash } from "../../core/dedupe/short-hash.ts";
import type { OutboxMessage } from "../../core/plan.ts";
import { ReplayError } from "./failure.ts";
import { inOrder, type ReplayItem, type ReplayPlan } from "./item.ts";
import { exactOrAll, isWithin, type Period } from "./target.ts";

/**
 * Sends quarantined messages to the outbox again, oldest first, each under a new id, because its own id has a sent mark. A
 * message is removed from the quarantine once the outbox has it. Its new id follows from the version of its object: a
 * replay that was interrupted before that, or that runs twice at once, sends it once.
 */
export async function planQuarantinedMessages(
  { s3, sqs }: Pick<StackClients, "s3" | "sqs">,
  { bucket, outbox }: { readonly bucket: string; readonly outbox: string },
  { prefix, period }: { readonly prefix: string; readonly period?: Period },
): Promise<ReplayPlan> {
  const wanted = prefix.endsWith(reasonSuffix) ? prefix.slice(0, -reasonSuffix.length) : prefix;
  const all = await Array.fromAsync(listVersions(s3, bucket, commonPrefix(wanted)));
  const current = all.filter(({ isCurrent }) => isCurrent);
  const messages = current.filter(({ key }) => !key.endsWith(reasonSuffix));
  const chosen = exactOrAll(messages, wanted)
    .filter(({ at }) => isWithin(at, period))
    .toSorted((a, b) => a.at - b.at);
  const queue = sqsOutbox(sqs, outbox);
  const send = async (version: ListedVersion) => {
    await queue.enqueue([messageOf(version, await readVersion(s3, bucket, version))]);
    const reason = current.filter(({ key }) => key === version.key + reasonSuffix);
    for (const old of [...reason, version]) await deleteVersion(s3, bucket, old);
  };
  return {
    total: chosen.length,
    async *list() {
      yield* chosen.map(itemOf);
    },
    async *run() {
      for await (const item of inOrder(chosen, 1, send)) yield itemOf(item);
    },
  };
}

/** `quarantine/` means the messages too. */
const commonPrefix = (prefix: string): string => (messageFolder.startsWith(prefix) ? messageFolder : prefix);

const itemOf = ({ key, at, size }: ListedVersion): ReplayItem => ({
  key,
  at: new Date(at).toISOString(),
  ...(size !== undefined && { size }),
});

function messageOf(version: ListedVersion, text: string | undefined): OutboxMessage {
  const { key } = version;
  if (text === undefined)
    throw new ReplayError(key, "nothing", "Another replay has sent it: list the quarantine again.");
  const message = JSON.parse(text) as Partial<OutboxMessage> | string;
  if (typeof message === "string" || message.id === undefined || message.audience === undefined)
    throw new ReplayError(
      key,
      "no message of the outbox",
      "Only feedbell may send to the outbox: delete the object.",
    );
  if (key !== quarantinedMessageKey(message.audience, message.id))
    throw new ReplayError(
      key,
      `the message ${message.id}`,
      "The object was moved or changed: restore its key.",
    );
  return { ...(message as OutboxMessage), id: nextId(message.id, version), again: true };
}

/**
 * `<id>!<hash>`, of a message that was replayed before as well: the id is SQS's deduplication id, which has at most 128
 * characters (Amazon SQS API Reference, `SendMessage`).
 */
function nextId(id: string, { versionId, etag, at }: ListedVersion): string {
  const [first = id] = id.split("!");
  return `${first}!${shortHash(`${id}\n${versionId ?? ""}\n${etag ?? ""}\n${at}`)}`;
}
