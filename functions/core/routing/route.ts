import type { Audience } from "../configuration.ts";
import type { Entry } from "../feed/entry.ts";
import { plainText } from "../feed/text/plain-text.ts";
import { languageOf } from "../message/alert.ts";
import { judge } from "./rules.ts";

/** Who gets an entry, and why others do not. */
export interface Routed {
  /** Names of the audiences whose rules let it in. */
  readonly due: readonly string[];
  /** Why each other audience does not get it. */
  readonly refusals: readonly string[];
}

/** Applies every audience's rules to an entry. `now`: epoch milliseconds; `feed`: slug of its feed. */
export function route(
  entry: Entry,
  {
    feed,
    audiences,
    now,
  }: { readonly feed: string; readonly audiences: readonly Audience[]; readonly now: number },
): Routed {
  const text = () => plainText(`${entry.description ?? ""} ${entry.content ?? ""}`);
  const context = { feed, now, text, language: () => languageOf(entry) };
  const due: string[] = [];
  const refusals: string[] = [];
  for (const audience of audiences) {
    const verdict = judge(entry, audience, context);
    if (verdict.outcome === "accepted") due.push(audience.name);
    else refusals.push(`${audience.name}: ${verdict.reason}`);
  }
  return { due, refusals };
}
