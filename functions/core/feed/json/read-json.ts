import { isAudio, secondsOf, type AudioFile } from "../audio-file.ts";
import { decodeEntities, escapeText } from "../text/entities.ts";
import { withBodies } from "../text/lazy-bodies.ts";
import type { Entry } from "../entry.ts";
import { readDate } from "../dates/read-date.ts";
import {
  isArray,
  isObject,
  nextItem,
  passValue,
  skipBlank,
  withoutTrailingCommas,
  type JsonObject,
} from "./json-scan.ts";
import { readLink, resolveLink } from "../text/links.ts";
import { nextIndex, rejectEntry, warn, type Reading } from "../reading.ts";
import { cleanLine, titleText } from "../text/plain-text.ts";
import { dated } from "../xml/entry-dates.ts";
import { languageTag } from "../xml/xml-entry.ts";
import { SnapshotError, type ErrorCode, type WarningCode } from "../../errors.ts";

const maxField = 64 * 1024;
const maxRescanned = 64 * 1024 * 1024;
/** If the items end within this length, fields after them are read first. */
const lookAhead = 96 * 1024;
const kept = new Set(["version", "title", "home_page_url", "feed_url", "language", "authors", "author"]);
const expected = 'a JSON Feed: an object with "items", see jsonfeed.org';

/**
 * Reads JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1). Items are extracted and parsed one by one, so a malformed item
 * does not affect others, and a truncated file yields the items before the end.
 */
export function* readJson(reading: Reading): Generator<Entry | undefined, void> {
  const head: JsonObject = {};
  let seenItems = false;
  if ((yield* skipBlank(reading)) === "{") reading.at++;
  else throw new SnapshotError("format-unknown", "JSON that is no object", expected);
  let stop = yield* readFields(reading, head);
  while (stop === "items") {
    seenItems = true;
    yield* lookBehind(reading, head);
    setFeed(reading, head);
    yield* readItems(reading, head);
    stop = yield* readFields(reading, head);
  }
  setFeed(reading, head);
  if (!seenItems) throw new SnapshotError("format-unknown", "JSON without a list of items", expected);
  if (stop !== "end")
    warn(reading, { code: "truncated", message: "The snapshot ends before its JSON does." });
}

/** Reads the feed's fields into `head`, up to the first item or the end of the feed. */
function* readFields(reading: Reading, head: JsonObject): Generator<undefined, "items" | "end" | "broken"> {
  for (;;) {
    const first = yield* skipBlank(reading, ",");
    if (first !== '"') return first === "}" ? "end" : "broken";
    const key = yield* passValue(reading, 1024);
    if (key.text === undefined) return "broken";
    const name = parsed(reading, key.text);
    if ((yield* skipBlank(reading)) !== ":") return "broken";
    reading.at++;
    const start = yield* skipBlank(reading);
    if (name === "items" && start === "[") {
      reading.at++;
      return "items";
    }
    const value = yield* passValue(reading, maxField);
    if (!value.closed) return "broken";
    if (typeof name === "string" && kept.has(name) && value.text !== undefined)
      head[name] = parsed(reading, value.text);
  }
}

/** Also reads the fields after the items if the items end soon: some generators sort the keys. */
function* lookBehind(reading: Reading, head: JsonObject): Generator<undefined, void> {
  if (head["language"] !== undefined && head["title"] !== undefined) return;
  while (!reading.ended && reading.window.length - reading.at < lookAhead) yield undefined;
  if (!reading.ended || reading.window.length - reading.at > lookAhead) return;
  const ahead: Reading = { ...reading };
  for (;;) {
    const first = yield* skipBlank(ahead, ",");
    if (first === "]") break;
    if (first === "" || !(yield* passValue(ahead, lookAhead)).closed) return;
  }
  ahead.at++;
  yield* readFields(ahead, head);
}

