import type { WarningCode } from "../../errors.ts";
import type { ReadDate } from "../dates/date-value.ts";
import { isFuture } from "../dates/future.ts";
import { readDate } from "../dates/read-date.ts";
import type { DateNote, DateSource } from "../entry.ts";
import type { Child } from "./children.ts";
import type { TagAttributes } from "./markup.ts";
import { textOf, type Values } from "./field-values.ts";

/** The context of a feed that its dates depend on. */
export interface DateScope {
  readonly timeZone: string | undefined;
  readonly language: string | undefined;
  /** Milliseconds since the epoch; later dates are in the future. */
  readonly now?: number | undefined;
  readonly note: (code: WarningCode, message: string) => void;
}

export interface Dates {
  readonly published?: string;
  readonly updated?: string;
  readonly dateSource: DateSource;
  readonly dateNote?: DateNote;
}

const published = [
  "published",
  "pubdate",
  "issued",
  "created",
  "dc:date",
  "dcterms:issued",
  "dcterms:created",
  "dcterms:date",
  "atom:published",
  "date",
  "dc:created",
  "dc:issued",
  "itunes:pubdate",
  "media:pubdate",
];
const updated = ["updated", "modified", "atom:updated", "dcterms:modified", "dc:modified", "lastbuilddate"];
const dateNames = new Set([...published, ...updated]);

/** The entry's dates with their source. An unreadable date is absent, with a warning. */
export function datesOf(children: readonly Child[], own: TagAttributes, scope: DateScope & Values): Dates {
  const given = children.filter(({ name }) => dateNames.has(name));
  const first = pick(given, published, scope);
  const last = pick(given, updated, scope) ?? attributeDate(own, scope);
  return dated(first, last, scope);
}

/** The date fields of an entry. */
export function dated(
  first: ReadDate | undefined,
  last: ReadDate | undefined,
  { now }: Pick<DateScope, "now">,
  inferredFrom?: string,
): Dates {
  const main = first ?? last;
  const dateSource =
    main === undefined
      ? "missing"
      : inferredFrom !== undefined
        ? "inferred"
        : first === undefined
          ? "updated"
          : "published";
  const future = main !== undefined && now !== undefined && isFuture(main.iso, now);
  const assumed = main?.assumedZone;
  const dateNote = {
    ...(inferredFrom === undefined ? undefined : { inferredFrom }),
    ...(assumed === undefined ? undefined : { assumedZone: assumed }),
    ...(main?.day === undefined ? undefined : { day: main.day }),
    ...(future ? { future: true as const } : undefined),
  };
  return {
    ...(first === undefined ? undefined : { published: first.iso }),
    ...(last === undefined ? undefined : { updated: last.iso }),
    dateSource,
    ...(Object.keys(dateNote).length === 0 ? undefined : { dateNote }),
  };
}

function pick(given: readonly Child[], names: readonly string[], scope: DateScope & Values) {
  for (const name of names) {
    // Of several elements with the same name the last counts: generators append corrections.
    for (let at = given.length - 1; at >= 0; at--) {
      const child = given[at];
      if (child?.name !== name) continue;
      const raw = textOf(child, scope).trim();
      const date = raw === "" ? undefined : readDate(raw, scope);
      if (date !== undefined) return date;
      if (raw !== "")
        scope.note("date-unreadable", `The date ${JSON.stringify(raw.slice(0, 100))} can't be read.`);
    }
  }
  return undefined;
}

/** Channel Definition Format has its dates in attributes. */
function attributeDate(own: TagAttributes, scope: DateScope) {
  const raw = own.get("lastmod");
  return raw === undefined ? undefined : readDate(raw, scope);
}
