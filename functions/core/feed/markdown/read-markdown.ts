import { dated } from "../xml/entry-dates.ts";
import { partOf, type Part } from "../text/byte-slices.ts";
import { withBodies } from "../text/lazy-bodies.ts";
import { readLink } from "../text/links.ts";
import { titleText } from "../text/plain-text.ts";
import type { Entry } from "../entry.ts";
import { nextIndex, rejectEntry, warn, type Reader, type Reading } from "../reading.ts";
import { findBoundary, type Boundary, type EntryMarks } from "./boundary.ts";
import { dateOfComment } from "./entry-comments.ts";
import { readFrontMatterFields, type FrontMatterFields } from "./front-matter-fields.ts";
import { loadFrontMatterParser, skipFrontMatter, type FrontMatterParser } from "./front-matter.ts";
import { headingsOf, type PlacedHeading } from "./headings.ts";
import { readHeadingText } from "./heading-text.ts";
import { leadingDate } from "./leading-date.ts";
import { linesOf } from "./lines.ts";
import { definitionsOf } from "./reference-definitions.ts";
import { loadBodyRenderer, type BodyRenderer } from "./body-html.ts";

/** A snapshot while it is read, and the libraries for its parts. */
interface MarkdownReading {
  readonly reading: Reading;
  readonly parseFrontMatter: FrontMatterParser;
  readonly renderBody: BodyRenderer;
}

/** Loads the libraries that a Markdown snapshot which starts with `head` needs, and returns its reader. */
export async function loadMarkdownReader(head: string): Promise<Reader> {
  const parseFrontMatter = await loadFrontMatterParser(head);
  const renderBody = await loadBodyRenderer();
  return (reading) => readMarkdown({ reading, parseFrontMatter, renderBody });
}

/**
 * Markdown snapshots: an entry starts with an `<!--epoch ms-->` comment or with a heading that is a link, and lasts
 * until the next one of its kind; its body is HTML or Markdown. A plain heading above the first entry is the feed's
 * title. Front matter describes the feed, or the article where the snapshot is only one.
 */
function* readMarkdown(snapshot: MarkdownReading): Generator<Entry | undefined, void> {
  const { reading } = snapshot;
  const limit = reading.limits.entryLength;
  const given = yield* skipFrontMatter(reading, snapshot.parseFrontMatter);
  const matter = given === undefined ? undefined : readFrontMatterFields(given, reading.hints.timeZone);
  const isArticle =
    matter?.title !== undefined && (matter.published !== undefined || matter.link !== undefined);
  const marks: EntryMarks = { commentStyles: new Set(), styles: undefined, commentsOnly: isArticle };
  const first = yield* findBoundary(reading, 0, marks);
  if (first === undefined || first.kind === "far") {
    yield* readSingle(snapshot, first === undefined, matter);
    return;
  }
  reading.feed = feedOf(reading, matter, reading.window.slice(reading.at, reading.at + first.from));
  reading.at += first.from;
  marks.styles = new Set();
  let start: Boundary | undefined = first;
  while (start !== undefined) {
    const index = nextIndex(reading);
    const offset = reading.offset + reading.at;
    const inside: number = start.to - start.from;
    learnMarks(marks, marks.styles, start);
    let next: Boundary | undefined = yield* findBoundary(reading, inside, marks);
    const tooLarge = next?.kind === "far";
    // The text of an entry that is too large is dropped while its end is still searched for.
    while (next?.kind === "far") {
      reading.at += next.from;
      next = yield* findBoundary(reading, 0, marks);
    }
    const end: number = next?.from ?? reading.window.length - reading.at;
    if (tooLarge || end > limit)
      rejectEntry(reading, {
        code: "entry-too-large",
        index,
        offset,
        reason: `It is longer than ${limit} characters.`,
      });
    else yield listedEntry(snapshot, start, { from: reading.at + inside, to: reading.at + end }, index);
    reading.at += end;
    start = next;
  }
}

function learnMarks(marks: EntryMarks, styles: Set<string>, { comment, heading }: Boundary): void {
  if (comment !== undefined) marks.commentStyles.add(heading?.style ?? "");
  // Where entries have comments, an underlined link without one is a link above a rule: `[Read more](…)`.
  if (heading !== undefined && (comment === undefined || heading.lines === 1)) styles.add(heading.style);
}

/** The feed as front matter describes it, or else the heading above the first entry. */
function feedOf(reading: Reading, matter: FrontMatterFields | undefined, above: string): Reading["feed"] {
  const heading = headingsOf(above)[0]?.text ?? "";
  const title = titleText(matter?.title ?? readHeadingText(reading.decoding.text(heading)).title);
  const link = matter?.link;
  const language = matter?.language;
  return {
    ...(title === "" ? undefined : { title }),
    ...(link === undefined ? undefined : { link }),
    ...(language === undefined ? undefined : { language }),
  };
}