function* readItems(reading: Reading, head: JsonObject): Generator<Entry | undefined, void> {
  const { entryLength, depth } = reading.limits;
  // The text of a malformed item is scanned again for further items, within a limit that keeps the time linear.
  let rescans = maxRescanned;
  for (;;) {
    const first = yield* skipBlank(reading, ",");
    if (first === "" || first === "}") return;
    if (first === "]") {
      reading.at++;
      return;
    }
    const index = nextIndex(reading);
    const offset = reading.offset + reading.at;
    const reject = (code: ErrorCode, reason: string): void =>
      rejectEntry(reading, { code, index, offset, reason });
    /** Moves to the next item's start if it is between `from` and `to`. */
    const resume = (from: number, to: number): boolean => {
      rescans -= to - from;
      const next = rescans < 0 ? -1 : nextItem(reading.window.slice(from, to));
      if (next >= 0) reading.at = from + next;
      return next >= 0;
    };
    const value = yield* passValue(reading, entryLength, () => resume(reading.at, reading.at + entryLength));
    if (value.rescued === true)
      reject("entry-malformed", "It is no JSON; its quotes or brackets don't match.");
    else if (!value.closed) {
      if (resume(reading.at, reading.window.length)) {
        reject("entry-malformed", "It is no JSON; its quotes or brackets don't match.");
        continue;
      }
      reject("entry-truncated", "The snapshot ends within the item.");
      return;
    } else if (value.text === undefined) {
      reject("entry-too-large", `It is longer than ${entryLength} characters.`);
    } else if (value.depth > depth) reject("entry-too-deep", `Values are nested more than ${depth} deep.`);
    else {
      const item = parsed(reading, value.text);
      if (isObject(item)) yield entryOf(item, head, reading, index);
      else {
        resume(reading.at - value.text.length, reading.at);
        reject("entry-malformed", `${JSON.stringify(value.text.slice(0, 80))} is no JSON object.`);
      }
    }
  }
}

function setFeed(reading: Reading, head: JsonObject): void {
  const title = cleanLine(text(head["title"]) ?? "");
  const link = resolveLink(text(head["home_page_url"]) ?? "");
  const language = languageTag(text(head["language"]));
  reading.feed = {
    ...(title === "" ? undefined : { title }),
    ...(link === undefined ? undefined : { link }),
    ...(language === undefined ? undefined : { language }),
  };
}

function entryOf(item: JsonObject, head: JsonObject, reading: Reading, index: number): Entry {
  const note = (code: WarningCode, message: string): void => warn(reading, { code, message, index });
  const base = resolveLink(text(head["home_page_url"]) ?? "") ?? resolveLink(text(head["feed_url"]) ?? "");
  const id = text(item["id"])?.trim();
  const link = linkOf(item, base, note);
  const audio = audioOf(item, base);
  const language = languageTag(text(item["language"])) ?? reading.feed.language;
  const date = (raw: string | undefined) => {
    if (raw === undefined || raw.trim() === "") return undefined;
    const read = readDate(raw.trim(), { timeZone: reading.hints.timeZone, language });
    if (read === undefined)
      note("date-unreadable", `The date ${JSON.stringify(raw.slice(0, 100))} can't be read.`);
    return read;
  };
  // Some generators escape titles for HTML, although the specification requires plain text.
  const title = cleanLine(decodeEntities(text(item["title"]) ?? ""));
  const entry: Entry = {
    ...(id === undefined || id === "" ? undefined : { id: cleanLine(id) }),
    title,
    ...link,
    ...dated(date(text(item["date_published"])), date(text(item["date_modified"])), reading.hints),
    ...(language === undefined ? undefined : { language }),
    // JSON Feed 1.1: an item without authors has those of the feed.
    authors: authorsOf(item) ?? authorsOf(head) ?? [],
    categories: isArray(item["tags"])
      ? item["tags"].map((tag) => titleText(text(tag) ?? "")).filter((tag) => tag !== "")
      : [],
    ...(audio === undefined ? undefined : { audio }),
  };
  const summary = bodyOf(item, "summary");
  const content = bodyOf(item, "content_html") ?? bodyOf(item, "content_text");
  return withBodies(entry, summary, content, htmlOf);
}

