import { readDate, type ReadDate } from "../dates.ts";
import type { Entry } from "../entry.ts";
import { resolveLink } from "../links.ts";
import { epochOf, findBoundary, isHeadingAt, type Boundary, type Heading } from "../markdown-boundary.ts";
import { markdownToHtml } from "../markdown-html.ts";
import { headingOf } from "../markdown-inline.ts";
import { nextIndex, rejectEntry, warn, type Reading } from "../reading.ts";
import { plainText } from "../text.ts";
import { dated } from "../xml/entry-dates.ts";
import { defer } from "../xml/entry.ts";

/**
 * Markdown snapshots: an entry starts with an `<!--epoch ms-->` comment or with a heading that is a link, and lasts
 * until the next one of its kind; its body is HTML or Markdown. A plain heading above the first entry is the feed's
 * title.
 */
export function* readMarkdown(reading: Reading): Generator<Entry | undefined, void> {
  let style: string | undefined;
  let start: Boundary | undefined = yield* findBoundary(reading, 0, style);
  if (start === undefined) {
    yield* readSingle(reading);
    return;
  }
  const title = plainText(headingOf(firstHeading(reading, start.from)).title);
  if (title !== "") reading.feed = { title };
  reading.at += start.from;
  while (start !== undefined) {
    const index = nextIndex(reading);
    const offset = reading.offset + reading.at;
    const inside: number = start.to - start.from;
    style ??= start.heading?.style;
    const next: Boundary | undefined = yield* findBoundary(reading, inside, style);
    const end = next?.from ?? reading.window.length - reading.at;
    if (end > reading.limits.entryLength)
      rejectEntry(
        reading,
        index,
        offset,
        "entry-too-large",
        `It is longer than ${reading.limits.entryLength} characters.`,
      );
    else
      yield entryOf(
        reading,
        start.epoch,
        start.heading,
        reading.window.slice(reading.at + inside, reading.at + end),
        index,
      );
    reading.at += end;
    start = next;
  }
}

/** A snapshot without marks is one entry: its first heading and what follows. */
function* readSingle(reading: Reading): Generator<Entry | undefined, void> {
  while (!reading.ended) yield undefined;
  const text = reading.window.slice(reading.at);
  const lines = text.split("\n");
  const at = lines.findIndex((_, line) => isHeadingAt(lines, line) !== undefined);
  const heading = at < 0 ? undefined : isHeadingAt(lines, at);
  const body = lines.slice(at < 0 ? 0 : at + (heading?.lines ?? 1)).join("\n");
  reading.at = reading.window.length;
  yield entryOf(reading, undefined, heading, body, nextIndex(reading));
}

function firstHeading(reading: Reading, length: number): string {
  const lines = reading.window.slice(reading.at, reading.at + length).split("\n");
  const at = lines.findIndex((_, line) => isHeadingAt(lines, line) !== undefined);
  return at < 0 ? "" : reading.decoding.text(isHeadingAt(lines, at)?.text ?? "");
}

function entryOf(
  reading: Reading,
  epoch: string | undefined,
  heading: Heading | undefined,
  body: string,
  index: number,
): Entry {
  const { title, address } = headingOf(reading.decoding.text(heading?.text ?? ""));
  const link = address === undefined ? undefined : resolveLink(address, reading.feed.link);
  if (address !== undefined && address !== "" && link === undefined) {
    warn(reading, {
      code: "link-dropped",
      message: `The link ${JSON.stringify(address.slice(0, 100))} is no http or https address.`,
      index,
    });
  }
  const own = leadingDate(reading.decoding.text(body.slice(0, 1024)), reading.hints.timeZone);
  const taken = own === undefined && epoch !== undefined ? epochOf(epoch) : undefined;
  if (own === undefined && epoch !== undefined && taken === undefined) {
    warn(reading, {
      code: "date-unreadable",
      message: `The comment ${JSON.stringify(epoch)} is no time in milliseconds.`,
      index,
    });
  }
  const entry: Entry = {
    title: plainText(title),
    ...(link === undefined ? undefined : { link }),
    ...dated(
      own ?? taken,
      undefined,
      { built: undefined },
      own === undefined && taken !== undefined ? "snapshot time" : undefined,
    ),
    authors: [],
    categories: [],
  };
  if (body.trim() !== "") defer(entry, "content", () => markdownToHtml(reading.decoding.text(body)));
  return entry;
}

/** A body that opens with a line which is nothing but a date says when it was published. */
function leadingDate(body: string, timeZone: string | undefined): ReadDate | undefined {
  const text =
    /^\s*(?:<(?:div|p|span|small|em|i|b|strong|time)(?:\s[^<>]{0,200})?>\s*){0,6}[*_]{0,3}([^<>*_\n]{8,80})(?=[<*_\r\n]|$)/i.exec(
      body,
    )?.[1];
  return text === undefined ? undefined : readDate(text.trim(), { timeZone });
}
