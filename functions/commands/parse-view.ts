import type { DateNote, Entry, Feed, ParsedSnapshot, Reject, Warning } from "../core/feed/entry.ts";
import { formatNames } from "../core/feed/formats.ts";
import { counted, escapeLine, safeLine, table, type Paint } from "../console/terminal.ts";

/** A snapshot for a terminal, in pieces, so that its size is not limited. */
export function* viewSnapshot(file: string, snapshot: ParsedSnapshot, paint: Paint): Generator<string> {
  const { format, encoding, feed, entries, rejects, warnings } = snapshot;
  yield lines([
    paint("bold", escapeLine(file)),
    ...table(
      [
        ["format", formatNames[format]],
        ["encoding", encoding],
        ["feed", feedLine(feed)],
      ],
      "  ",
    ),
  ]);
  const rejected = new Set(rejects.map(({ index }) => index));
  let place = 0;
  for (const entry of entries) {
    while (rejected.has(place)) place++;
    yield lines(["", ...viewEntry(entry, ++place, paint)]);
  }
  yield lines([
    ...section("rejects", rejects.map(viewReject), "red", paint),
    ...section("warnings", warnings.map(viewWarning), "yellow", paint),
    "",
    `  ${counted(entries.length, "entry", "entries")}, ${counted(rejects.length, "reject", "rejects")}, ${counted(warnings.length, "warning", "warnings")}`,
  ]);
}

const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join("");

function feedLine({ title, link, language }: Feed): string {
  const known = [title, link, language].filter((value) => value !== undefined);
  return known.length === 0 ? "no title, link or language" : safeLine(known.join(", "));
}

function viewEntry(entry: Entry, place: number, paint: Paint): string[] {
  const { title, link, language, id, authors, categories } = entry;
  const number = `${place}. `;
  const shown = title === "" ? paint("dim", "(no title)") : paint("bold", safeLine(title));
  const list = (values: readonly string[]) => (values.length > 0 ? safeLine(values.join(", ")) : undefined);
  return [
    `  ${number}${shown}`,
    ...table(
      [
        ["date", dateInWords(entry)],
        ["updated", entry.dateSource === "published" && entry.updated ? inUtc(entry.updated) : undefined],
        ["link", link === undefined ? "none" : paint("cyan", safeLine(link))],
        ["language", language === undefined ? "not stated" : safeLine(language)],
        ["id", id === undefined ? "none" : safeLine(id)],
        ["authors", list(authors)],
        ["categories", list(categories)],
      ],
      `  ${" ".repeat(number.length)}`,
    ),
  ];
}

const inUtc = (iso: string): string => iso.replace("T", " ").replace(/(?:\.\d+)?Z$/, " UTC");

/** An entry's date and its source, such as `2024-01-25 20:28:16 UTC, inferred from the snapshot's time`. */
export function dateInWords({
  published,
  updated,
  dateSource,
  dateNote,
}: Pick<Entry, "published" | "updated" | "dateSource" | "dateNote">): string {
  const date = published ?? updated;
  if (dateSource === "missing" || date === undefined)
    return "unknown: the snapshot has none that can be read";
  const sources = {
    published: "published",
    updated: "last updated",
    inferred: `inferred from ${safeLine(dateNote?.inferredFrom ?? "its context")}`,
  };
  return [dateNote?.day ?? inUtc(date), sources[dateSource], ...notes(dateNote)].join(", ");
}

const notes = (note: DateNote | undefined): string[] => [
  ...(note?.day === undefined ? [] : ["no time of day"]),
  ...(note?.assumedZone === undefined || note.day !== undefined
    ? []
    : [`no time zone, ${safeLine(note.assumedZone)} assumed`]),
  ...(note?.future === true ? ["in the future"] : []),
];

/** Position and reason of a reject in one line. */
export const viewReject = ({ code, index, offset, title, reason }: Reject): string => {
  const where = offset === undefined ? "" : ` at character ${offset.toLocaleString("en")}`;
  const what = title === undefined || title === "" ? "" : ` (${safeLine(title)})`;
  return `entry ${index + 1}${where}: ${code}: ${safeLine(reason)}${what}`;
};

const viewWarning = ({ code, message, index }: Warning): string =>
  `${index === undefined ? "" : `entry ${index + 1}: `}${safeLine(code)}: ${safeLine(message)}`;

function section(
  heading: string,
  items: readonly string[],
  style: "red" | "yellow",
  paint: Paint,
): readonly string[] {
  return items.length === 0 ? [] : ["", `  ${paint(style, heading)}`, ...items.map((item) => `    ${item}`)];
}
