import { isFuture } from "../feed/dates/future.ts";
import type { Entry } from "../feed/entry.ts";
import { dateOf } from "../feed/shown-date.ts";
import { languageOf } from "../summary/language/entry-language.ts";
import type { Alert, SourceFeed } from "./message.ts";
import { listedPoints } from "../summary/listed-points.ts";
import { summarise, summaryLimit } from "../summary/summarise.ts";

/** The entry in the form in which readers get it. `now`: epoch milliseconds; later dates are marked as in the future. */
export function summariseEntry(
  entry: Entry,
  context: {
    readonly key: string;
    readonly source: SourceFeed;
    readonly now: number;
    readonly revised: boolean;
    /** Place in its snapshot, from 0. */
    readonly place?: number;
  },
): Alert {
  const language = languageOf(entry);
  const date = dateOf(entry);
  const future = date !== undefined && isFuture(date, context.now);
  const { description, content, ...plain } = entry;
  const points = listedPoints(content ?? description ?? "", entry.title);
  return {
    ...plain,
    key: context.key,
    source: context.source,
    ...(context.place !== undefined && { place: context.place }),
    ...(date !== undefined && { date }),
    ...((entry.dateNote ?? future) && {
      dateNote: { ...entry.dateNote, ...(future && { future: true }) },
    }),
    ...(language !== undefined && { language }),
    ...(description !== undefined && { description }),
    summary: summarise({
      title: entry.title,
      html: content ?? "",
      authors: entry.authors,
      ...(description !== undefined && { description }),
      ...(language !== undefined && { language }),
      limit: summaryLimit(language, "email"),
    }),
    ...(points.length > 0 && { points }),
    ...(context.revised && { revised: true }),
  };
}
