import { Parser } from "htmlparser2";
import type { ReadDate } from "../dates/date-value.ts";
import { readDate } from "../dates/read-date.ts";
import type { Entry } from "../entry.ts";
import { nextIndex, rejectEntry, warn, type Reading } from "../reading.ts";
import { readLink } from "../text/links.ts";
import { cleanLine, titleText } from "../text/plain-text.ts";
import { dated } from "../xml/entry-dates.ts";
import { languageTag } from "../xml/xml-entry.ts";

const opening = /<(?:[a-z][\w.-]{0,40}:)?url(?=[\s>])/gi;
const closing = /<\/(?:[a-z][\w.-]{0,40}:)?url\s{0,20}>/gi;
/** Longer than any tag that `opening` matches. */
const overlap = 64;

/**
 * News sitemaps (the `news` extension of sitemaps.org's protocol): each address with a title is an entry; addresses
 * without one are skipped.
 */
export function* readSitemap(reading: Reading): Generator<Entry | undefined, void> {
  const { entryLength } = reading.limits;
  for (;;) {
    const start = yield* find(reading, opening);
    if (start === undefined) break;
    reading.at = start.from;
    const end = yield* find(reading, closing);
    if (end === undefined || end.to - reading.at > entryLength) {
      const isLong = reading.window.length - reading.at > entryLength;
      const index = nextIndex(reading);
      const offset = reading.offset + reading.at;
      if (isLong)
        rejectEntry(reading, {
          code: "entry-too-large",
          index,
          offset,
          reason: `It is longer than ${entryLength} characters.`,
        });
      else
        rejectEntry(reading, { code: "entry-truncated", index, offset, reason: "Its end tag is missing." });
      reading.at = end === undefined ? reading.window.length : end.to;
      continue;
    }
    const source = reading.decoding.text(reading.window.slice(reading.at, end.to));
    reading.at = end.to;
    const entry = entryOf(textsIn(source), reading);
    if (entry !== undefined) yield entry;
  }
  if (reading.count === 0) reading.whyNoEntries = "a sitemap without a news title";
}

/** The first match in as much of the snapshot as one entry may have; the window may move meanwhile. */
function* find(
  reading: Reading,
  tag: RegExp,
): Generator<undefined, { readonly from: number; readonly to: number } | undefined> {
  let searched = 0;
  for (;;) {
    tag.lastIndex = reading.at + searched;
    const match = tag.exec(reading.window);
    if (match !== null) return { from: match.index, to: tag.lastIndex };
    const length = reading.window.length - reading.at;
    if (reading.ended || length > reading.limits.entryLength) return undefined;
    searched = Math.max(searched, length - overlap);
    // What precedes an opening tag is not needed any more.
    if (tag === opening) {
      reading.at += searched;
      searched = 0;
    }
    yield undefined;
  }
}

/** The text of each element, by its name in lower case; of several the first one counts. */
function textsIn(source: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let text = "";
  const parser = new Parser(
    {
      onopentagname: () => {
        text = "";
      },
      ontext: (piece) => {
        text += piece;
      },
      onclosetag: (name) => {
        const key = name.slice(name.indexOf(":") + 1).toLowerCase();
        const isOwn = !name.includes(":") || /^(?:news|n|sitemap|sm):/i.test(name);
        if (isOwn && text.trim() !== "" && !found.has(key)) found.set(key, text.trim());
        text = "";
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(source);
  return found;
}

function entryOf(texts: ReadonlyMap<string, string>, reading: Reading): Entry | undefined {
  const title = titleText(texts.get("title") ?? "");
  if (title === "") return undefined;
  const index = nextIndex(reading);
  const language = languageTag(texts.get("language"));
  const name = cleanLine(texts.get("name") ?? "");
  reading.feed = {
    ...(name === "" ? undefined : { title: name }),
    ...(language === undefined ? undefined : { language }),
    ...reading.feed,
  };
  const address = texts.get("loc") ?? "";
  const { link, warning } = readLink(address);
  if (warning !== undefined && address !== "") warn(reading, { ...warning, index });
  const date = (key: string): ReadDate | undefined => {
    const text = texts.get(key);
    if (text === undefined) return undefined;
    const read = readDate(text, { timeZone: reading.hints.timeZone, language });
    if (read === undefined)
      warn(reading, {
        code: "date-unreadable",
        message: `The date ${JSON.stringify(text.slice(0, 100))} can't be read.`,
        index,
      });
    return read;
  };
  const keywords = (texts.get("keywords") ?? "").split(/[,，、]/).map((word) => cleanLine(word));
  return {
    title,
    ...(link === undefined ? undefined : { link }),
    ...dated(date("publication_date"), date("lastmod"), reading.hints),
    ...(language === undefined ? undefined : { language }),
    authors: [],
    categories: [...new Set(keywords.filter((word) => word !== ""))],
  };
}
