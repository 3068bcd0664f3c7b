import { readDate, type ReadDate } from "../dates.ts";
import { withBodies } from "../bodies.ts";
import { partOf } from "../source.ts";
import type { Entry } from "../entry.ts";
import { resolveLink, whyDropped } from "../links.ts";
import { epochOf, findBoundary, isHeadingAt, type Boundary } from "../markdown-boundary.ts";
import { markdownToHtml } from "../markdown-html.ts";
import { headingOf } from "../markdown-inline.ts";
import { nextIndex, rejectEntry, warn, type Reading } from "../reading.ts";
import { titleText } from "../text.ts";
import { dated } from "../xml/entry-dates.ts";

/**
 * Markdown snapshots: an entry starts with an `<!--epoch ms-->` comment or with a heading that is a link, and lasts
 * until the next one of its kind; its body is HTML or Markdown. A plain heading above the first entry is the feed's
 * title.
 */
export function* readMarkdown(reading: Reading): Generator<Entry | undefined, void> {
  const limit = reading.limits.entryLength;
  const first = yield* findBoundary(reading, 0, undefined);
  if (first === undefined || first.kind === "far") {
    yield* readSingle(reading, first === undefined);
    return;
  }
  const title = titleText(headingOf(firstHeading(reading, first.from)).title);
  if (title !== "") reading.feed = { title };
  reading.at += first.from;
  const styles = new Set<string>();
  let start: Boundary | undefined = first;
  while (start !== undefined) {
    const index = nextIndex(reading);
    const offset = reading.offset + reading.at;
    const inside: number = start.to - start.from;
    if (start.heading !== undefined) styles.add(start.heading.style);
    let next: Boundary | undefined = yield* findBoundary(reading, inside, styles);
    const tooLarge = next?.kind === "far";
    // What is too large is let go of while its end is still being looked for.
    while (next?.kind === "far") {
      reading.at += next.from;
      next = yield* findBoundary(reading, 0, styles);
    }
    const end: number = next?.from ?? reading.window.length - reading.at;
    if (tooLarge || end > limit)
      rejectEntry(reading, index, offset, "entry-too-large", `It is longer than ${limit} characters.`);
    else yield entryOf(reading, start, reading.at + inside, reading.at + end, index);
    reading.at += end;
    start = next;
  }
}

/** A snapshot without marks is one entry: its first heading and what follows. */
function* readSingle(reading: Reading, fits: boolean): Generator<Entry | undefined, void> {
  const index = nextIndex(reading);
  if (!fits) {
    rejectEntry(
      reading,
      index,
      0,
      "entry-too-large",
      `It is longer than ${reading.limits.entryLength} characters.`,
    );
    return;
  }
  const lines = reading.window.slice(reading.at).split("\n");
  const line = lines.findIndex((_, at) => isHeadingAt(lines, at) !== undefined);
  const heading = line < 0 ? undefined : isHeadingAt(lines, line);
  const before = lines.slice(0, line < 0 ? 0 : line + (heading?.lines ?? 1)).join("\n").length;
  const start: Boundary = {
    kind: "entry",
    from: 0,
    to: 0,
    ...(heading === undefined ? undefined : { heading }),
  };
  yield entryOf(
    reading,
    start,
    Math.min(reading.at + before, reading.window.length),
    reading.window.length,
    index,
  );
}

function firstHeading(reading: Reading, length: number): string {
  const lines = reading.window.slice(reading.at, reading.at + length).split("\n");
  const at = lines.findIndex((_, line) => isHeadingAt(lines, line) !== undefined);
  return at < 0 ? "" : reading.decoding.text(isHeadingAt(lines, at)?.text ?? "");
}

/** `at`, or the end of the UTF-8 sequence that it would cut: continuation bytes are 80 to BF (RFC 3629). */
function wholeCharacters(window: string, at: number, to: number): number {
  let end = at;
  while (end < to && window.charCodeAt(end) >= 0x80 && window.charCodeAt(end) <= 0xbf) end++;
  return Math.min(end, to);
}

function entryOf(
  reading: Reading,
  { epoch, heading }: Boundary,
  from: number,
  to: number,
  index: number,
): Entry {
  const { decoding, hints, window } = reading;
  const { title, address } = headingOf(decoding.text(heading?.text ?? ""));
  const link = address === undefined ? undefined : resolveLink(address, reading.feed.link);
  if (address !== undefined && address !== "" && link === undefined) {
    warn(reading, {
      code: "link-dropped",
      message: whyDropped(address),
      index,
    });
  }
  const own = leadingDate(
    decoding.text(window.slice(from, wholeCharacters(window, from + 1024, to))),
    hints.timeZone,
  );
  const taken = own === undefined && epoch !== undefined ? epochOf(epoch) : undefined;
  if (own === undefined && epoch !== undefined && taken === undefined) {
    warn(reading, {
      code: "date-unreadable",
      message: `The comment ${JSON.stringify(epoch)} is no time in milliseconds.`,
      index,
    });
  }
  const inferredFrom = taken === undefined ? undefined : "snapshot time";
  const entry: Entry = {
    title: titleText(title),
    ...(link === undefined ? undefined : { link }),
    ...dated(own ?? taken, undefined, hints, inferredFrom),
    authors: [],
    categories: [],
  };
  const body = window.slice(from, to).trim() === "" ? undefined : partOf(decoding.source(), from, to);
  return withBodies(entry, undefined, body, (part) =>
    markdownToHtml(decoding.read(part.source, part.from, part.to)),
  );
}

/** A body that opens with a line which is nothing but a date says when it was published. */
function leadingDate(body: string, timeZone: string | undefined): ReadDate | undefined {
  const text =
    /^\s*(?:<(?:div|p|span|small|em|i|b|strong|time)(?:\s[^<>]{0,200})?>\s*){0,6}[*_]{0,3}([^<>*_\n]{8,80})(?=[<*_\r\n]|$)/i.exec(
      body,
    )?.[1];
  return text === undefined ? undefined : readDate(text.trim(), { timeZone });
}
