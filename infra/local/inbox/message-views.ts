import type { PublishedMessage, StoredMessage } from "./messages.ts";
import type { MessageView } from "./views.ts";

/** A stored message as the page shows it. `smsPartPrice`: US dollars. */
export function viewOfMessage(
  { id, message, encoding, raw, published }: StoredMessage,
  smsPartPrice: number,
): MessageView {
  const [language, ...others] = published ? valuesOf(published, "language") : [];
  return {
    id,
    ...message,
    feeds: published ? valuesOf(published, "feed") : [],
    ...(encoding !== undefined && { encoding }),
    ...(message.parts !== undefined && { price: message.parts * smsPartPrice }),
    ...(language !== undefined && others.length === 0 && { language }),
    ...(raw && { raw: `/mails/${id}.eml` }),
    ...(published && { published: `/published/${published.id}.json` }),
  };
}

/** The values of a message attribute: one of type `String`, several of type `String.Array`. */
function valuesOf({ attributes }: PublishedMessage, name: string): readonly string[] {
  const attribute = attributes[name];
  if (attribute === undefined) return [];
  if (attribute.type !== "String.Array") return [attribute.value];
  const values: unknown = JSON.parse(attribute.value);
  return Array.isArray(values) ? values.filter((value) => typeof value === "string") : [];
}
