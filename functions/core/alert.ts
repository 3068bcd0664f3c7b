import type { Entry } from "./feed/entry.ts";
import { detectLanguage } from "./message/language.ts";
import type { Alert, Source } from "./message/message.ts";
import { summarise, summaryLimit } from "./message/summary.ts";

/** As much of an entry's markup as a summary looks at, UTF-16 code units. */
const looked = 16_384;

/** Cuts a text and lets go of the larger one that it is a part of. */
const copy = (text: string): string => Buffer.from(text.slice(0, looked), "utf16le").toString("utf16le");

/** An entry that no longer holds on to the snapshot it was read from: a few kilobytes, whatever its size was. */
export function detach(entry: Entry): Entry {
  const { content, description } = entry;
  return {
    ...entry,
    title: copy(entry.title),
    ...(description !== undefined && { description: copy(description) }),
    ...(content !== undefined && { content: copy(content) }),
  };
}

/** The date that readers see. */
export const dateOf = (entry: Entry): string | undefined => entry.published ?? entry.updated;

export function languageOf(entry: Entry): string | undefined {
  const text = `${entry.title}\n${(entry.description || entry.content || "").slice(0, 2_000).replace(/<[^>]*>/g, " ")}`;
  return detectLanguage(text, entry.language);
}

/** Clocks of feeds and readers differ by this much, milliseconds. */
const tolerance = 300_000;

/** The entry in the form in which readers get it. `now`: epoch milliseconds, to tell a date that lies in the future. */
export function summariseEntry(
  entry: Entry,
  context: { readonly key: string; readonly source: Source; readonly now: number; readonly revised: boolean },
): Alert {
  const language = languageOf(entry);
  const date = dateOf(entry);
  const isFuture = date !== undefined && Date.parse(date) > context.now + tolerance;
  const { description, content, ...plain } = entry;
  return {
    ...plain,
    key: context.key,
    source: context.source,
    ...(date !== undefined && { date }),
    ...((entry.dateNote ?? isFuture) && {
      dateNote: { ...entry.dateNote, ...(isFuture && { future: true }) },
    }),
    ...(language !== undefined && { language }),
    summary: summarise({
      title: entry.title,
      html: content ?? "",
      ...(description !== undefined && { description }),
      ...(language !== undefined && { language }),
      limit: summaryLimit(language, "email"),
    }),
    ...(context.revised && { revised: true }),
  };
}
