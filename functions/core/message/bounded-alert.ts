import type { Alert } from "./message.ts";
import { maxShown } from "./headline.ts";
import { limits } from "./machine/machine.ts";
import { readerLink } from "./reader-link.ts";

/** One unit more than a message shows, so that the message still says that the text was shortened. */
const start = (text: string, limit: number): string =>
  text.length <= limit ? text : text.slice(0, limit + 1).toWellFormed();

/**
 * A link that messages show, in the form in which readers get it if the feed's is too long. One that no message shows is cut,
 * but stays too long and can't be taken for another link: without its `?` and `#`, nothing of it is removed any more.
 */
function boundedLink(link: string): string {
  if (link.length <= maxShown.link) return link;
  const short = readerLink(link);
  return short.length <= maxShown.link ? short : `long:${start(link, maxShown.link).replace(/[?#]/g, "-")}`;
}

/**
 * The alert with every text as long as a message can show it. A table's item holds it: it takes less than 200 KB, of the
 * 400 KB that DynamoDB accepts.
 */
export function boundedAlert(alert: Alert): Alert {
  const { source } = alert;
  return {
    ...alert,
    source: {
      ...source,
      title: start(source.title, limits.title),
      ...(source.link !== undefined && { link: boundedLink(source.link) }),
    },
    ...(alert.id !== undefined && { id: start(alert.id, limits.id) }),
    title: start(alert.title, limits.title),
    ...(alert.link !== undefined && { link: boundedLink(alert.link) }),
    authors: alert.authors.slice(0, limits.authors + 1).map((author) => start(author, limits.author)),
    categories: alert.categories
      .slice(0, limits.categories + 1)
      .map((category) => start(category, limits.category)),
    summary: start(alert.summary, limits.summary),
    ...(alert.audio && { audio: { ...alert.audio, link: boundedLink(alert.audio.link) } }),
    ...(alert.description !== undefined && {
      description: start(alert.description, limits.description),
    }),
    ...(alert.dateNote?.inferredFrom !== undefined && {
      dateNote: { ...alert.dateNote, inferredFrom: start(alert.dateNote.inferredFrom, limits.note) },
    }),
    ...(alert.also && { also: alert.also.map(boundedAlert) }),
  };
}
