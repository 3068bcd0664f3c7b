import type { Call } from "../../faults/calls.ts";
import type { Tap } from "../../faults/proxy.ts";

interface Used {
  items: number;
  units: number;
}

/** Items and capacity units that calls to DynamoDB used. */
export interface Capacity {
  readonly reads: Used;
  readonly writes: Used;
  readonly tap: Tap;
}

interface Reply {
  readonly ConsumedCapacity?:
    | { readonly CapacityUnits: number }
    | readonly { readonly CapacityUnits: number }[];
}

/**
 * Asks DynamoDB for the consumed capacity of each call (Amazon DynamoDB API Reference, `ReturnConsumedCapacity`). A
 * conditional write that fails reports none and is counted as one unit.
 */
export function countCapacity(): Capacity {
  const reads = { items: 0, units: 0 };
  const writes = { items: 0, units: 0 };
  const asked = new Map<string, number>();
  const isLedger = ({ service }: Call) => service === "dynamodb";
  return {
    reads,
    writes,
    tap: {
      request(call, body) {
        if (!isLedger(call)) return body;
        const request = JSON.parse(body.toString("utf8")) as {
          /** Of a read keys, of a write requests. */
          readonly RequestItems?: Readonly<
            Record<string, { readonly Keys: readonly unknown[] } | readonly unknown[]>
          >;
        };
        const [batch = [undefined]] = Object.values(request.RequestItems ?? {});
        asked.set(call.fingerprint, "Keys" in batch ? batch.Keys.length : batch.length);
        return Buffer.from(JSON.stringify({ ...request, ReturnConsumedCapacity: "TOTAL" }));
      },
      reply(call, body) {
        if (!isLedger(call)) return;
        const { ConsumedCapacity: used = { CapacityUnits: 1 } } = JSON.parse(body.toString("utf8")) as Reply;
        const units = [used].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
        const total = /^dynamodb\.(Get|BatchGet|Query)/.test(call.name) ? reads : writes;
        total.items += asked.get(call.fingerprint) ?? 1;
        total.units += units;
      },
    },
  };
}