/** A part of the window. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** One of several entries: its comment, its heading and the text that follows. */
function listedEntry(
  snapshot: MarkdownReading,
  { comment, heading }: Boundary,
  body: Span,
  index: number,
): Entry {
  const { reading } = snapshot;
  const { decoding, hints, feed } = reading;
  const { title, link } = titleAndLink(reading, heading?.text ?? "", body, index);
  const own = leadingDate(textAt(reading, body), hints.timeZone);
  const stated = comment === undefined ? undefined : decoding.text(comment);
  const inferred =
    own === undefined && stated !== undefined ? dateOfComment(stated, hints.timeZone) : undefined;
  if (own === undefined && stated !== undefined && inferred === undefined) {
    warn(reading, {
      code: "date-unreadable",
      message: `The comment ${JSON.stringify(stated)} is not a date.`,
      index,
    });
  }
  const entry: Entry = {
    title: titleText(title),
    ...(link === undefined ? undefined : { link }),
    ...dated(own ?? inferred, undefined, hints, inferred === undefined ? undefined : "snapshot time"),
    ...(feed.language === undefined ? undefined : { language: feed.language }),
    authors: [],
    categories: [],
  };
  return withMarkdown(snapshot, entry, undefined, [body]);
}

/** A snapshot without marks is one entry: front matter, the first heading as its title, and the rest as its text. */
function* readSingle(
  snapshot: MarkdownReading,
  fits: boolean,
  matter: FrontMatterFields | undefined,
): Generator<Entry | undefined, void> {
  const { reading } = snapshot;
  const index = nextIndex(reading);
  if (!fits) {
    const reason = `It is longer than ${reading.limits.entryLength} characters.`;
    rejectEntry(reading, { code: "entry-too-large", index, offset: 0, reason });
    return;
  }
  const { at, hints, window } = reading;
  const heading = titleHeading(reading, matter?.title);
  const body: readonly Span[] =
    heading === undefined
      ? [{ from: at, to: window.length }]
      : [
          { from: at, to: at + heading.from },
          { from: at + heading.end, to: window.length },
        ];
  const last = body.at(-1) ?? { from: at, to: window.length };
  const { title, link } = titleAndLink(reading, heading?.text ?? "", last, index);
  for (const fault of matter?.faults ?? []) warn(reading, { ...fault, index });
  if (matter?.source !== undefined) reading.feed = { title: titleText(matter.source) };
  const address = matter?.link ?? link;
  const published =
    matter?.published ??
    leadingDate(textAt(reading, { from: at, to: window.length }), hints.timeZone) ??
    leadingDate(textAt(reading, last), hints.timeZone);
  const entry: Entry = {
    title: titleText(matter?.title ?? title),
    ...(address === undefined ? undefined : { link: address }),
    ...dated(published, matter?.updated, hints),
    ...(matter?.language === undefined ? undefined : { language: matter.language }),
    authors: matter?.authors ?? [],
    categories: matter?.categories ?? [],
  };
  yield withMarkdown(snapshot, entry, matter?.description, body);
}

/**
 * The heading that names a single article: the first one, or one of the first level where a text precedes it. Where front
 * matter has the title, only a heading that repeats it.
 */
function titleHeading(reading: Reading, named: string | undefined): PlacedHeading | undefined {
  const headings = headingsOf(reading.window.slice(reading.at));
  if (named === undefined)
    return headings.find(({ isFirst, style }) => isFirst || style === "#" || style === "=");
  const [first] = headings;
  const isSame =
    first?.isFirst === true &&
    titleText(readHeadingText(reading.decoding.text(first.text)).title) === titleText(named);
  return isSame ? first : undefined;
}

function titleAndLink(
  reading: Reading,
  heading: string,
  body: Span,
  index: number,
): { readonly title: string; readonly link: string | undefined } {
  const named = reading.decoding.text(heading);
  const isReference = named.includes("[") && !named.includes("](");
  const lines = isReference ? linesOf(reading.decoding.text(reading.window.slice(body.from, body.to))) : [];
  const { title, address } = readHeadingText(named, definitionsOf(lines.map(({ text }) => text)));
  if (address === undefined || address === "") return { title, link: undefined };
  const { link, warning } = readLink(address, reading.feed.link);
  if (warning !== undefined) warn(reading, { ...warning, index });
  return { title, link };
}

/** The entry with its description and its body, which become HTML when they are read. */
function withMarkdown(
  { reading, renderBody }: MarkdownReading,
  entry: Entry,
  description: string | undefined,
  spans: readonly Span[],
): Entry {
  const { decoding, window } = reading;
  const parts = spans
    .filter(({ from, to }) => window.slice(from, to).trim() !== "")
    .map(({ from, to }) => partOf(decoding.source(), from, to));
  const body = parts.length === 0 ? undefined : parts;
  return withBodies<string | readonly Part[]>(entry, description, body, (source) =>
    renderBody(
      typeof source === "string"
        ? source
        : source.map((part) => decoding.read(part.source, part.from, part.to)).join("\n"),
    ),
  );
}

/** The start of a part of the window, where a date may be, as text. */
function textAt({ decoding, window }: Reading, { from, to }: Span): string {
  return decoding.text(window.slice(from, wholeCharacters(window, from + 1024, to)));
}

/** `at`, or the end of the UTF-8 sequence that it would cut: continuation bytes are 80 to BF (RFC 3629). */
function wholeCharacters(window: string, at: number, to: number): number {
  let end = at;
  while (end < to && window.charCodeAt(end) >= 0x80 && window.charCodeAt(end) <= 0xbf) end++;
  return Math.min(end, to);
}
