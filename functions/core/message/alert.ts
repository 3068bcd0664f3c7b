import type { Entry } from "../feed/entry.ts";
import { detectLanguage } from "../summary/language/detect-language.ts";
import type { Alert, SourceFeed } from "./message.ts";
import { channelLimits } from "./channel-limits.ts";
import { summarise, summaryLimit } from "../summary/summarise.ts";

/** As much of an entry's markup as a summary looks at, UTF-16 code units. */
const looked = 16_384;

/** An embedded picture, which can be longer than all that a summary looks at. */
const embedded = /\bdata:[\w/+.-]+;base64,[\w+/=%]+/g;

/** Where the text after embedded pictures is looked for, UTF-16 code units. */
const searched = 1_048_576;

/** As much of a description as any message can carry, and one more: the message then tells that it was shortened. */
const carried = channelLimits.messageBytes + 1;

/** Cuts a text and lets go of the larger one that it is a part of. */
const copy = (text: string, most: number): string =>
  Buffer.from(text.slice(0, most), "utf16le").toString("utf16le");

/** An entry that no longer holds on to the snapshot it was read from, whatever its size was. */
export function detach(entry: Entry): Entry {
  const { content, description } = entry;
  return {
    ...entry,
    title: copy(entry.title, carried),
    ...(description !== undefined && { description: copy(description, carried) }),
    ...(content !== undefined && { content: copy(content.slice(0, searched).replace(embedded, ""), looked) }),
  };
}

/** The date that readers see. */
export const dateOf = (entry: Entry): string | undefined => entry.published ?? entry.updated;

export function languageOf(entry: Entry): string | undefined {
  const text = `${entry.title}\n${(entry.description || entry.content || "").slice(0, 2_000).replace(/<[^<>]*>/g, " ")}`;
  return detectLanguage(text, entry.language);
}

/** Clocks of feeds and readers differ by this much, milliseconds. */
const tolerance = 300_000;

/** The entry in the form in which readers get it. `now`: epoch milliseconds, to tell a date that lies in the future. */
export function summariseEntry(
  entry: Entry,
  context: {
    readonly key: string;
    readonly source: SourceFeed;
    readonly now: number;
    readonly revised: boolean;
  },
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
    ...(description !== undefined && { description }),
    summary: summarise({
      title: entry.title,
      html: content ?? "",
      authors: entry.authors,
      ...(description !== undefined && { description }),
      ...(language !== undefined && { language }),
      limit: summaryLimit(language, "email"),
    }),
    ...(context.revised && { revised: true }),
  };
}
