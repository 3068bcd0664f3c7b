import type * as fc from "../properties.ts";

/** A port with every call answered in an order that the scheduler chooses. */
export function scheduled<T extends object>(port: T, scheduler: fc.Scheduler): T {
  return new Proxy(port, {
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
