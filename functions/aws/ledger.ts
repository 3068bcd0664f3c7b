import type { Claim, DeliverLedger, IngestLedger, LedgerSlot, WatchLedger } from "../core/ports.ts";
import { deliveryLedger, type DeliveryLedgerOptions, type PauseAudience } from "./delivery-ledger.ts";
import {
  bytes,
  headAttributes,
  keys,
  nameIn,
  number,
  readClaim,
  readHead,
  readSlot,
  rhythmAttribute,
  set,
  slotAttributes,
  text,
} from "./ledger-items.ts";
import { openTable } from "./table.ts";

const day = 86_400;

/**
 * Claims outlive the entries and the sent marks that follow from them: a mark is written up to 28 days after its claim was
 * finished, and a claim that is forgotten earlier would give its message ids to other messages.
 */
const claimDays = 90;

interface LedgerOptions extends DeliveryLedgerOptions {
  readonly ledgerDays: number;
}

/**
 * The ledger on one DynamoDB table. Only single conditional writes: one that is repeated because its answer was lost
 * fails because of itself, and the core looks again. Reads of entries, claims and marks are strongly consistent; feed
 * heads and memories are not. Expired items are filtered here, because DynamoDB deletes them within days, not at once
 * (Amazon DynamoDB Developer Guide, 'Using time to live').
 */
export function dynamoLedger({
  ledgerDays,
  ...options
}: LedgerOptions): IngestLedger & DeliverLedger & WatchLedger & PauseAudience {
  const { client, table, clock, wait } = options;
  const seconds = () => Math.floor(clock.now() / 1000);
  const { batchGet, getItem, put, putIf, updateIf } = openTable(client, table, clock, wait);
  const free = "attribute_not_exists(pk) OR expires <= :now";
  const claimExpires = () => number(seconds() + Math.max(ledgerDays + 1, claimDays) * day);
  const open = text("open");

  return {
    ...deliveryLedger(options),

    read: async (wanted) => {
      const slots = new Map<string, LedgerSlot>();
      for (const attributes of await batchGet(wanted.map(keys.entry)))
        slots.set(attributes["pk"]?.S ?? "", readSlot(attributes));
      return slots;
    },
    create: (item) => putIf(keys.entry(item.key), slotAttributes(item), free, { ":now": number(seconds()) }),
    putPointer: (slot, to, expires) =>
      putIf(keys.entry(slot), slotAttributes({ to, expires }), `${free} OR #to = :to`, {
        ":now": number(seconds()),
        ":to": text(to),
      }),
    replaceByPointer: (key, claim, to) =>
      putIf(
        keys.entry(key),
        slotAttributes({ to, expires: seconds() + ledgerDays * day }),
        "claim = :claim",
        { ":claim": text(claim) },
      ),
    takeOver: (from, to) =>
      putIf(keys.entry(to.key), slotAttributes(to), "claim = :claim", { ":claim": text(from.claim) }),
    addVariant: async (key, { id, title, link, text: said }) => {
      const sets = id === undefined ? [] : ["#id = if_not_exists(#id, :id)"];
      const adds = [
        ...(title === undefined ? [] : ["#titles :title"]),
        ...(link === undefined ? [] : ["#links :link"]),
        ...(said === undefined ? [] : ["#texts :texts"]),
      ];
      const expression = [
        ...(sets.length > 0 ? [`SET ${sets.join(", ")}`] : []),
        ...(adds.length > 0 ? [`ADD ${adds.join(", ")}`] : []),
      ];
      await updateIf(keys.entry(key), expression.join(" "), "attribute_exists(#claim)", {
        ...(id !== undefined && { ":id": text(id) }),
        ...(said !== undefined && { ":texts": set([said]) }),
        ...(title !== undefined && { ":title": set([title]) }),
        ...(link !== undefined && { ":link": set([link]) }),
      });
    },
    renew: async ({ key, claim }, expires) => {
      await updateIf(keys.entry(key), "SET #expires = :expires", "#claim = :claim", {
        ":claim": text(claim),
        ":expires": number(expires),
      });
    },

    claims: async (ids) => {
      const claims = new Map<string, Claim>();
      for (const attributes of await batchGet(ids.map(keys.claim)))
        claims.set(nameIn(attributes), readClaim(attributes));
      return claims;
    },
    acquireClaim: (id, { owner, round, lease }) => {
      const isNew = round === 0 ? "attribute_not_exists(#pk) OR " : "";
      const isInRound = "(#round = :round OR #round = :before)";
      const isFree = "(#owner = :owner OR #owner = :nobody OR #lease <= :now)";
      return updateIf(
        keys.claim(id),
        "SET #state = :open, #lease = :lease, #round = :round, #owner = :owner, #expires = :expires",
        `${isNew}(#state = :open AND ${isInRound} AND ${isFree})`,
        {
          ":open": open,
          ":lease": number(lease),
          ":round": number(round),
          ":before": number(round - 1),
          ":owner": text(owner),
          ":nobody": text(nobody),
          ":now": number(clock.now()),
          ":expires": claimExpires(),
        },
      );
    },
    handOnClaim: (id, { owner, round, lease }) =>
      updateIf(
        keys.claim(id),
        "SET #lease = :lease, #round = :round, #owner = :nobody",
        "#state = :open AND #owner = :owner",
        {
          ":open": open,
          ":lease": number(lease),
          ":round": number(round),
          ":owner": text(owner),
          ":nobody": text(nobody),
        },
      ),
    releaseClaim: async (id, owner) => {
      await updateIf(keys.claim(id), "SET #lease = :zero", "#state = :open AND #owner = :owner", {
        ":open": open,
        ":zero": number(0),
        ":owner": text(owner),
      });
    },
    endClaim: (id, lease) =>
      updateIf(
        keys.claim(id),
        "SET #state = :ended",
        "#state = :open AND #lease = :lease AND #lease <= :now",
        { ":open": open, ":ended": text("ended"), ":lease": number(lease), ":now": number(clock.now()) },
      ),
    sealClaim: (id, owner, plan) =>
      updateIf(keys.claim(id), "SET #state = :sealed, #plan = :plan", "#state = :open AND #owner = :owner", {
        ":open": open,
        ":sealed": text("sealed"),
        ":plan": text(plan),
        ":owner": text(owner),
      }),
    finishClaim: (id, owner) =>
      updateIf(
        keys.claim(id),
        "SET #state = :finished, #expires = :expires",
        "#state IN (:sealed, :finished) OR (#state = :open AND #owner = :owner)",
        {
          ":open": open,
          ":sealed": text("sealed"),
          ":finished": text("finished"),
          ":owner": text(owner),
          ":expires": claimExpires(),
        },
      ),

    readHead: async (place) => {
      const item = await getItem(keys.head(place), false);
      return item && readHead(item);
    },
    writeHead: (place, head) => put(keys.head(place), headAttributes(head)),
    writeRhythm: async (place, rhythm) => {
      await updateIf(keys.head(place), "SET #rhythm = :rhythm", "attribute_exists(#etag)", {
        ":rhythm": rhythmAttribute(rhythm),
      });
    },
    readMemory: async (feed) => (await getItem(keys.memory(feed), false))?.["seen"]?.B,
    writeMemory: (feed, memory) => put(keys.memory(feed), { seen: bytes(memory) }),

    readCursor: async () => (await getItem(keys.cursor))?.["plan"]?.S,
    writeCursor: (name) => put(keys.cursor, { plan: text(name) }),
  };
}

/** Owner of a claim that was handed on and not yet taken up. */
const nobody = "-";
