import type { Audience } from "../../core/configuration.ts";
import { composeAlert } from "../../core/message/index.ts";
import { wordsFor } from "../../core/message/locales/words.ts";
import { outboxMessages, planMessages, type OutboxMessage } from "../../core/plan.ts";

interface TestText {
  readonly title: string;
  readonly summary: string;
}

const english: TestText = {
  title: "This is a test of feedbell",
  summary: "You can read this, so messages reach you. There is no news; nothing needs to be done.",
};

/** By the tag of the locale's words. */
const texts: Readonly<Record<string, TestText>> = {
  "zh-Hans": {
    title: "这是 feedbell 的测试消息",
    summary: "您能读到这条消息，说明消息可以送达。这不是新闻，无需任何操作。",
  },
  "zh-Hant": {
    title: "這是 feedbell 的測試訊息",
    summary: "您能讀到這則訊息，表示訊息可以送達。這不是新聞，無需任何操作。",
  },
};

/**
 * A message that says that it is a test, complete for every channel: composed as an alert of the feed `feedbell-test`, in the
 * language of the audience, or in English where there is no text in it. `now`: epoch milliseconds. `id`: unique.
 */
export function testMessage(
  audience: Audience,
  { now, id }: { readonly now: number; readonly id: string },
): OutboxMessage {
  const { tag } = wordsFor(audience.locale);
  const text = texts[tag];
  const at = new Date(now).toISOString();
  const message = composeAlert(
    {
      key: id,
      source: { slug: "feedbell-test", title: "feedbell" },
      ...(text ?? english),
      date: at,
      published: at,
      dateSource: "published",
      language: text ? tag : "en",
      authors: [],
      categories: [],
    },
    audience,
  );
  const [planned] = outboxMessages({ at, messages: planMessages(id, [message]) });
  if (!planned) throw new Error("A plan of one message has no message.");
  return planned;
}
