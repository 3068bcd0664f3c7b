import type { Audience } from "../configuration.ts";
import { composeDigest } from "../message/index.ts";
import { planFormat, planMessages, type DigestPlan } from "../plan.ts";
import type { Collected } from "./collect.ts";

/** The plan that sends what was collected as one digest. Epoch milliseconds. */
export function composeScheduled(
  { shown, more, sources, covers }: Collected,
  audience: Audience,
  { slot, now }: { readonly slot: number; readonly now: number },
): DigestPlan {
  const claim = `digest-${audience.name}-${slot}`;
  const [source = { slug: "", title: "" }] = [...shown.map((alert) => alert.source), ...sources];
  const messages = composeDigest(
    { shown, more, before: 0, source, scheduled: { feeds: sources.length } },
    audience,
  );
  return {
    format: planFormat,
    claim,
    at: new Date(now).toISOString(),
    audience: audience.name,
    slot: new Date(slot).toISOString(),
    covers,
    messages: planMessages(claim, messages),
  };
}
