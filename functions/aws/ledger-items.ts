import { hash } from "node:crypto";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { isPointer, type Claim, type LedgerItem, type LedgerSlot } from "../core/ports.ts";

/** One item of the table, as DynamoDB's API gives it. */
export type Attributes = Record<string, AttributeValue>;

/**
 * The table's keys. They can't change later.
 *
 * | what | `pk` | `sk` |
 * |---|---|---|
 * | entry, or a pointer to one | `entry#<feed>#<hash of a fingerprint>` | `entry` |
 * | claim | `claim#<id>` | `claim` |
 * | state of a feed | `feed#<first digit of the hash of its slug>` | slug |
 * | pace of an audience's topic | `audience#<name>` | `pace` |
 *
 * Each entry has a partition of its own, so that no feed is bound to one partition's 1,000 writes a second; the
 * feeds' states share sixteen, so that all of them are listed by sixteen queries.
 */
export const keys = {
  entry: (key: string): Attributes => ({ pk: { S: key }, sk: { S: "entry" } }),
  claim: (id: string): Attributes => ({ pk: { S: `claim#${id}` }, sk: { S: "claim" } }),
  feed: (slug: string): Attributes => ({
    pk: { S: `feed#${hash("sha256", slug, "hex")[0] ?? "0"}` },
    sk: { S: slug },
  }),
  pace: (audience: string): Attributes => ({ pk: { S: `audience#${audience}` }, sk: { S: "pace" } }),
};

export const text = (value: string): AttributeValue => ({ S: value });
export const number = (value: number): AttributeValue => ({ N: String(value) });
export const set = (values: readonly string[]): AttributeValue => ({ SS: [...values] });

/** DynamoDB has no empty sets: an empty one is absent. */
const optionalSet = (name: string, values: readonly string[]): Attributes =>
  values.length > 0 ? { [name]: set(values) } : {};

export function slotAttributes(slot: LedgerSlot): Attributes {
  if (isPointer(slot)) return { to: text(slot.to), expires: number(slot.expires) };
  return {
    ...(slot.id !== undefined && { id: text(slot.id) }),
    ...optionalSet("links", slot.links),
    ...optionalSet("titles", slot.titles),
    ...(slot.date !== undefined && { date: number(slot.date) }),
    snapshot: text(slot.snapshot),
    at: number(slot.at),
    claim: text(slot.claim),
    ...optionalSet("due", slot.due),
    ...optionalSet("sent", slot.sent),
    ...optionalSet("texts", slot.texts),
    ...(slot.revised && { revised: { BOOL: true } }),
    ...(slot.resent !== undefined && { resent: text(slot.resent) }),
    expires: number(slot.expires),
  };
}

export function readSlot(attributes: Attributes): LedgerSlot {
  const { id, date, to, revised, resent } = attributes;
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
    due: attributes["due"]?.SS ?? [],
    sent: attributes["sent"]?.SS ?? [],
    texts: attributes["texts"]?.SS ?? [],
    ...(revised?.BOOL && { revised: true }),
    ...(resent?.S !== undefined && { resent: resent.S }),
    expires,
  };
  return item;
}

export function readClaim(attributes: Attributes): Claim {
  return {
    lease: Number(attributes["lease"]?.N ?? 0),
    round: Number(attributes["round"]?.N ?? 0),
    counted: attributes["counted"]?.SS ?? [],
  };
}
