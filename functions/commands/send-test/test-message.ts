import type { Audience } from "../../core/configuration.ts";
import { composeAlert } from "../../core/message/index.ts";
import { wordsFor } from "../../core/message/locales/words.ts";
import { outboxMessages, planMessages, type OutboxMessage } from "../../core/plan.ts";

/**
 * A message that says that it is a test, complete for every channel: composed as an alert of the feed `feedbell-test`, in the
 * language of the audience, or in English where feedbell has no words in it. `now`: epoch milliseconds. `id`: unique.
 */
export function testMessage(
  audience: Audience,
  { now, id }: { readonly now: number; readonly id: string },
): OutboxMessage {
  const { tag, test } = wordsFor(audience.locale);
  const at = new Date(now).toISOString();
  const message = composeAlert(
    {
      key: id,
      source: { slug: "feedbell-test", title: "feedbell" },
      ...test,
      date: at,
      published: at,
      dateSource: "published",
      language: tag,
      authors: [],
      categories: [],
    },
    audience,
  );
  const [planned] = outboxMessages({ at, messages: planMessages(id, [message]) });
  if (!planned) throw new Error("A plan of one message has no message.");
  return planned;
}
