import { readDate, type ReadDate } from "../dates/read-date.ts";
import { withBodies } from "../text/lazy-bodies.ts";
import { partOf } from "../text/byte-slices.ts";
import type { Entry } from "../entry.ts";
import { resolveLink, whyDropped } from "../text/links.ts";
import { epochOf, findBoundary, headingOfLines, type Boundary, type Heading } from "./boundary.ts";
import { passFrontMatter, type FrontMatter } from "./front-matter.ts";
import { markdownToHtml } from "./to-html.ts";
import { headingOf } from "./inline.ts";
import { definitionsOf, linesOf } from "./lines.ts";
import { nextIndex, rejectEntry, warn, type Reading } from "../reading.ts";
import { titleText } from "../text/plain-text.ts";
import { dated } from "../xml/entry-dates.ts";

/**
 * Markdown snapshots: an entry starts with an `<!--epoch ms-->` comment or with a heading that is a link, and lasts
 * until the next one of its kind; its body is HTML or Markdown. A plain heading above the first entry is the feed's
 * title.
 */
export function* readMarkdown(reading: Reading): Generator<Entry | undefined, void> {
  const limit = reading.limits.entryLength;
  const matter = yield* passFrontMatter(reading);
  const first = yield* findBoundary(reading, 0, undefined);
  if (first === undefined || first.kind === "far") {
    yield* readSingle(reading, first === undefined, matter);
    return;
  }
  const above = headingIn(reading.window.slice(reading.at, reading.at + first.from))?.text;
  const { text } = reading.decoding;
  const title = titleText(headingOf(text(above ?? matter.get("title") ?? "")).title);
  if (title !== "") reading.feed = { title };
  reading.at += first.from;
  const styles = new Set<string>();
  let start: Boundary | undefined = first;
  while (start !== undefined) {
    const index = nextIndex(reading);
    const offset = reading.offset + reading.at;
    const inside: number = start.to - start.from;
    // Where entries have comments, an underlined link without one is a link above a rule: `[Read more](…)`.
    if (start.heading !== undefined && (start.epoch === undefined || start.heading.lines === 1))
      styles.add(start.heading.style);
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
function* readSingle(
  reading: Reading,
  fits: boolean,
  matter: FrontMatter,
): Generator<Entry | undefined, void> {
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
  const heading = headingIn(reading.window.slice(reading.at));
  const named = matter.get("title");
  const start: Boundary = {
    kind: "entry",
    from: 0,
    to: 0,
    ...(heading === undefined
      ? named !== undefined && { heading: { text: named, style: "", lines: 0 } }
      : { heading }),
  };
  const from = reading.at + (heading?.end ?? 0);
  yield entryOf(reading, start, from, reading.window.length, index, matter.get("date"));
}

/** The first heading of a text, and the index after it. */
function headingIn(text: string): (Heading & { readonly end: number }) | undefined {
  const lines = linesOf(text);
  for (const [at, line] of lines.entries()) {
    const next = lines[at + 1];
    const heading = headingOfLines(line.text, next?.text ?? "");
    if (heading !== undefined)
      return { ...heading, end: heading.lines === 2 ? (next?.end ?? line.end) : line.end };
  }
  return undefined;
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
  stated?: string,
): Entry {
  const { decoding, hints, window } = reading;
  const named = decoding.text(heading?.text ?? "");
  const isReference = named.includes("[") && !named.includes("](");
  const lines = isReference ? linesOf(decoding.text(window.slice(from, to))) : [];
  const { title, address } = headingOf(named, definitionsOf(lines.map(({ text }) => text)));
  const link = address === undefined ? undefined : resolveLink(address, reading.feed.link);
  if (address !== undefined && address !== "" && link === undefined) {
    warn(reading, {
      code: "link-dropped",
      message: whyDropped(address),
      index,
    });
  }
  const given = stated === undefined ? undefined : readDate(stated, { timeZone: hints.timeZone });
  const own =
    given ??
    leadingDate(decoding.text(window.slice(from, wholeCharacters(window, from + 1024, to))), hints.timeZone);
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

const opening = /^\s*(?:<(?:div|p|span|small|em|i|b|strong|time)(?:\s[^<>]{0,200})?>\s*){0,6}[*_]{0,3}/i;
const closing = /^[ \t]*[*_]{0,3}(?:\s{0,4}<\/(div|p|span|small|em|i|b|strong|time)>){0,6}[ \t]*/i;
/** What may follow a line that no closed block has ended. */
const lineOver = /^(?:$|[\r\n]|<(?:br|p|div|img|h[1-6]|hr|ul|ol|table|figure|blockquote)(?=[\s/>]))/i;

/** A body that opens with a line which is nothing but a date says when it was published. */
function leadingDate(body: string, timeZone: string | undefined): ReadDate | undefined {
  const from = opening.exec(body)?.[0].length ?? 0;
  const text = /^[^<>*_\r\n]{8,80}/.exec(body.slice(from))?.[0] ?? "";
  // A bare number may be any, and two digits no year.
  if (!/\d{4}/.test(text) || !/\d\D+\d/.test(text)) return undefined;
  const rest = body.slice(from + text.length);
  const end = closing.exec(rest)?.[0] ?? "";
  if (!/<\/(?:div|p)>/i.test(end) && !lineOver.test(rest.slice(end.length))) return undefined;
  return readDate(text.trim(), { timeZone });
}
