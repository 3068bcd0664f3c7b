import { hash } from "node:crypto";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import {
  isPointer,
  type Attempts,
  type Claim,
  type ClaimState,
  type FeedHead,
  type LedgerItem,
  type LedgerSlot,
} from "../core/ports.ts";
import type { UploadRhythm } from "../core/silence/upload-rhythm.ts";

/** One item of the table, as DynamoDB's API returns it. */
export type ItemAttributes = Record<string, AttributeValue>;

/** Digit that spreads the heads of all feeds over 16 partitions, so that 16 queries list them. */
const shardOf = (slug: string): string => hash("sha256", slug, "hex")[0] ?? "0";

/** The partitions that hold the heads of all feeds. */
export const headPartitions: readonly string[] = Array.from(
  { length: 16 },
  (_, i) => `feed#${i.toString(16)}`,
);

/**
 * The table's keys. They can't change later.
 *
 * | what | `pk` | `sk` |
 * |---|---|---|
 * | entry, or a pointer to one | `entry#<feed>#<hash of a fingerprint>` | `entry` |
 * | claim | `claim#<id>` | `claim` |
 * | head of a feed | `feed#<first digit of the hash of its slug>` | slug |
 * | memory of a feed | `feed#memory#<slug>` | `memory` |
 * | head of an audience | `audience#<name>` | `head` |
 * | quarantined messages of an audience in one hour | `audience#<name>` | `quarantined#<hour>` |
 * | what an audience got on one day | `audience#<name>` | `delivered#<day>` |
 * | attempts at a message | `attempt#<id>` | `attempts` |
 * | sent mark of a message | `sent#<id>` | `sent` |
 * | cursor of watch | `watch#cursor` | `cursor` |
 * | plan of an audience's digest | `audience#<name>` | `digest#<slot>` |
 * | name of an audience for which something waits | `waiting#~audiences` | name |
 * | claim that left something for an audience | `waiting#<name>` | claim |
 * | entry that waits | `waiting#<name>#<claim>` | key of the entry |
 * | number of entries that wait and are only counted | `waiting#<name>#<claim>` | `rest` |
 * | mark of a claim that a digest has covered | `waiting#<name>#<claim>` | `covered` |
 * | messages of an audience in one hour | `waiting#<name>#~hours` | hour |
 *
 * Each entry, claim and message has a partition of its own, so that no feed is bound to one partition's 1,000 write
 * units a second (Amazon DynamoDB Developer Guide, 'Best practices for designing partition keys').
 */
export const keys = {
  entry: (key: string): ItemAttributes => ({ pk: { S: key }, sk: { S: "entry" } }),
  claim: (id: string): ItemAttributes => ({ pk: { S: `claim#${id}` }, sk: { S: "claim" } }),
  head: (slug: string): ItemAttributes => ({ pk: { S: `feed#${shardOf(slug)}` }, sk: { S: slug } }),
  memory: (slug: string): ItemAttributes => ({ pk: { S: `feed#memory#${slug}` }, sk: { S: "memory" } }),
  audience: (name: string): ItemAttributes => ({ pk: { S: `audience#${name}` }, sk: { S: "head" } }),
  quarantined: (name: string, hour: number): ItemAttributes => ({
    pk: { S: `audience#${name}` },
    sk: { S: `quarantined#${hour}` },
  }),
  delivered: (name: string, day: string): ItemAttributes => ({
    pk: { S: `audience#${name}` },
    sk: { S: `delivered#${day}` },
  }),
  attempts: (id: string): ItemAttributes => ({ pk: { S: `attempt#${id}` }, sk: { S: "attempts" } }),
  sent: (id: string): ItemAttributes => ({ pk: { S: `sent#${id}` }, sk: { S: "sent" } }),
  cursor: { pk: { S: "watch#cursor" }, sk: { S: "cursor" } } as ItemAttributes,
  digest: (name: string, slot: number): ItemAttributes => ({
    pk: { S: `audience#${name}` },
    sk: { S: `digest#${slot}` },
  }),
  // No audience has such a name, because `~` is not in a slug.
  waitingAudience: (name: string): ItemAttributes => ({ pk: { S: "waiting#~audiences" }, sk: { S: name } }),
  waitingClaim: (name: string, claim: string): ItemAttributes => ({
    pk: { S: `waiting#${name}` },
    sk: { S: claim },
  }),
  waiting: (name: string, claim: string, sort: string): ItemAttributes => ({
    pk: { S: `waiting#${name}#${claim}` },
    sk: { S: sort },
  }),
  hour: (name: string, hour: number): ItemAttributes => ({
    pk: { S: `waiting#${name}#~hours` },
    sk: { S: String(hour) },
  }),
};

