import type { Message } from "../core/message/index.ts";
import type { EntryNote } from "../core/ports.ts";

/** Where one audience gets an entry: the message's number, from 1; none where its last message only counts it. */
export interface EntryPlace {
  readonly audience: string;
  readonly message: number | undefined;
}

/** For each entry that is sent: where each of its audiences gets it. */
export function placesIn(messages: readonly Message[]): (entry: EntryNote) => readonly EntryPlace[] {
  const numbers = new Map<string, Map<string, number>>();
  for (const [i, { keys, audience }] of messages.entries())
    for (const key of keys) {
      const of = numbers.get(key) ?? new Map<string, number>();
      numbers.set(key, of.set(audience, i + 1));
    }
  return ({ key, due }) => due.map((audience) => ({ audience, message: numbers.get(key)?.get(audience) }));
}
