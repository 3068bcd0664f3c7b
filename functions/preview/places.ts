import type { Message } from "../core/message/index.ts";
import type { EntryTrace } from "../core/ports.ts";

/** The message with which an audience gets an entry, from 1; `undefined` if its last message only counts the entry. */
export interface EntryPlace {
  readonly audience: string;
  readonly message: number | undefined;
}

/** Returns a function that finds an entry's message for each of its audiences. */
export function placesIn(messages: readonly Message[]): (entry: EntryTrace) => readonly EntryPlace[] {
  const numbers = new Map<string, Map<string, number>>();
  for (const [i, { keys, audience }] of messages.entries())
    for (const key of keys) {
      const of = numbers.get(key) ?? new Map<string, number>();
      numbers.set(key, of.set(audience, i + 1));
    }
  return ({ key, due }) => due.map((audience) => ({ audience, message: numbers.get(key)?.get(audience) }));
}
