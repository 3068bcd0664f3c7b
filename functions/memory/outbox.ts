import type { OutboxMessage } from "../core/plan.ts";
import type { Outbox, Plans } from "../core/ports.ts";
import type { RunState } from "../core/dedupe/run-state.ts";
import type { Plan } from "../core/plan.ts";

/** An outbox that keeps every message, for `preview`. */
export function memoryOutbox(): Outbox & { readonly messages: readonly OutboxMessage[] } {
  const messages: OutboxMessage[] = [];
  return {
    messages,
    enqueue: async (enqueued) => {
      messages.push(...enqueued);
    },
  };
}

/** Plans in memory. Like the bucket, it keeps what JSON can carry. */
export function memoryPlans(now: () => number): Plans & { readonly written: readonly Plan[] } {
  const plans: { readonly name: string; readonly at: number; readonly text: string }[] = [];
  const states = new Map<string, string>();
  const nameOf = (at: number, claim: string) =>
    `${new Date(at).toISOString()}.${claim}.${String(plans.length + states.size).padStart(6, "0")}`;
  const parse = (text: string | undefined): unknown => {
    if (text === undefined) throw new Error("There is no such plan.");
    return JSON.parse(text);
  };
  return {
    get written() {
      return plans.map(({ text }) => parse(text) as Plan);
    },
    write: async (plan) => {
      const name = nameOf(now(), plan.claim);
      plans.push({ name, at: now(), text: JSON.stringify(plan) });
      return name;
    },
    read: async (name) => parse(plans.find((plan) => plan.name === name)?.text) as Plan,
    writeState: async (claim, state) => {
      const name = nameOf(now(), claim);
      states.set(name, JSON.stringify(state));
      return name;
    },
    readState: async (name) => parse(states.get(name)) as RunState,
    list: async function* (after) {
      for (const { name, at, text } of plans)
        if (after === undefined || name > after) yield { name, at, claim: (parse(text) as Plan).claim };
    },
  };
}
