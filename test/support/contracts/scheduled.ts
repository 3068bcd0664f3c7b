import type fc from "fast-check";
import type { Ledger } from "../../../functions/core/ports.ts";

/** The ledger with every call answered in an order that the scheduler chooses. */
export function scheduled(ledger: Ledger, scheduler: fc.Scheduler): Ledger {
  return new Proxy(ledger, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== "function") return method;
      return async (...given: unknown[]) => {
        await scheduler.schedule(Promise.resolve(), String(name));
        return Reflect.apply(method, target, given) as unknown;
      };
    },
  });
}
