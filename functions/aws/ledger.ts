import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Claim, Clock, Ledger, LedgerSlot } from "../core/ports.ts";
import { keys, number, readClaim, readSlot, set, slotAttributes, text } from "./ledger-items.ts";
import type { Wait } from "./retries.ts";
import { openTable } from "./table.ts";

const day = 86_400;

/**
 * The ledger on one DynamoDB table. Only single conditional writes: a repeated one, whose first answer was lost,
 * finds its own work and is taken for a lost race, which the core looks at again. Reads are strongly consistent.
 * What has expired is filtered here, because DynamoDB deletes it within days, not at once (Amazon DynamoDB
 * Developer Guide, 'Using time to live').
 */
export function dynamoLedger(
  client: DynamoDBClient,
  table: string,
  memoryDays: number,
  clock: Clock,
  { wait }: { readonly wait: Wait },
): Ledger {
  const seconds = () => Math.floor(clock.now() / 1000);
  const { batchGet, getItem, put, putIf, updateIf } = openTable(client, table, clock, wait);
  const free = "attribute_not_exists(pk) OR expires <= :now";

  return {
    read: async (wanted) => {
      const slots = new Map<string, LedgerSlot>();
      for (const attributes of await batchGet(wanted.map(keys.entry)))
        slots.set(attributes["pk"]?.S ?? "", readSlot(attributes));
      return slots;
    },

    claims: async (ids) => {
      const claims = new Map<string, Claim>();
      for (const attributes of await batchGet(ids.map(keys.claim)))
        claims.set((attributes["pk"]?.S ?? "").slice("claim#".length), readClaim(attributes));
      return claims;
    },

    hold: (claim, round, owner, lease) => {
      const ways = [
        ...(round === 0 || claim === owner ? ["attribute_not_exists(#pk)"] : []),
        ...(round > 0 ? ["#round = :before"] : []),
        "(#round = :round AND #owner = :owner)",
      ];
      return updateIf(
        keys.claim(claim),
        "SET #lease = :lease, #round = :round, #owner = :owner, #expires = :expires",
        `(${ways.join(" OR ")}) AND attribute_not_exists(#ended)`,
        {
          ":lease": number(lease),
          ":round": number(round),
          ":owner": text(owner),
          ":expires": number(seconds() + (memoryDays + 1) * day),
          ...(round > 0 && { ":before": number(round - 1) }),
        },
      );
    },

    end: (claim, lease) =>
      updateIf(keys.claim(claim), "SET #ended = :true", "#lease = :lease AND #lease <= :now", {
        ":true": { BOOL: true },
        ":lease": number(lease),
        ":now": number(clock.now()),
      }),

    release: async (claim, owner) => {
      await updateIf(keys.claim(claim), "SET #lease = :zero", "#owner = :owner", {
        ":zero": number(0),
        ":owner": text(owner),
      });
    },

    create: (item) => putIf(keys.entry(item.key), slotAttributes(item), free, { ":now": number(seconds()) }),

    point: (slot, to, expires) =>
      putIf(
        keys.entry(slot),
        slotAttributes({ to, expires }),
        `${free} OR #to = :to`,
        { ":now": number(seconds()), ":to": text(to) },
        { "#to": "to" },
      ),

    giveWay: (key, claim, to) =>
      putIf(
        keys.entry(key),
        slotAttributes({ to, expires: seconds() + memoryDays * day }),
        "claim = :claim",
        {
          ":claim": text(claim),
        },
      ),

    take: (from, claim, snapshot, at) => {
      const missing = from.due.filter((audience) => !from.sent.includes(audience));
      return updateIf(
        keys.entry(from.key),
        `SET #claim = :claim, #snapshot = :snapshot, #at = :at${from.sent.length > 0 ? " ADD #sent :sent" : ""}`,
        ["#claim = :from", ...missing.map((_, i) => `NOT contains(#sent, :missing${i})`)].join(" AND "),
        {
          ":claim": text(claim),
          ":snapshot": text(snapshot),
          ":at": number(at),
          ":from": text(from.claim),
          ...(from.sent.length > 0 && { ":sent": set(from.sent) }),
          ...Object.fromEntries(missing.map((audience, i) => [`:missing${i}`, text(audience)])),
        },
      );
    },

    reopen: (from, to) =>
      putIf(keys.entry(to.key), slotAttributes(to), "claim = :claim", { ":claim": text(from.claim) }),

    learn: async (key, { id, title, link, text: said }) => {
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

    renew: async ({ key, claim }, sent, expires) => {
      await updateIf(
        keys.entry(key),
        `SET #expires = :expires${sent.length > 0 ? ", #sent = :sent" : ""}`,
        "#claim = :claim",
        {
          ":claim": text(claim),
          ":expires": number(expires),
          ...(sent.length > 0 && { ":sent": set(sent) }),
        },
      );
    },

    sent: async (sent, audience) => {
      const outcomes = await Promise.allSettled(
        sent.map((key) =>
          updateIf(keys.entry(key), "ADD #sent :audience", "attribute_exists(#claim)", {
            ":audience": set([audience]),
          }),
        ),
      );
      for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
    },

    counted: async (claim, audience) => {
      await updateIf(
        keys.claim(claim),
        "ADD #counted :audience SET #expires = :expires",
        "attribute_exists(#pk)",
        {
          ":audience": set([audience]),
          ":expires": number(seconds() + (memoryDays + 1) * day),
        },
      );
    },

    feed: async (slug) => {
      const item = await getItem(keys.feed(slug));
      return (
        item && {
          etag: item["etag"]?.S ?? "",
          configuration: item["configuration"]?.S ?? "",
          at: Number(item["at"]?.N),
        }
      );
    },

    rememberFeed: async (slug, { etag, configuration, at }, expires) => {
      await put(keys.feed(slug), {
        etag: text(etag),
        configuration: text(configuration),
        at: number(at),
        expires: number(expires),
      });
    },

    pace: async (audience) => {
      const item = await getItem(keys.pace(audience));
      return item?.["times"]?.S?.split(" ").map(Number) ?? [];
    },

    setPace: (audience, from, to) =>
      from.length === 0
        ? putIf(keys.pace(audience), { times: text(to.join(" ")) }, "attribute_not_exists(pk)", {})
        : putIf(
            keys.pace(audience),
            { times: text(to.join(" ")) },
            "#times = :from",
            { ":from": text(from.join(" ")) },
            { "#times": "times" },
          ),
  };
}