/** The rest of a partition key after its key space. */
export const nameIn = (attributes: ItemAttributes): string => {
  const key = attributes["pk"]?.S ?? "";
  return key.slice(key.indexOf("#") + 1);
};

export const text = (value: string): AttributeValue => ({ S: value });
export const number = (value: number): AttributeValue => ({ N: String(value) });
export const set = (values: readonly string[]): AttributeValue => ({ SS: [...values] });
export const bytes = (value: Uint8Array): AttributeValue => ({ B: value });

/** DynamoDB has no empty sets: an empty one is absent. */
const optionalSet = (name: string, values: readonly string[]): ItemAttributes =>
  values.length > 0 ? { [name]: set(values) } : {};

export function slotAttributes(slot: LedgerSlot): ItemAttributes {
  if (isPointer(slot)) return { to: text(slot.to), expires: number(slot.expires) };
  return {
    ...(slot.id !== undefined && { id: text(slot.id) }),
    ...optionalSet("links", slot.links),
    ...optionalSet("titles", slot.titles),
    ...(slot.date !== undefined && { date: number(slot.date) }),
    snapshot: text(slot.snapshot),
    at: number(slot.at),
    claim: text(slot.claim),
    ...optionalSet("texts", slot.texts),
    ...(slot.source && { sourceKey: text(slot.source.key), sequencer: text(slot.source.sequencer) }),
    ...(slot.revised && { revised: { BOOL: true } }),
    ...(slot.resent !== undefined && { resent: text(slot.resent) }),
    expires: number(slot.expires),
  };
}

export function readSlot(attributes: ItemAttributes): LedgerSlot {
  const { id, date, to, revised, resent, sourceKey, sequencer } = attributes;
  const expires = Number(attributes["expires"]?.N);
  if (to?.S !== undefined) return { to: to.S, expires };
  const item: LedgerItem = {
    key: attributes["pk"]?.S ?? "",
    ...(id?.S !== undefined && { id: id.S }),
    links: attributes["links"]?.SS ?? [],
    titles: attributes["titles"]?.SS ?? [],
    ...(date?.N !== undefined && { date: Number(date.N) }),
    snapshot: attributes["snapshot"]?.S ?? "",
    at: Number(attributes["at"]?.N),
    claim: attributes["claim"]?.S ?? "",
    texts: attributes["texts"]?.SS ?? [],
    ...(sourceKey?.S !== undefined &&
      sequencer?.S !== undefined && { source: { key: sourceKey.S, sequencer: sequencer.S } }),
    ...(revised?.BOOL && { revised: true }),
    ...(resent?.S !== undefined && { resent: resent.S }),
    expires,
  };
  return item;
}

export function readClaim(attributes: ItemAttributes): Claim {
  const plan = attributes["plan"]?.S;
  return {
    state: (attributes["state"]?.S ?? "open") as ClaimState,
    lease: Number(attributes["lease"]?.N ?? 0),
    round: Number(attributes["round"]?.N ?? 0),
    ...(plan !== undefined && { plan }),
  };
}

export const headAttributes = ({ etag, readBy, at, key, entries, rhythm }: FeedHead): ItemAttributes => ({
  etag: text(etag),
  readBy: text(readBy),
  at: number(at),
  key: text(key),
  entries: number(entries),
  ...(rhythm && { rhythm: rhythmAttribute(rhythm) }),
});

export const rhythmAttribute = (rhythm: UploadRhythm): AttributeValue => text(JSON.stringify(rhythm));

export function readHead(attributes: ItemAttributes): FeedHead {
  const rhythm = attributes["rhythm"]?.S;
  return {
    etag: attributes["etag"]?.S ?? "",
    readBy: attributes["readBy"]?.S ?? "",
    at: Number(attributes["at"]?.N ?? 0),
    key: attributes["key"]?.S ?? "",
    entries: Number(attributes["entries"]?.N ?? 0),
    ...(rhythm !== undefined && { rhythm: JSON.parse(rhythm) as UploadRhythm }),
  };
}

/** `start`: one that is not counted, because its own write may have been repeated. */
export function readAttempts(attributes: ItemAttributes = {}, start?: string): Attempts {
  const open = (attributes["open"]?.SS ?? []).filter((one) => one !== start);
  return {
    deaths: open.length,
    lastDied: open.includes(attributes["last"]?.S ?? ""),
    ownFailures: Number(attributes["ownFailures"]?.N ?? 0),
    lastOwnFailure: Number(attributes["lastOwnFailure"]?.N ?? 0),
  };
}