/** The item's address, or its id if that is an address, or else its first attachment's address, marked as such. */
function linkOf(
  item: JsonObject,
  base: string | undefined,
  note: (code: WarningCode, message: string) => void,
): Pick<Entry, "link" | "linkSource"> | undefined {
  const raws = [text(item["url"]), text(item["external_url"])].filter((raw) => raw?.trim());
  const found = raws.map((raw) => readLink(raw ?? "", base));
  const chosen = found.find(({ link }) => link !== undefined);
  for (const warning of new Set([found[0]?.warning, chosen?.warning]))
    if (warning !== undefined) note(warning.code, warning.message);
  const link = chosen?.link ?? resolveLink(text(item["id"]) ?? "");
  if (link !== undefined) return { link };
  const attachments = attachmentsOf(item);
  const isImage = (file: JsonObject): boolean => /^image\//i.test(text(file["mime_type"]) ?? "");
  for (const file of [...attachments].sort((one, other) => Number(isImage(one)) - Number(isImage(other)))) {
    const address = resolveLink(text(file["url"]) ?? "", base);
    if (address !== undefined) return { link: address, linkSource: "enclosure" };
  }
  return undefined;
}

const attachmentsOf = (item: JsonObject): readonly JsonObject[] =>
  isArray(item["attachments"]) ? item["attachments"].filter(isObject) : [];

/** The first audio file among the attachments (JSON Feed 1.1, attachments). */
function audioOf(item: JsonObject, base: string | undefined): AudioFile | undefined {
  for (const file of attachmentsOf(item)) {
    const raw = text(file["url"]) ?? "";
    const link = isAudio(text(file["mime_type"]) ?? "", raw) ? resolveLink(raw, base) : undefined;
    if (link === undefined) continue;
    const seconds = secondsOf(text(file["duration_in_seconds"]) ?? "");
    return { link, ...(seconds !== undefined && { seconds }) };
  }
  return undefined;
}

/** A body with its type, which its field determines. */
interface JsonBody {
  readonly field: "summary" | "content_html" | "content_text";
  readonly text: string;
}

function bodyOf(item: JsonObject, field: JsonBody["field"]): JsonBody | undefined {
  const value = text(item[field]);
  return value === undefined || value === "" ? undefined : { field, text: value };
}

function htmlOf({ field, text: body }: JsonBody): string {
  if (field === "content_html") return body.trim();
  return field === "summary" ? escapeText(body) : paragraphs(body);
}

/** Converts plain text to HTML: blank lines separate paragraphs. */
function paragraphs(plain: string): string {
  const blocks = plain.trim().split(/\n[ \t\r]*\n\s*/);
  return blocks.map((block) => `<p>${escapeText(block).replaceAll("\n", "<br>")}</p>`).join("\n");
}

/** The authors of version 1.1, or else the single author of version 1.0. */
function authorsOf({ authors, author }: JsonObject): readonly string[] | undefined {
  const listed = isArray(authors) && authors.length > 0 ? authors : [author];
  const names = listed.map((one) => titleText(text(isObject(one) ? one["name"] : one) ?? ""));
  const distinct = [...new Set(names.filter((name) => name !== ""))];
  return distinct.length > 0 ? distinct : undefined;
}

/** Some generators write numbers instead of strings; other types are not text. */
function text(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : undefined;
}

function parsed(reading: Reading, raw: string): unknown {
  const decoded = reading.decoding.text(raw);
  try {
    return parseJson(decoded);
  } catch {
    return repaired(decoded);
  }
}

const numericId = /"id"\s*:\s*[-\d]/;

/** Like `JSON.parse`, but keeps a numeric id as written: `Number` is exact only for 15 digits. */
function parseJson(raw: string): unknown {
  return numericId.test(raw) ? JSON.parse(raw, idAsWritten) : JSON.parse(raw);
}

function idAsWritten(key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return key === "id" && typeof value === "number" ? (context?.source ?? value) : value;
}

/** Corrects the most common errors in JSON (RFC 8259): raw control characters in strings, trailing commas. */
function repaired(raw: string): unknown {
  try {
    // oxlint-disable-next-line no-control-regex -- these characters are the error
    return parseJson(withoutTrailingCommas(raw.replace(/[\0-\x1f]/g, " ")));
  } catch {
    return undefined;
  }
}
